//! Why a mail was not delivered.

use crate::values::text::is_line_break;

/// Characters kept of what a mail server says.
const WORDS_LIMIT: usize = 500;

/// Why a mail was not delivered. The words are for administrators, and one line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// Trying again later may help.
    #[error("{0}")]
    Transient(String),
    /// Trying again does not help.
    #[error("{0}")]
    Permanent(String),
}

/// What others say, fit to be stored and shown: one line, without control characters, not endless.
pub(super) fn one_line(words: &str) -> String {
    words
        .chars()
        .map(|character| if is_line_break(character) { ' ' } else { character })
        .filter(|character| !character.is_control())
        .take(WORDS_LIMIT)
        .collect()
}
