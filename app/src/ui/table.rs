//! Frame of a table.

use leptos::prelude::*;

/// When a table's rows turn into cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableLayout {
    /// Few columns: only on a phone.
    #[default]
    Regular,
    /// Many columns: already on a narrow tablet.
    Wide,
}

/// A table with a head that stays in sight. The page writes `<thead>` and `<tbody>`; each `<td>` says
/// its column's name in `data-label`, which stands beside the value where rows are cards.
#[component]
pub fn Table(
    /// What the table lists, for screen readers.
    #[prop(into)]
    caption: String,
    /// When rows turn into cards.
    #[prop(optional)]
    layout: TableLayout,
    /// `<thead>` and `<tbody>`.
    children: Children,
) -> impl IntoView {
    let class = match layout {
        TableLayout::Regular => "table",
        TableLayout::Wide => "table table--wide",
    };
    view! {
        <div class="table-frame">
            <table class=class>
                <caption class="sr-only">{caption}</caption>
                {children()}
            </table>
        </div>
    }
}
