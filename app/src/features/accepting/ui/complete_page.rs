//! The page of an invitation's link: every case is resolved in place.

use leptos::prelude::*;

use super::link_problem::{LinkProblem, NewLink};
use crate::failure::Failure;
use crate::features::accepting::api::{AcceptInvitation, CompleteRegistration, DeclineInvitation, ReadLinkPage, SwitchAccount};
use crate::features::accepting::model::LinkPage;
use crate::features::accepting::refusal::AcceptRefusal;
use crate::features::auth::registration::ui::RegistrationInputs;
use crate::features::invitations::model::Offer;
use crate::paths;
use crate::ui::address::in_query;
use crate::ui::call::load;
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, Submission};
use crate::ui::page::Loaded;
use crate::ui::{Button, ButtonLink, ButtonVariant, EntryCard, Icon, Notice, Tone};

/// `Complete your registration`, or what to do instead.
#[component]
pub fn CompletePage() -> impl IntoView {
    let token = in_query("token");
    let page = load(ReadLinkPage { token: token.clone() });
    view! {
        <Loaded
            data=page
            view=move |page: LinkPage| {
                match page {
                    LinkPage::Register { offer, email, first_name, last_name, username, password_minimum, terms_url } => {
                        view! { <Register token offer email first_name last_name username password_minimum terms_url /> }.into_any()
                    }
                    LinkPage::Acceptable { offer } => view! { <AcceptOrDecline token offer /> }.into_any(),
                    LinkPage::AccountExists { offer } => view! { <SignInFirst token offer /> }.into_any(),
                    LinkPage::OtherAccount { signed_in_as } => view! { <Switch token signed_in_as /> }.into_any(),
                    other => view! { <LinkProblem token page=other /> }.into_any(),
                }
            }
        />
    }
}

#[component]
fn OfferCard(offer: Offer) -> impl IntoView {
    let inviter = if offer.inviter.is_empty() { "An administrator".to_owned() } else { offer.inviter };
    view! {
        <div class="entry-card__invitation">
            <Icon name=Icon::Mail />
            <div class="entry-card__invitation-text">
                <p class="entry-card__invitation-name">{offer.organization_name}</p>
                <p class="entry-card__invitation-detail">
                    {format!("{inviter} invites you as {}. Valid until ", offer.role.label())} <time datetime=offer.valid_until.iso()>{offer.valid_until.date_time_utc()}</time> "."
                </p>
                {offer
                    .demands_second_factor
                    .then(|| {
                        view! {
                            <p class="entry-card__invitation-detail">
                                "This role demands a second factor: have your phone ready. " <a href=paths::help("two-factor")>"How it works"</a>
                            </p>
                        }
                    })}
            </div>
        </div>
    }
}

#[component]
fn Register(
    token: String,
    offer: Offer,
    email: String,
    first_name: String,
    last_name: String,
    username: String,
    password_minimum: usize,
    terms_url: Option<String>,
) -> impl IntoView {
    let submission = Submission::<CompleteRegistration>::here();
    let sign_in = paths::sign_in_then(&paths::complete(&token));
    // Where the link ran out before this page was written again, the whole page says so.
    let has_run_out = has_run_out(submission.failure());
    let new_link = token.clone();
    view! {
        <EntryCard title="Complete your registration" sentence="Choose how you sign in. It takes a minute." wide=true>
            <OfferCard offer />
            {has_run_out
                .then(|| {
                    view! {
                        <Notice tone=Tone::Amber title="The link ran out while you were typing">
                            <p>"Nothing was saved yet. What you typed stays on this page, for the new link's form."</p>
                        </Notice>
                        <NewLink token=new_link />
                    }
                })}
            <Form submission>
                <HiddenField name="token" value=token.clone() />
                <RegistrationInputs token=token.clone() first_name last_name username password_minimum terms_url>
                    <p class="field__hint">"Your e-mail address: " <strong>{email}</strong></p>
                </RegistrationInputs>
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary>"Complete registration"</Button>
                </div>
            </Form>
            <p class="entry-card__links">
                <a href=paths::help("signing-in")>"Signing in for the first time"</a>
                <a href=sign_in>"I have an account already"</a>
            </p>
        </EntryCard>
    }
}

#[component]
fn AcceptOrDecline(token: String, offer: Offer) -> impl IntoView {
    let accepting = Submission::<AcceptInvitation>::here();
    let declining = Submission::<DeclineInvitation>::here();
    let title = format!("Join {}", offer.organization_name);
    let own_token = token.clone();
    let new_link = token.clone();
    let has_run_out = has_run_out(accepting.failure()) || has_run_out(declining.failure());
    view! {
        <EntryCard title sentence="You are signed in. Accept, and the organization appears in your profile menu.">
            <OfferCard offer />
            <Form submission=accepting prefix="accept">
                <HiddenField name="token" value=own_token />
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary>"Accept"</Button>
                </div>
            </Form>
            <Form submission=declining prefix="decline">
                <HiddenField name="token" value=token />
                <div class="form__actions">
                    <Button variant=ButtonVariant::Secondary>"Decline"</Button>
                </div>
            </Form>
            {has_run_out.then(|| view! { <NewLink token=new_link /> })}
        </EntryCard>
    }
}

/// Whether a new link would help.
fn has_run_out(failure: Option<Failure<AcceptRefusal>>) -> bool {
    matches!(failure, Some(Failure::Refused(refusals)) if refusals.iter().any(AcceptRefusal::has_run_out))
}

#[component]
fn SignInFirst(token: String, offer: Offer) -> impl IntoView {
    let sign_in = paths::sign_in_then(&paths::complete(&token));
    view! {
        <EntryCard title="You have an account already" sentence="Sign in with it; then you can accept the invitation or decline it.">
            <OfferCard offer />
            <div class="form__actions">
                <ButtonLink href=sign_in variant=ButtonVariant::Primary>"Sign in"</ButtonLink>
            </div>
        </EntryCard>
    }
}

#[component]
fn Switch(token: String, signed_in_as: String) -> impl IntoView {
    let submission = Submission::<SwitchAccount>::here();
    view! {
        <EntryCard title="This invitation is for somebody else" sentence=format!("You are signed in as {signed_in_as}. Sign out and go on with the invited account; the link stays good.")>
            <Form submission>
                <HiddenField name="token" value=token />
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary>"Switch account"</Button>
                    <ButtonLink href=paths::HOME>"Stay signed in"</ButtonLink>
                </div>
            </Form>
        </EntryCard>
    }
}
