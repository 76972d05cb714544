//! How sessions begin and end, and what the activity page calls it.

use serde_json::{Value, json};

use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::UserId;

/// Something that happened to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody signed in.
    SignedIn {
        /// The person.
        user: UserId,
        /// With what.
        with: &'static str,
    },
    /// Somebody signed out.
    SignedOut {
        /// The person.
        user: UserId,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::SignedIn { .. } => Kind::new("session.signed_in", "Signed in"),
            Self::SignedOut { .. } => Kind::new("session.signed_out", "Signed out"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::SignedIn { user, .. } | Self::SignedOut { user } => Subject::Person(Some(*user)),
        }
    }

    fn difference(&self) -> Value {
        match self {
            Self::SignedIn { with, .. } => json!({ "with": with }),
            Self::SignedOut { .. } => json!({}),
        }
    }
}
