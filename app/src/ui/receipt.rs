//! What an action did, line by line.

use leptos::prelude::*;

use super::dialog::title_id;
use super::icon::Icon;

/// A finished action and its consequences, announced to screen readers when it appears.
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
        <div class="receipt" role="status">
            <p class="receipt__title" id=title_id()>
                <Icon name=Icon::CircleCheck />
                {title}
            </p>
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
