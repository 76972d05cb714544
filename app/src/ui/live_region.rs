//! Words that appear after the page has loaded.

use leptos::prelude::*;

/// Tells screen readers what has just changed elsewhere on the page. It must be there, empty, from the start.
#[component]
pub fn LiveRegion(
    /// What to say; empty says nothing.
    #[prop(into)]
    message: Signal<String>,
) -> impl IntoView {
    view! { <p class="live-region sr-only" role="status">{message}</p> }
}
