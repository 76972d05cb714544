//! Pages of one thing, side by side.

use leptos::prelude::*;

/// A row of links to sibling pages.
#[component]
pub fn Tabs(
    /// Name of the navigation for screen readers.
    #[prop(into)]
    label: String,
    /// `TabLink`s.
    children: Children,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="tabs__list">{children()}</ul>
        </nav>
    }
}

/// A link to one of the pages.
#[component]
pub fn TabLink(
    /// Address of the page.
    #[prop(into)]
    href: String,
    /// Whether this is the page one sees.
    current: bool,
    /// How many wait there; nothing is shown without.
    #[prop(optional_no_strip, into)]
    count: Option<String>,
    /// What the number counts, for screen readers: `waiting`.
    #[prop(optional, into)]
    count_label: String,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <li class="tabs__item">
            <a class="tabs__link" href=href aria-current=current.then_some("page")>
                {children()}
                {count
                    .map(|count| {
                        view! {
                            <span class="tabs__count">
                                {count} <span class="sr-only">" " {count_label}</span>
                            </span>
                        }
                    })}
            </a>
        </li>
    }
}
