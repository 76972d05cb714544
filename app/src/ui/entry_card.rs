//! The card that the pages of strangers are: signing in, a link, the code.

use leptos::prelude::*;

use super::page::Page;

/// A page that is one card: a heading, a sentence, and what is to be done.
#[component]
pub fn EntryCard(
    /// The page's heading and title.
    #[prop(into)]
    title: String,
    /// One sentence below it.
    #[prop(optional, into)]
    sentence: String,
    /// Whether fields stand side by side.
    #[prop(optional)]
    wide: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <Page title=title.clone() class=if wide { "entry-card entry-card--wide" } else { "entry-card" }>
            <div class="entry-card__card">
                <div class="entry-card__head">
                    <h1 class="entry-card__title">{title}</h1>
                    {(!sentence.is_empty()).then(|| view! { <p class="entry-card__sentence">{sentence}</p> })}
                </div>
                {children()}
            </div>
        </Page>
    }
}
