//! The address of the page being written.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};

/// Path and query.
pub fn own_address() -> String {
    let search = use_location().search.get_untracked();
    let path = own_path();
    if search.is_empty() { path } else { format!("{path}?{}", search.trim_start_matches('?')) }
}

/// The path alone.
pub fn own_path() -> String {
    use_location().pathname.get_untracked()
}

/// What the query says under this name; empty when it doesn't.
pub fn in_query(name: &str) -> String {
    use_query_map().with_untracked(|query| query.get(name)).unwrap_or_default()
}

/// The part of the path to which the route table gives this name; empty when it has none.
pub fn in_path(name: &str) -> String {
    use_params_map().with_untracked(|parts| parts.get(name)).unwrap_or_default()
}
