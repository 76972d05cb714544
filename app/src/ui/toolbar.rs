//! What stands above a list: search, filters, count.

use leptos::{ev, html, prelude::*, wasm_bindgen::JsCast, web_sys};

use super::icon::Icon;

/// A row above a list. Its children are form controls; the page decides which form they belong to.
#[component]
pub fn Toolbar(
    /// How many there are, in words; announced when it changes.
    #[prop(optional, into)]
    count: Signal<String>,
    /// `SearchField`, filters, buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="toolbar">
            {children()}
            <p class="toolbar__count" role="status">{count}</p>
        </div>
    }
}

/// A search field; the key `/` leads to it. Listen with `on:input` on the component: the event bubbles.
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
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
            if event.key() == "/"
                && is_plain
                && !is_typing(event.target())
                && let Some(field) = input.get_untracked()
            {
                event.prevent_default();
                // Losing the race against the field's removal changes nothing.
                field.focus().ok();
            }
        });
        on_cleanup(move || listener.remove());
    });
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
                node_ref=input
            />
            <kbd class="search-field__key" aria-hidden="true">"/"</kbd>
        </label>
    }
}

/// Whether the event happened where a slash is text.
fn is_typing(target: Option<web_sys::EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.matches("input, textarea, select, [contenteditable]").unwrap_or(false))
}
