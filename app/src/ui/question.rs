//! The one frame of a question: what is asked and what answering it means, or why it can't be asked, and the way out.
//!
//! A question has a page of its own. Where scripts run, a link that leads to it shows this part of the page in a dialog over the
//! page one is on.

use leptos::prelude::*;

use super::badge::Tone;
use super::button::{ButtonLink, ButtonVariant};
use super::notice::Notice;
use super::page_header::PageHeader;

/// A question, and what answering it means.
#[component]
pub fn Question(
    /// The question; names the person.
    #[prop(into)]
    title: String,
    /// What would happen, in one sentence.
    #[prop(optional, into)]
    sentence: Option<String>,
    /// Its form.
    children: Children,
) -> impl IntoView {
    let header = match sentence {
        Some(sentence) => view! { <PageHeader title sentence /> }.into_any(),
        None => view! { <PageHeader title /> }.into_any(),
    };
    view! {
        <section class="question" data-question>
            {header}
            {children()}
        </section>
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
    let words = match words_in_dialog {
        Some(in_dialog) => view! {
            <span class="question__on-page">{words}</span>
            <span class="question__in-dialog">{in_dialog}</span>
        }
        .into_any(),
        None => words.into_any(),
    };
    view! { <ButtonLink href variant attr:data-close="">{words}</ButtonLink> }
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
        <Question title>
            <Notice tone=Tone::Amber title="Why">
                <p>{reason}</p>
            </Notice>
            <p>
                <LeaveQuestion href=back words words_in_dialog="Close" />
            </p>
        </Question>
    }
}
