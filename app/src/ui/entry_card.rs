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
        <Page title=title.clone() class=if wide { "entry entry--wide" } else { "entry" }>
            <div class="entry__card">
                <div class="entry__head">
                    <h1 class="entry__title">{title}</h1>
                    {(!sentence.is_empty()).then(|| view! { <p class="entry__sentence">{sentence}</p> })}
                </div>
                {children()}
            </div>
        </Page>
    }
}
