//! How far signing in came, and what the activity page calls it.

use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::UserId;

/// How far it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The password was right, and the second factor is awaited.
    PasswordAccepted {
        /// The person.
        user: UserId,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::PasswordAccepted { .. } => Kind::new("session.password_accepted", "Password accepted, second factor awaited"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::PasswordAccepted { user } => Subject::Person(Some(*user)),
        }
    }
}
