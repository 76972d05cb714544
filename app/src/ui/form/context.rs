//! What the inputs of a form ask it for.

use std::sync::Arc;

use super::replay::Replay;
use crate::failure::Problem;

/// What the inputs of a form need to know about it.
#[derive(Clone)]
pub struct FormContext {
    pub(super) problems: Arc<[Problem]>,
    pub(super) replay: Option<Arc<Replay>>,
    pub(super) prefix: &'static str,
    pub(super) argument: &'static str,
}

impl FormContext {
    /// The same form's inputs that are fields of another argument.
    #[must_use]
    pub fn of(self, argument: &'static str) -> Self {
        Self { argument, ..self }
    }

    /// The name under which the server function finds a field.
    pub fn name(&self, field: &str) -> String {
        format!("{}[{field}]", self.argument)
    }

    /// The message that stands beside the input.
    pub fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|problem| problem.field == Some(field)).map(|problem| problem.message.clone())
    }

    /// What was typed before the form came back, else `initial`.
    pub fn typed(&self, name: &str, initial: &str) -> String {
        match &self.replay {
            Some(replay) => replay.typed(name).unwrap_or(initial).to_owned(),
            None => initial.to_owned(),
        }
    }

    /// Whether a box was ticked before the form came back, else `initial`.
    pub fn ticked(&self, name: &str, initial: bool) -> bool {
        self.replay.as_ref().map_or(initial, |replay| replay.typed(name).is_some())
    }

    /// The element id of an input, unique on the page.
    pub fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.prefix)
    }
}
