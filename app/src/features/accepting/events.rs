//! What the invited do with an invitation, and what the activity page calls it.

use serde_json::{Value, json};

use crate::features::permissions::Role;
use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::MembershipId;

/// What an invited person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// They asked for a new link on the page of an expired one.
    Renewed {
        /// The waiting membership.
        membership: MembershipId,
        /// The address.
        email: String,
    },
    /// They accepted.
    Accepted {
        /// The membership, active now.
        membership: MembershipId,
        /// The role that came with it.
        role: Role,
    },
    /// They declined.
    Declined {
        /// The membership that waited.
        membership: MembershipId,
        /// The address.
        email: String,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::Renewed { .. } => Kind::new("invitation.renewed", "New link asked for"),
            Self::Accepted { .. } => Kind::new("invitation.accepted", "Invitation accepted"),
            Self::Declined { .. } => Kind::new("invitation.declined", "Invitation declined"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Renewed { membership, .. } | Self::Accepted { membership, .. } | Self::Declined { membership, .. } => {
                Subject::Membership(*membership)
            }
        }
    }

    fn difference(&self) -> Value {
        match self {
            Self::Accepted { role, .. } => json!({ "role": role.as_str() }),
            Self::Renewed { .. } | Self::Declined { .. } => json!({}),
        }
    }

    fn words(&self) -> Option<Value> {
        match self {
            Self::Renewed { email, .. } | Self::Declined { email, .. } => Some(json!({ "email": email })),
            Self::Accepted { .. } => None,
        }
    }
}
