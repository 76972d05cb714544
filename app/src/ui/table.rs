//! Frame of a table.

use leptos::prelude::*;

/// A table with a head that stays in sight. The page writes `<thead>` and `<tbody>`. Where it is narrow, rows are cards: a `<td>` says its
/// column's name in `data-label`, which stands beside the value; the one without is the row's menu, in the corner.
#[component]
pub fn Table(
    /// What the table lists, for screen readers.
    #[prop(into)]
    caption: String,
    /// `<thead>` and `<tbody>`.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-frame">
            <table class="table">
                <caption class="sr-only">{caption}</caption>
                {children()}
            </table>
        </div>
    }
}
