//! A page: its title, its data, and what is shown when the data can't be had.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;

use super::address::own_address;
use super::awaited::awaited;
use super::button::{ButtonLink, ButtonVariant};
use super::call::Loading;
use super::form::{Replay, refused_replay};
use super::kept_form::KeptForm;
use super::page_status::PageStatus;
use super::words::ONCE;
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
    /// Whether it shows something once, or something private to the moment: the browser then keeps nothing of it.
    #[prop(optional)]
    once: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    let title = if refused_replay().is_some() { format!("Error: {title}") } else { title };
    view! { <Main title class once>{children()}</Main> }
}

/// What stands between the site's header and its footer.
#[component]
fn Main(title: String, class: &'static str, #[prop(optional)] once: bool, children: Children) -> impl IntoView {
    view! {
        <Title text=title />
        <main id="main" tabindex="-1" data-page=if once { ONCE } else { "" }>
            <div class=class>{children()}</div>
        </main>
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
    Data: Send + 'static,
    View: FnOnce(Data) -> AnyView + Send + 'static,
{
    awaited(async move {
        match data.ready().await {
            Ok(data) => view(data),
            Err(failure) => show_failure(failure, forbidden),
        }
    })
}

fn show_failure(failure: Failure<NoRefusal>, forbidden: Option<ViewFn>) -> AnyView {
    let status = PageStatus::here();
    // Leading away would lose what was posted.
    if let (Failure::SignedOut | Failure::TwoFactorDue, Some(replay)) = (&failure, refused_replay()) {
        status.set(failure.status());
        return view! { <KeptPage failure replay /> }.into_any();
    }
    match &failure {
        Failure::SignedOut => status.go_to(&paths::sign_in_then(&own_address())),
        Failure::TwoFactorDue => status.go_to(&paths::account_two_factor_then(&own_address())),
        other => status.set(other.status()),
    }
    match (failure, forbidden) {
        (Failure::Forbidden, Some(forbidden)) => forbidden.run(),
        (failure, _) => view! { <ProblemPage failure /> }.into_any(),
    }
}

/// A page in place of another that a form was posted to, after the session ended or a second factor became due.
#[component]
fn KeptPage(failure: Failure<NoRefusal>, replay: Arc<Replay>) -> impl IntoView {
    let (title, link, address) = if failure == Failure::SignedOut {
        ("You have been signed out", "Sign in (opens a new tab)", paths::SIGN_IN)
    } else {
        ("Set up two-factor authentication first", "Set it up (opens a new tab)", paths::ACCOUNT_TWO_FACTOR)
    };
    view! {
        <Main title=title.to_owned() class="problem" once=true>
            <h1 class="problem__title">{title}</h1>
            <p><a href=address target="_blank">{link}</a>", then come back here and send the form again."</p>
            <KeptForm replay />
        </Main>
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
        <Main title=title.to_owned() class="problem">
            <h1 class="problem__title">{title}</h1>
            <p class="problem__explanation">{explanation}</p>
            <p class="problem__actions">
                <ButtonLink href=paths::HOME variant=ButtonVariant::Secondary>"Go to the home page"</ButtonLink>
            </p>
        </Main>
    }
}

/// The page for every address that does not exist.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    PageStatus::here().set(404);
    view! { <ProblemPage failure=Failure::NotFound /> }
}
