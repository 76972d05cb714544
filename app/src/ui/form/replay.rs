//! The answer to a posted form, as the page is written with it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::ui::call::Answer;

/// A posted form: what was typed and what the server function answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// Path of the server function.
    pub function: String,
    /// The posted pairs, without secrets.
    pub typed: Vec<(String, String)>,
    /// What the function answered.
    pub answer: Answer,
}

impl Replay {
    /// What stood in the input of this name.
    pub fn typed(&self, name: &str) -> Option<&str> {
        self.typed.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A form that was refused, or failed otherwise.
pub fn refused_replay() -> Option<Arc<Replay>> {
    use_context::<Arc<Replay>>().filter(|replay| replay.answer.is_failure())
}

/// The one that was posted to the server function at `path`.
pub(super) fn replay_of(path: &str) -> Option<Arc<Replay>> {
    use_context::<Arc<Replay>>().filter(|replay| replay.function == path)
}
