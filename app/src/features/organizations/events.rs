//! What happens to an organization, and what its activity page calls it.

use serde_json::{Value, json};

use crate::platform::audit::{self, Kind, Subject};
use crate::values::ids::{MembershipId, OrganizationId};

/// Something that happened to an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was founded.
    Created {
        /// The organization.
        organization: OrganizationId,
        /// Its name.
        name: String,
    },
    /// A message was sent to its administrators.
    AdministratorsMessaged {
        /// The sender's membership, or the invitation from whose page it was sent; `None` where that one is gone.
        membership: Option<MembershipId>,
        /// The organization.
        organization: OrganizationId,
        /// How many administrators it went to.
        recipients: usize,
    },
}

impl audit::Event for Event {
    fn kind(&self) -> Kind {
        match self {
            Self::Created { .. } => Kind::new("organization.created", "Organization created"),
            Self::AdministratorsMessaged { .. } => Kind::new("administrators.messaged", "Message sent to the administrators"),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { organization, .. } => Subject::Organization(*organization),
            Self::AdministratorsMessaged { membership, organization, .. } => {
                membership.map_or(Subject::Organization(*organization), Subject::Membership)
            }
        }
    }

    fn difference(&self) -> Value {
        match self {
            Self::Created { .. } => json!({}),
            Self::AdministratorsMessaged { recipients, .. } => json!({ "recipients": recipients }),
        }
    }

    fn words(&self) -> Option<Value> {
        match self {
            Self::Created { name, .. } => Some(json!({ "name": name })),
            Self::AdministratorsMessaged { .. } => None,
        }
    }
}
