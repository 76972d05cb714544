//! What happens to a mail, and what the activity page calls it.

use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::MailId;

/// Something that happened to a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// It was given up.
    GivenUp {
        /// The mail.
        mail: MailId,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::GivenUp { .. } => Kind::new("mail.given_up", "A mail could not be delivered"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::GivenUp { mail } => Subject::Mail(*mail),
        }
    }
}
