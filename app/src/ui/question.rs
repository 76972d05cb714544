//! The one frame of a question: what is asked and what answering it means, or why it can't be asked, and the way out.
//!
//! It shows the same on a page of its own and in a [`Dialog`](super::Dialog) over another.

use leptos::prelude::*;

use super::badge::Tone;
use super::button::{Button, ButtonKind, ButtonLink, ButtonVariant};
use super::dialog::{closing, title_id};
use super::notice::Notice;
use super::page_header::PageHeader;

/// A question, and what answering it means. Its form follows.
#[component]
pub fn Question(
    /// The question; names the person.
    #[prop(into)]
    title: String,
    /// What would happen, in one sentence.
    #[prop(optional, into)]
    sentence: Option<String>,
) -> impl IntoView {
    if let Some(id) = title_id() {
        return view! {
            <h2 class="dialog__title" id=id>{title}</h2>
            {sentence.map(|sentence| view! { <p class="dialog__sentence">{sentence}</p> })}
        }
        .into_any();
    }
    match sentence {
        Some(sentence) => view! { <PageHeader title sentence /> }.into_any(),
        None => view! { <PageHeader title /> }.into_any(),
    }
}

/// The way out: leaves everything as it is.
#[component]
pub fn LeaveQuestion(
    /// Address that the question's page leads back to.
    #[prop(into)]
    href: String,
    /// How strongly it speaks.
    #[prop(optional)]
    variant: ButtonVariant,
    /// The words on the page.
    words: &'static str,
    /// The words in a dialog, where one does not go back.
    #[prop(optional)]
    words_in_dialog: Option<&'static str>,
) -> impl IntoView {
    match closing() {
        // Of what can be done in a dialog, this does no harm: it has the focus first.
        Some(close) => view! {
            <Button kind=ButtonKind::Button variant autofocus=true on_press=Callback::new(move |_| close())>
                {words_in_dialog.unwrap_or(words)}
            </Button>
        }
        .into_any(),
        None => view! { <ButtonLink href variant>{words}</ButtonLink> }.into_any(),
    }
}

/// A question that can't be asked: what it would have been, why not, and the way back.
#[component]
pub fn RefusedQuestion(
    /// What can't be done; names the person.
    #[prop(into)]
    title: String,
    /// Why.
    #[prop(into)]
    reason: String,
    /// Address that the question's page leads back to.
    #[prop(into)]
    back: String,
    /// The words that lead back.
    words: &'static str,
) -> impl IntoView {
    view! {
        <Question title />
        <Notice tone=Tone::Amber title="Why">
            <p>{reason}</p>
        </Notice>
        <p>
            <LeaveQuestion href=back words words_in_dialog="Close" />
        </p>
    }
}
