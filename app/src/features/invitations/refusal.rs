//! Why an invitation can't go on, in the user's words.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;
use crate::features::auth::registration::refusal::RegistrationRefusal;
use crate::features::auth::two_factor::refusal::TwoFactorRefusal;
use crate::features::organizations::refusal::MessageRefusal;

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
    Proof(TwoFactorRefusal),
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

/// Why somebody can't join by a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum JoinRefusal {
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

impl JoinRefusal {
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

impl From<RegistrationRefusal> for JoinRefusal {
    fn from(refusal: RegistrationRefusal) -> Self {
        Self::Registration(refusal)
    }
}

impl Refusal for JoinRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Registration(refusal) => refusal.field(),
            _ => None,
        }
    }
}
