//! The bottom of every page.

use leptos::prelude::*;

/// A quiet row of links.
#[component]
pub fn Footer(
    /// Links; what stands in `.footer__end` moves to the far side.
    children: Children,
) -> impl IntoView {
    view! {
        <footer class="footer">
            <div class="footer__inner">{children()}</div>
        </footer>
    }
}
