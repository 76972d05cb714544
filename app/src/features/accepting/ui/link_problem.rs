//! Links that no longer lead in: each says what happened and what to do next.

use leptos::prelude::*;

use crate::features::accepting::api::{CompleteRegistration, RenewLink, WriteAboutInvitation};
use crate::features::accepting::model::LinkPage;
use crate::paths;
use crate::ui::field::{HiddenField, TextArea};
use crate::ui::form::{Form, Submission};
use crate::ui::page_status::PageStatus;
use crate::ui::{Button, ButtonLink, ButtonVariant, EntryCard, Notice, Tone};

/// Every case in which the form can't be shown.
#[component]
pub fn LinkProblem(
    /// The link's token.
    token: String,
    /// What happened.
    page: LinkPage,
) -> impl IntoView {
    match page {
        LinkPage::Expired { organization_name, masked_email } => view! {
            <Renewable
                token
                title="This link has expired"
                sentence=format!("Your invitation to {organization_name} still stands. Have a new link sent to {masked_email}.")
            />
        }
        .into_any(),
        LinkPage::Replaced { organization_name, masked_email } => view! {
            <Renewable
                token
                title="A newer link was sent"
                sentence=format!("Open the latest mail about {organization_name} at {masked_email}. If you can't find it, have another one sent.")
            />
        }
        .into_any(),
        LinkPage::Withdrawn { organization_name } => view! {
            <EntryCard title="This invitation was withdrawn" sentence=format!("{organization_name} took it back. If you think that this is a mistake, write to its administrators.")>
                <Contact token />
            </EntryCard>
        }
        .into_any(),
        LinkPage::Declined => view! {
            <EntryCard title="This invitation was declined" sentence="If you have changed your mind, ask the administrators for a new one.">
                <Contact token />
            </EntryCard>
        }
        .into_any(),
        LinkPage::Lapsed { organization_name } => view! {
            <EntryCard
                title="This invitation no longer stands"
                sentence=format!("Whoever invited you to {organization_name} may no longer give what it offers. Ask its administrators for a new one.")
            >
                <Contact token />
            </EntryCard>
        }
        .into_any(),
        LinkPage::AccessEnded { organization_name } => view! {
            <EntryCard
                title="Your access has ended"
                sentence=format!("You belonged to {organization_name}, and your access has ended. If you think that this is a mistake, write to its administrators.")
            >
                <Contact token />
            </EntryCard>
        }
        .into_any(),
        LinkPage::AlreadyMember { organization_name, slug } => view! {
            <EntryCard title="You are in" sentence=format!("You belong to {organization_name} already.")>
                <div class="form__actions">
                    <ButtonLink href=paths::organization(&slug) variant=ButtonVariant::Primary>{format!("Open {organization_name}")}</ButtonLink>
                </div>
            </EntryCard>
        }
        .into_any(),
        LinkPage::Used => view! {
            <EntryCard title="This link was used already" sentence="The registration is complete. Sign in with your username or e-mail address.">
                <div class="form__actions">
                    <ButtonLink href=paths::SIGN_IN variant=ButtonVariant::Primary>"Go to sign in"</ButtonLink>
                </div>
            </EntryCard>
        }
        .into_any(),
        _ => {
            PageStatus::here().set(404);
            view! {
                <EntryCard title="This link is not valid" sentence="Open it again from the mail, whole and unchanged. If that does not help, ask for a new invitation.">
                    <Onward />
                </EntryCard>
            }
            .into_any()
        }
    }
}

#[component]
fn Onward() -> impl IntoView {
    view! {
        <div class="form__actions">
            <ButtonLink href=paths::HOME>"Go to the home page"</ButtonLink>
        </div>
    }
}

/// A message to the administrators; says in its place that it was sent.
#[component]
fn Contact(token: String) -> impl IntoView {
    let submission = Submission::<WriteAboutInvitation>::here();
    if let Some(sent) = submission.success() {
        return view! {
            <Notice tone=Tone::Green title="Your message is on its way">
                <p>{format!("The administrators of {} get it by mail, with the invited address to answer to.", sent.organization_name)}</p>
            </Notice>
        }
        .into_any();
    }
    view! {
        <Form submission prefix="contact">
            <HiddenField name="token" value=token />
            <TextArea label="Message to the administrators" name="message" hint="They get it by mail, and answer to the invited address." />
            <div class="form__actions">
                <Button variant=ButtonVariant::Primary>"Send message"</Button>
                <ButtonLink href=paths::HOME variant=ButtonVariant::Quiet>"Go to the home page"</ButtonLink>
            </div>
        </Form>
    }
    .into_any()
}

/// What somebody had typed when the link ran out under the form, so that it is not lost.
#[component]
fn TypedBefore() -> impl IntoView {
    let registration = Submission::<CompleteRegistration>::here();
    let typed: Vec<(&str, String)> = [("First name", "first_name"), ("Last name", "last_name"), ("Username", "username")]
        .into_iter()
        .filter_map(|(label, field)| Some((label, registration.typed("registration", field).filter(|text| !text.is_empty())?)))
        .collect();
    (!typed.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Amber title="The link ran out while you were typing">
                <p>"Nothing was saved yet. This is what you had typed, for the new link's form:"</p>
                <ul>{typed.into_iter().map(|(label, text)| view! { <li>{label} ": " <strong>{text}</strong></li> }).collect_view()}</ul>
            </Notice>
        }
    })
}

#[component]
fn Renewable(token: String, title: &'static str, sentence: String) -> impl IntoView {
    view! {
        <EntryCard title sentence>
            <TypedBefore />
            <NewLink token />
        </EntryCard>
    }
}

/// Has a new link sent to the invited address; says in its place that it was.
#[component]
pub fn NewLink(
    /// The token of the link that ran out.
    token: String,
) -> impl IntoView {
    let submission = Submission::<RenewLink>::here();
    if let Some(renewed) = submission.success() {
        return view! {
            <Notice tone=Tone::Green title="A new link is on its way">
                <p>{format!("Look into the mailbox of {}. The organization's activity notes that you asked.", renewed.masked_email)}</p>
            </Notice>
        }
        .into_any();
    }
    view! {
        <Form submission prefix="new-link">
            <HiddenField name="token" value=token />
            <div class="form__actions">
                <Button variant=ButtonVariant::Primary>"Send me a new link"</Button>
            </div>
        </Form>
    }
    .into_any()
}
