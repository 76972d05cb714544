//! The first stop of the Tab key.

use leptos::prelude::*;

/// Leads past the header; seen only while it has the focus.
#[component]
pub fn SkipLink(
    /// Id of the element that holds the page's content.
    #[prop(into)]
    target: String,
) -> impl IntoView {
    view! { <a class="skip-link" href=format!("#{target}")>"Skip to content"</a> }
}
