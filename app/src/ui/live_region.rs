//! Words that appear after the page has loaded.

use leptos::prelude::*;

use super::icon::Icon;

/// Tells screen readers what has just changed elsewhere on the page. It must be there, empty, from the start.
#[component]
pub fn LiveRegion(
    /// What to say; empty says nothing.
    #[prop(into)]
    message: Signal<String>,
) -> impl IntoView {
    view! { <p class="live-region sr-only" role="status">{message}</p> }
}

/// The same, seen as well: a line at the bottom of the window while there is a message.
#[component]
pub fn Toast(
    /// What to say; empty hides it.
    #[prop(into)]
    message: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="toast" class:toast--shown=move || message.with(|message| !message.is_empty()) role="status">
            <Icon name=Icon::CircleCheck />
            <span class="toast__message">{message}</span>
        </div>
    }
}
