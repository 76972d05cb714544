//! Facts about one thing.

use leptos::prelude::*;

/// A list of facts, each a term and what it is.
#[component]
pub fn KeyValues(
    /// `KeyValue`s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="key-values">{children()}</dl> }
}

/// One fact.
#[component]
pub fn KeyValue(
    /// What the fact is about.
    #[prop(into)]
    term: String,
    /// The fact.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="key-values__pair">
            <dt class="key-values__term">{term}</dt>
            <dd class="key-values__value">{children()}</dd>
        </div>
    }
}
