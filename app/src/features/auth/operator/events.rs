//! What the operator did for somebody, and what the activity page calls it.

use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::UserId;

/// Something that the operator did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The locks of wrong passwords and codes were lifted.
    SignInUnlocked {
        /// The person.
        user: UserId,
    },
    /// The second factor was removed.
    TwoFactorReset {
        /// The person.
        user: UserId,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::SignInUnlocked { .. } => Kind::new("session.sign_in_unlocked", "Sign-in unlocked by the operator"),
            Self::TwoFactorReset { .. } => Kind::new("two_factor.reset", "Two-factor authentication reset by the operator"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::SignInUnlocked { user } | Self::TwoFactorReset { user } => Subject::Person(Some(*user)),
        }
    }
}
