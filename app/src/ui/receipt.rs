//! What an action did, line by line.

use leptos::prelude::*;

use super::icon::Icon;

/// A finished action and its consequences, announced to screen readers when it appears. It answers a question, and stays in the dialog
/// where that was asked.
#[component]
pub fn Receipt(
    /// What was done.
    #[prop(into)]
    title: String,
    /// `ReceiptLine`s.
    children: Children,
    /// A way back, or what to do next.
    #[prop(optional, into)]
    action: ViewFn,
) -> impl IntoView {
    view! {
        <div class="receipt" role="status" data-question="">
            <h1 class="receipt__title">
                <Icon name=Icon::CircleCheck />
                {title}
            </h1>
            <ul class="receipt__lines">{children()}</ul>
            <div class="receipt__action">{action.run()}</div>
        </div>
    }
}

/// One consequence.
#[component]
pub fn ReceiptLine(
    /// When it happened, as people read it.
    #[prop(optional, into)]
    time: Option<String>,
    /// What happened.
    children: Children,
) -> impl IntoView {
    view! {
        <li class="receipt__line">
            <span class="receipt__what">{children()}</span>
            {time.map(|time| view! { <span class="receipt__time">{time}</span> })}
        </li>
    }
}
