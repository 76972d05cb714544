//! Links to the neighboring pages of a list.

use leptos::prelude::*;

use super::icon::Icon;
use crate::values::page::PageSize;

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
) -> impl IntoView {
    let is_needed = previous.is_some() || next.is_some();
    is_needed.then(|| {
        view! {
            <nav class="pagination" aria-label=label>
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

/// How many rows a page has: a link for each size.
#[component]
pub fn PageSizes(
    /// Each size, with the address of the list's first page in it.
    sizes: Vec<(PageSize, String)>,
    /// The present one.
    current: PageSize,
) -> impl IntoView {
    view! {
        <nav class="page-sizes" aria-label="Rows on a page">
            <span>"Rows on a page"</span>
            {sizes
                .into_iter()
                .map(|(size, href)| {
                    view! { <a class="page-sizes__size" href=href aria-current=(size == current).then_some("true")>{size.rows()}</a> }
                })
                .collect_view()}
        </nav>
    }
}
