//! What happens to a second factor, and what the activity page calls it.

use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::UserId;

/// Something that happened to a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was set up.
    SetUp {
        /// The person.
        user: UserId,
    },
    /// New recovery codes replaced the former ones.
    RecoveryCodesRenewed {
        /// The person.
        user: UserId,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::SetUp { .. } => Kind::new("two_factor.set_up", "Two-factor authentication turned on"),
            Self::RecoveryCodesRenewed { .. } => Kind::new("recovery_codes.renewed", "Recovery codes renewed"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::SetUp { user } | Self::RecoveryCodesRenewed { user } => Subject::Person(Some(*user)),
        }
    }
}
