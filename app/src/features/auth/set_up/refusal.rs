//! Why the set-up is refused.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;
use crate::features::auth::registration::refusal::RegistrationRefusal;
use crate::values::display_name::NameError;
use crate::values::email_address::EmailAddressError;

/// One thing to put right, or the reason why it is too late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SetUpRefusal {
    /// Something about the account.
    #[error("{0}")]
    Registration(RegistrationRefusal),
    /// The address.
    #[error("{0}")]
    Email(EmailAddressError),
    /// The organization's name.
    #[error("Organization name: {0}")]
    OrganizationName(NameError),
    /// The organization's label.
    #[error("Label: {0}")]
    Label(NameError),
    /// There is somebody already.
    #[error("This Nexus has been set up already. Go to the sign-in page, or ask whoever set it up to invite you.")]
    Done,
    /// The link's time is over.
    #[error("This link has expired. Start Nexus again: it prints a new one.")]
    Expired,
    /// The link is none of ours.
    #[error("This link is not valid. Open the one that Nexus printed when it started.")]
    Unknown,
}

impl Refusal for SetUpRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Registration(refusal) => refusal.field(),
            Self::Email(_) => Some("email"),
            Self::OrganizationName(_) => Some("organization_name"),
            Self::Label(_) => Some("label"),
            Self::Done | Self::Expired | Self::Unknown => None,
        }
    }
}
