//! How accounts come to be, and what the activity page calls it.

use serde_json::{Value, json};

use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::UserId;

/// An account came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A person completed their registration.
    Completed {
        /// The person.
        user: UserId,
        /// The username that is now theirs for ever.
        username: String,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::Completed { .. } => Kind::new("registration.completed", "Registration completed"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Completed { user, .. } => Subject::Person(Some(*user)),
        }
    }

    fn words(&self) -> Option<Value> {
        match self {
            Self::Completed { username, .. } => Some(json!({ "username": username })),
        }
    }
}
