//! What happens to a member, and what the activity page calls it.

use serde_json::{Value, json};

use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::MembershipId;

/// Something that happened to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Access was withdrawn.
    Deactivated {
        /// The membership.
        membership: MembershipId,
        /// Sessions that lost this organization.
        sessions: i64,
        /// Pending invitations of this person that were cancelled with it.
        invitations_cancelled: usize,
    },
    /// A member left.
    Left {
        /// The membership.
        membership: MembershipId,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::Deactivated { .. } => Kind::new("member.deactivated", "Deactivated"),
            Self::Left { .. } => Kind::new("member.left", "Left"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Deactivated { membership, .. } | Self::Left { membership } => Subject::Membership(*membership),
        }
    }

    fn difference(&self) -> Value {
        match self {
            Self::Deactivated { sessions, invitations_cancelled, .. } => {
                json!({ "sessions": sessions, "invitations_cancelled": invitations_cancelled })
            }
            Self::Left { .. } => json!({}),
        }
    }
}
