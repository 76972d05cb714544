//! The answer to a form that was posted without scripts, as the page is rendered with it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

/// A form that was posted without scripts: what was typed and what the server function answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// Path of the server function.
    pub function: String,
    /// The posted pairs, without secrets.
    pub typed: Vec<(String, String)>,
    /// The answer's body, as JSON.
    pub answer: String,
    /// Whether the answer is a failure.
    pub failed: bool,
}

/// The replay that this page was rendered with, until the person goes to another page.
#[derive(Clone, Copy)]
struct CurrentReplay(StoredValue<Option<Replay>>);

/// Hands the replay from the server's rendering to the browser's, so that both see the same page.
pub fn provide_replay() {
    let replay = SharedValue::new(use_context::<Replay>).into_inner();
    let current = StoredValue::new(replay);
    provide_context(CurrentReplay(current));

    let location = use_location();
    Effect::new(move |earlier: Option<String>| {
        let path = location.pathname.get();
        if earlier.is_some_and(|earlier| earlier != path) {
            current.set_value(None);
        }
        path
    });
}

/// A form that was posted without scripts and refused, while the page is still the one that it was posted to.
pub fn refused_replay() -> Option<Replay> {
    use_context::<CurrentReplay>().and_then(|current| current.0.get_value()).filter(|replay| replay.failed)
}

/// The one that was posted to the server function at `path`.
pub fn replay_of(path: &str) -> Option<Replay> {
    use_context::<CurrentReplay>().and_then(|current| current.0.get_value()).filter(|replay| replay.function == path)
}
