//! What wrong passwords and codes come to, and what the activity page calls it.

use serde_json::{Value, json};

use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::UserId;

/// What an attempt at a secret came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A password or code was wrong.
    Failed {
        /// The person, if the name is known.
        user: Option<UserId>,
        /// Why.
        because: &'static str,
    },
    /// Too many wrong attempts: sign-in is locked for a while.
    Locked {
        /// The person, if the name is known.
        user: Option<UserId>,
        /// What was counted.
        scope: &'static str,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::Failed { .. } => Kind::new("session.sign_in_failed", "Sign-in failed"),
            Self::Locked { .. } => Kind::new("session.sign_in_locked", "Sign-in locked for a while"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Failed { user, .. } | Self::Locked { user, .. } => Subject::Person(*user),
        }
    }

    fn difference(&self) -> Value {
        match self {
            Self::Failed { because, .. } => json!({ "because": because }),
            Self::Locked { scope, .. } => json!({ "scope": scope }),
        }
    }
}
