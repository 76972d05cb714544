//! The address of the page one is on.

use leptos::prelude::*;
use leptos_router::location::Location;

/// Path and query of the page one is on.
pub fn address_of(location: &Location) -> String {
    let search = location.search.get();
    let path = location.pathname.get();
    if search.is_empty() { path } else { format!("{path}?{}", search.trim_start_matches('?')) }
}

/// Works out every part of the address at once, before anything is rendered.
///
/// The server renders parts of a page side by side. Of two that ask for a part of the address for the first time in the same
/// instant, `reactive_graph` 0.2 works it out for one, and panics in the other; what has been worked out is there for both.
pub fn read_address(location: &Location) {
    location.pathname.with_untracked(|_| ());
    location.search.with_untracked(|_| ());
    location.query.with_untracked(|_| ());
    location.hash.with_untracked(|_| ());
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use leptos_router::location::State;
    use leptos_router::params::ParamsMap;

    use super::*;

    #[test]
    fn every_part_of_the_address_is_worked_out_before_it_is_asked_for() {
        let owner = Owner::new();
        owner.with(|| {
            let worked_out = Arc::new(AtomicUsize::new(0));
            let text = |text: &'static str| {
                let worked_out = Arc::clone(&worked_out);
                Memo::new(move |_| {
                    worked_out.fetch_add(1, Ordering::Relaxed);
                    text.to_owned()
                })
            };
            let counted = Arc::clone(&worked_out);
            let query = Memo::new(move |_| {
                counted.fetch_add(1, Ordering::Relaxed);
                ParamsMap::new()
            });
            let (state, _) = signal(State::new(None));
            let location = Location { pathname: text("/help"), search: text("?a=b"), query, hash: text(""), state };

            read_address(&location);

            assert_eq!(worked_out.load(Ordering::Relaxed), 4);
            assert_eq!(untrack(|| address_of(&location)), "/help?a=b");
            assert_eq!(worked_out.load(Ordering::Relaxed), 4);
        });
    }
}
