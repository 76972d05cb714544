//! What happens to an invitation, and what the activity page calls it.

use serde_json::{Value, json};

use crate::features::permissions::Role;
use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::{ApplicationId, MembershipId};

/// Something that happened to an invitation. Each names the membership that waits, and the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody was invited.
    Sent {
        /// The waiting membership.
        membership: MembershipId,
        /// The address.
        email: String,
        /// The role offered.
        role: Role,
        /// Applications offered, with their level.
        applications: Vec<(ApplicationId, i32)>,
        /// Whether a mail was queued; beyond the day's limit it was not.
        notified: bool,
    },
    /// A new link was sent by an administrator; the former one is dead.
    SentAgain {
        /// The waiting membership.
        membership: MembershipId,
        /// The address.
        email: String,
    },
    /// The invitation was withdrawn.
    Cancelled {
        /// The membership that waited.
        membership: MembershipId,
        /// The address.
        email: String,
    },
    /// Its inviter's access ended, and with it what only they could offer.
    Lapsed {
        /// The waiting membership.
        membership: MembershipId,
        /// The address.
        email: String,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::Sent { .. } => Kind::new("invitation.sent", "Invited"),
            Self::SentAgain { .. } => Kind::new("invitation.sent_again", "Invitation sent again"),
            Self::Cancelled { .. } => Kind::new("invitation.cancelled", "Invitation cancelled"),
            Self::Lapsed { .. } => Kind::new("invitation.lapsed", "Invitation lapsed with its sender's access"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Sent { membership, .. }
            | Self::SentAgain { membership, .. }
            | Self::Cancelled { membership, .. }
            | Self::Lapsed { membership, .. } => Subject::Membership(*membership),
        }
    }

    fn difference(&self) -> Value {
        match self {
            Self::Sent { role, applications, notified, .. } => {
                json!({ "role": role.as_str(), "applications": applications, "notified": notified })
            }
            Self::SentAgain { .. } | Self::Cancelled { .. } | Self::Lapsed { .. } => json!({}),
        }
    }

    fn words(&self) -> Option<Value> {
        match self {
            Self::Sent { email, .. } | Self::SentAgain { email, .. } | Self::Cancelled { email, .. } | Self::Lapsed { email, .. } => {
                Some(json!({ "email": email }))
            }
        }
    }
}
