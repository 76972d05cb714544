//! What stands above a list: search, filters, count.

use leptos::prelude::*;

use super::icon::Icon;

/// A row above a list. Its children are form controls; the page decides which form they belong to.
#[component]
pub fn Toolbar(
    /// How many there are, in words; announced when it changes.
    #[prop(into)]
    count: String,
    /// `SearchField`, filters, buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="toolbar">
            {children()}
            <p class="toolbar__count" role="status" data-live="count">{count}</p>
        </div>
    }
}

/// A search field. Where scripts run, the key that `aria-keyshortcuts` names leads to it.
#[component]
pub fn SearchField(
    /// Name that is posted.
    #[prop(into)]
    name: String,
    /// What is searched: its accessible name and its placeholder.
    #[prop(into)]
    label: String,
    /// What is searched for at first.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    view! {
        <label class="search-field">
            <span class="sr-only">{label.clone()}</span>
            <Icon name=Icon::Search />
            <input
                class="search-field__input"
                type="search"
                name=name
                value=value
                placeholder=label
                autocomplete="off"
                spellcheck="false"
                aria-keyshortcuts="/"
            />
            <kbd class="search-field__key" aria-hidden="true">"/"</kbd>
        </label>
    }
}
