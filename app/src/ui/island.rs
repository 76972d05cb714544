//! Where an island is mounted.

use leptos::prelude::*;
use serde::Serialize;

/// An empty place beside the server's inputs. The browser's side mounts the island of this name there, which listens to them.
#[component]
pub fn Island<Props>(
    /// The island's name.
    name: &'static str,
    /// What it is told.
    props: Props,
) -> impl IntoView
where
    Props: Serialize + 'static,
{
    // Props are texts and numbers, which can always be written; an island that can't read its own is not mounted.
    let props = serde_json::to_string(&props).unwrap_or_default();
    view! { <span data-island=name data-props=props></span> }
}
