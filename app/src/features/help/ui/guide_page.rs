//! One guide, with the way to the others.

use leptos::prelude::*;

use super::guides::{ManagingPeople, Permissions, SigningIn, TwoFactor};
use crate::features::help::model::Guide;
use crate::paths;
use crate::ui::address::in_path;
use crate::ui::page::{NotFoundPage, Page};

/// The guide that the address names.
#[component]
pub fn GuidePage() -> impl IntoView {
    match Guide::parse(&in_path("guide")) {
        Some(guide) => view! { <GuideContent guide /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn GuideContent(guide: Guide) -> impl IntoView {
    let content = match guide {
        Guide::SigningIn => view! { <SigningIn /> }.into_any(),
        Guide::TwoFactor => view! { <TwoFactor /> }.into_any(),
        Guide::ManagingPeople => view! { <ManagingPeople /> }.into_any(),
        Guide::Permissions => view! { <Permissions /> }.into_any(),
    };
    let guides = Guide::ALL
        .into_iter()
        .map(|other| {
            let current = (other == guide).then_some("page");
            view! {
                <li>
                    <a class="help__guide" href=paths::help(other.slug()) aria-current=current>{other.title()}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <Page title=format!("{} · Help", guide.title())>
            <div class="help">
                <nav aria-label="Guides">
                    <ul class="help__guides">{guides}</ul>
                </nav>
                <article class="prose">
                    <h1>{guide.title()}</h1>
                    {content}
                </article>
            </div>
        </Page>
    }
}
