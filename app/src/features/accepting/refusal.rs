//! Why an invitation can't be accepted, in the words of the invited.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;
use crate::features::auth::registration::refusal::RegistrationRefusal;
use crate::features::organizations::refusal::MessageRefusal;

/// Why an invitation can't be accepted by a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AcceptRefusal {
    /// What was typed.
    #[error(transparent)]
    Registration(RegistrationRefusal),
    /// Unknown or forged.
    #[error("This link is not valid. Open it again from the mail, or ask for a new invitation.")]
    Unknown,
    /// Its time has passed, while the form was open.
    #[error("This link has expired. Have a new one sent.")]
    Expired,
    /// Taken back, while the form was open.
    #[error("This invitation was withdrawn. Contact the person who invited you.")]
    Withdrawn,
    /// A newer one was sent.
    #[error("A newer link was sent. Open the one in the latest mail.")]
    Replaced,
    /// Used already.
    #[error("This link was used already. Sign in instead.")]
    Used,
    /// Declined before.
    #[error("This invitation was declined. Ask for a new one.")]
    Declined,
    /// The address has an account by now.
    #[error("This e-mail address has an account already. Sign in, then accept the invitation.")]
    AccountExists,
    /// Signed in as somebody else.
    #[error("This invitation is for somebody else. Switch account to use it.")]
    OtherAccount,
    /// The inviting person no longer holds what was offered.
    #[error("Whoever invited you may no longer give this role. Ask an administrator for a new invitation.")]
    OfferLapsed,
}

impl AcceptRefusal {
    /// Whether a new link would help.
    pub const fn has_run_out(&self) -> bool {
        matches!(self, Self::Expired | Self::Replaced)
    }
}

/// Why a message about an invitation isn't sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum LinkMessageRefusal {
    /// What was typed.
    #[error(transparent)]
    Message(MessageRefusal),
    /// Unknown or forged.
    #[error("This link is not valid. Open it again from the mail, or ask for a new invitation.")]
    Unknown,
    /// The link leads somewhere by now.
    #[error("This invitation is open again. Reload the page to go on.")]
    Open,
}

impl From<MessageRefusal> for LinkMessageRefusal {
    fn from(refusal: MessageRefusal) -> Self {
        Self::Message(refusal)
    }
}

impl Refusal for LinkMessageRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Message(refusal) => refusal.field(),
            Self::Unknown | Self::Open => None,
        }
    }
}

impl From<RegistrationRefusal> for AcceptRefusal {
    fn from(refusal: RegistrationRefusal) -> Self {
        Self::Registration(refusal)
    }
}

impl Refusal for AcceptRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Registration(refusal) => refusal.field(),
            _ => None,
        }
    }
}
