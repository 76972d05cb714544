//! What the inputs of a form ask it for.

use leptos::prelude::*;

use crate::failure::Problem;

/// What stood in the inputs when the page was rendered from a post without scripts; never a secret.
pub type TypedPairs = StoredValue<Option<Vec<(String, String)>>>;

/// What the inputs of a form need to know about it.
#[derive(Clone, Copy)]
pub struct FormContext {
    pub(super) problems: Signal<Vec<Problem>>,
    pub(super) typed: TypedPairs,
    pub(super) prefix: &'static str,
    pub(super) argument: &'static str,
}

impl FormContext {
    /// The same form's inputs that are fields of another argument.
    #[must_use]
    pub const fn of(self, argument: &'static str) -> Self {
        Self { argument, ..self }
    }

    /// The name under which the server function finds a field.
    pub fn name(&self, field: &str) -> String {
        format!("{}[{field}]", self.argument)
    }

    /// The message that stands beside the input.
    pub fn problem(&self, field: &str) -> Option<String> {
        self.problems.with(|problems| problems.iter().find(|problem| problem.field == Some(field)).map(|problem| problem.message.clone()))
    }

    /// What was typed before the form came back, else `initial`.
    pub fn typed(&self, name: &str, initial: &str) -> String {
        self.typed.with_value(|typed| match typed {
            Some(pairs) => pairs.iter().find(|(key, _)| key == name).map_or_else(|| initial.to_owned(), |(_, value)| value.clone()),
            None => initial.to_owned(),
        })
    }

    /// Whether a box was ticked before the form came back, else `initial`.
    pub fn ticked(&self, name: &str, initial: bool) -> bool {
        self.typed.with_value(|typed| typed.as_ref().map_or(initial, |pairs| pairs.iter().any(|(key, _)| key == name)))
    }

    /// The element id of an input, unique on the page.
    pub fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.prefix)
    }
}
