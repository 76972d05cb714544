//! Links that no longer lead in: each says what happened and what to do next.

use leptos::prelude::*;

use super::complete_page::EntryCard;
use crate::features::invitations::api::RenewLink;
use crate::features::invitations::model::LinkPage;
use crate::paths;
use crate::ui::field::HiddenField;
use crate::ui::form::{Form, Submission};
use crate::ui::page_status::PageStatus;
use crate::ui::{Button, ButtonKind, ButtonLink, ButtonVariant, Notice, Tone};

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
            <EntryCard title="This invitation was withdrawn" sentence=format!("{organization_name} took it back. If you think that this is a mistake, answer whoever invited you and ask for a new one.")>
                <Onward />
            </EntryCard>
        }
        .into_any(),
        LinkPage::Declined => view! {
            <EntryCard title="This invitation was declined" sentence="If you have changed your mind, ask whoever invited you for a new one.">
                <Onward />
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
                    <ButtonLink href=paths::SIGN_IN variant=ButtonVariant::Primary attr:rel="external">"Go to sign in"</ButtonLink>
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

#[component]
fn Renewable(token: String, title: &'static str, sentence: String) -> impl IntoView {
    let submission = Submission::<RenewLink>::new();
    // Only a success takes the form's place: while it is refused, the form and what was typed stay.
    let sent = Memo::new(move |_| submission.success());
    view! {
        <EntryCard title sentence>
            {move || {
                if let Some(renewed) = sent.get() {
                    return view! {
                        <Notice tone=Tone::Green title="A new link is on its way">
                            <p>{format!("Look into the mailbox of {}. The administrators see that you asked.", renewed.masked_email)}</p>
                        </Notice>
                    }
                    .into_any();
                }
                let token = token.clone();
                view! {
                    <Form submission>
                        <HiddenField name="token" value=token />
                        <div class="form__actions">
                            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy()>"Send me a new link"</Button>
                        </div>
                    </Form>
                }
                .into_any()
            }}
        </EntryCard>
    }
}
