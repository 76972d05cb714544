//! Links to the neighboring pages of a list.

use leptos::prelude::*;

use super::icon::Icon;

/// Previous and next. A side without an address has no link; without both nothing is shown.
#[component]
pub fn Pagination(
    /// Address of the page before.
    #[prop(optional_no_strip)]
    previous: Option<String>,
    /// Address of the page after.
    #[prop(optional_no_strip)]
    next: Option<String>,
    /// Name of the navigation for screen readers.
    #[prop(into)]
    label: String,
    /// Which part of the list is shown.
    #[prop(optional, into)]
    position: String,
) -> impl IntoView {
    let is_needed = previous.is_some() || next.is_some();
    is_needed.then(|| {
        view! {
            <nav class="pagination" aria-label=label>
                <p class="pagination__position">{position}</p>
                {previous
                    .map(|href| {
                        view! {
                            <a class="button button--secondary" rel="prev" href=href>
                                <span class="button__face"><Icon name=Icon::ChevronLeft />"Previous"</span>
                            </a>
                        }
                    })}
                {next
                    .map(|href| {
                        view! {
                            <a class="button button--secondary" rel="next" href=href>
                                <span class="button__face">"Next"<Icon name=Icon::ChevronRight /></span>
                            </a>
                        }
                    })}
            </nav>
        }
    })
}
