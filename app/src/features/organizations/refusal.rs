//! Why writing is refused.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;

/// Characters of a message to the administrators.
pub const LONGEST_MESSAGE: usize = 2_000;

/// Why a message to the administrators isn't sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum MessageRefusal {
    /// Nothing was written.
    #[error("Write what the administrators should know.")]
    Empty,
    /// Longer than the limit.
    #[error("Use at most {LONGEST_MESSAGE} characters.")]
    TooLong,
    /// The sender is the only administrator.
    #[error("You are the only administrator here, so there is nobody to write to.")]
    NobodyElse,
}

impl Refusal for MessageRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Empty | Self::TooLong => Some("message"),
            Self::NobodyElse => None,
        }
    }
}
