//! A page: its title, its data, and what is shown when the data can't be had.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server::codee::string::FromToStringCodec;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use serde::de::DeserializeOwned;

use super::address::address_of;
use super::button::{ButtonLink, ButtonVariant};
use super::call::{Answer, Loading, ShowAnswer};
use super::form::{Replay, refused_replay};
use super::kept_form::KeptForm;
use super::page_status::PageStatus;
use crate::failure::{Failure, NoRefusal};
use crate::paths;

/// The content of a page, with its title.
#[component]
pub fn Page(
    /// Stands in the browser's tab.
    #[prop(into)]
    title: String,
    /// Class of the outermost element, for its layout.
    #[prop(default = "page")]
    class: &'static str,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title />
        <div class=class>{children()}</div>
    }
}

/// Waits for a page's data before the first byte; shows the reason when it can't be had.
#[component]
pub fn Loaded<Data, View>(
    /// The data.
    data: Loading<Data>,
    /// Shows the data.
    view: View,
    /// Shown instead of the general words when the person may not see it.
    #[prop(optional, into)]
    forbidden: Option<ViewFn>,
) -> impl IntoView
where
    Data: DeserializeOwned + 'static,
    View: Fn(Data) -> AnyView + Send + Sync + 'static,
{
    show_loaded(data.answer(), Arc::new(move |answer: &Answer| answer.read().map(&view)), forbidden)
}

fn show_loaded(answer: Resource<Answer, FromToStringCodec>, show: ShowAnswer, forbidden: Option<ViewFn>) -> AnyView {
    let status = PageStatus::here();
    let kept = refused_replay();
    let location = StoredValue::new(use_location());
    let address = move || location.with_value(|location| untrack(|| address_of(location)));
    view! {
        <Transition>
            {move || {
                let show = show.clone();
                let status = status.clone();
                let forbidden = forbidden.clone();
                let kept = kept.clone();
                Suspend::new(async move {
                    match show(&answer.await) {
                        Ok(view) => view,
                        Err(failure) => {
                            // Leading away would lose what was posted without scripts.
                            if let (Failure::SignedOut | Failure::TwoFactorDue, Some(replay)) = (&failure, kept) {
                                status.set(failure.status());
                                return view! { <KeptPage failure replay /> }.into_any();
                            }
                            match &failure {
                                Failure::SignedOut => status.go_to(&paths::sign_in_then(&address())),
                                Failure::TwoFactorDue => status.go_to(&paths::account_two_factor_then(&address())),
                                other => status.set(other.status()),
                            }
                            match (failure, forbidden) {
                                (Failure::Forbidden, Some(forbidden)) => forbidden.run().into_any(),
                                (failure, _) => view! { <ProblemPage failure /> }.into_any(),
                            }
                        }
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// A page in place of another that a form was posted to, after the session ended or a second factor became due.
#[component]
fn KeptPage(failure: Failure<NoRefusal>, replay: Replay) -> impl IntoView {
    let (title, link, address) = if failure == Failure::SignedOut {
        ("You have been signed out", "Sign in (opens a new tab)", paths::SIGN_IN)
    } else {
        ("Set up two-factor authentication first", "Set it up (opens a new tab)", paths::ACCOUNT_TWO_FACTOR)
    };
    view! {
        <Page title class="problem">
            <h1 class="problem__title">{title}</h1>
            <p><a href=address target="_blank" rel="external">{link}</a>", then come back here and send the form again."</p>
            <KeptForm replay />
        </Page>
    }
}

/// A page that says why there is no other.
#[component]
pub fn ProblemPage(
    /// Why.
    failure: Failure<NoRefusal>,
) -> impl IntoView {
    let (title, explanation) = match &failure {
        Failure::NotFound => (
            "Page not found",
            "There is no such page, or you have no access to it. If you followed a link, ask whoever sent it.".to_owned(),
        ),
        Failure::Forbidden => ("You may not open this page", "Contact an administrator of the organization.".to_owned()),
        Failure::SignedOut => ("Sign in to go on", "You are being taken to the sign-in page.".to_owned()),
        Failure::TwoFactorDue => ("Set up two-factor authentication to go on", "You are being taken there.".to_owned()),
        Failure::Unavailable => ("Nexus is busy right now", "Wait a moment, then reload the page.".to_owned()),
        Failure::Internal(_) => ("Something went wrong on our side", failure.to_string()),
        _ => ("This page could not be shown", failure.to_string()),
    };
    view! {
        <Page title class="problem">
            <h1 class="problem__title">{title}</h1>
            <p class="problem__explanation">{explanation}</p>
            <p class="problem__actions">
                <ButtonLink href=paths::HOME variant=ButtonVariant::Secondary>"Go to the home page"</ButtonLink>
            </p>
        </Page>
    }
}

/// The page for every address that does not exist.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    PageStatus::here().set(404);
    view! { <ProblemPage failure=Failure::NotFound /> }
}
