//! Something that unfolds.

use leptos::prelude::*;

/// A summary that unfolds what is behind it.
#[component]
pub fn Disclosure(
    /// What unfolds.
    #[prop(into)]
    summary: String,
    /// Whether it is unfolded at first.
    #[prop(optional)]
    open: bool,
    /// What is behind.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary class="disclosure__summary">{summary}</summary>
            <div class="disclosure__body">{children()}</div>
        </details>
    }
}
