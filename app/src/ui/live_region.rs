//! Words that appear after the page has loaded.

use leptos::prelude::*;

use super::words::ANNOUNCEMENTS;

/// Where behaviors tell screen readers what has just changed. It must be there, empty, from the start.
#[component]
pub fn Announcements() -> impl IntoView {
    view! { <p class="sr-only" id=ANNOUNCEMENTS role="status"></p> }
}
