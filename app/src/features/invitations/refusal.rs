//! Why an invitation can't go on, in the user's words.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;
use crate::features::auth::step_up::ProofRefusal;

/// Why nobody was invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum InviteRefusal {
    /// Nothing was typed.
    #[error("Enter at least one e-mail address.")]
    NoAddress,
    /// More than a page takes.
    #[error("Invite up to {most} addresses at once. Send the rest afterwards.")]
    TooManyAddresses {
        /// The limit.
        most: usize,
    },
    /// Not a role that can be offered here.
    #[error("Choose Administrator or User.")]
    UnknownRole,
    /// More than the inviting person holds.
    #[error("You can only give what you hold yourself. Choose another role, or ask an administrator.")]
    RoleTooHigh,
    /// Not an application of this organization, or not one of its levels.
    #[error("Choose one of the listed levels of access.")]
    UnknownAccess,
    /// What is given is sensitive, and the inviting person has not proved who they are for a while.
    #[error(transparent)]
    Proof(ProofRefusal),
}

impl InviteRefusal {
    /// What is wrong with the proof, if it is about that.
    pub const fn proof(&self) -> Option<ProofRefusal> {
        match self {
            Self::Proof(refusal) => Some(*refusal),
            _ => None,
        }
    }
}

impl From<ProofRefusal> for InviteRefusal {
    fn from(refusal: ProofRefusal) -> Self {
        Self::Proof(refusal)
    }
}

impl Refusal for InviteRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoAddress | Self::TooManyAddresses { .. } => Some("emails"),
            Self::UnknownRole | Self::RoleTooHigh => Some("role"),
            Self::UnknownAccess => None,
            Self::Proof(refusal) => refusal.field(),
        }
    }
}

/// Why an action on an invitation can't be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum InvitationRefusal {
    /// The person accepted meanwhile.
    #[error("{called} has joined already. To end the access, choose Deactivate.")]
    Joined {
        /// Who.
        called: String,
    },
    /// It offers more than the acting person holds.
    #[error("This invitation offers more than you hold. Ask an administrator.")]
    HoldsMore,
    /// The day's mails are used up.
    #[error("Your organization has sent its {most} invitations for today. Try again tomorrow.")]
    DayLimit {
        /// The limit.
        most: i64,
    },
}

impl Refusal for InvitationRefusal {}
