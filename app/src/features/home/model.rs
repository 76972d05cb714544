//! What travels of the home page and of opening an application.

use serde::{Deserialize, Serialize};

use crate::features::permissions::Role;
use crate::values::go_to::Outcome;
use crate::values::ids::ApplicationId;
use crate::values::moment::Moment;

/// The first page after signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// What the person can open, by name.
    pub applications: Vec<ApplicationTile>,
    /// Where the person is an active member, by name.
    pub organizations: Vec<OwnOrganization>,
    /// Where the person was a member, latest first.
    pub ended: Vec<EndedMembership>,
    /// Whether two-factor authentication must be set up before anything sensitive opens.
    pub factor_is_owed: bool,
}

impl Outcome for Home {}

/// An application to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationTile {
    /// The application.
    pub id: ApplicationId,
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Name of the access level.
    pub level: String,
    /// Name of the organization that gives access.
    pub organization: String,
}

/// An organization to launch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnOrganization {
    /// Its part of addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The person's role.
    pub role: Role,
}

/// An organization that the person has no access to any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedMembership {
    /// Name of the organization.
    pub organization: String,
    /// When access ended.
    pub ended_at: Moment,
}

/// What comes of opening an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Opening {
    /// It is there.
    At {
        /// The application's address.
        address: String,
        /// Its name.
        name: String,
    },
    /// The member may not open it.
    Refused {
        /// Why.
        reason: OpeningRefusal,
        /// Slug of the organization whose administrators can help.
        organization: String,
        /// Its name.
        organization_name: String,
    },
}

impl Outcome for Opening {}

/// Why a member may not open an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum OpeningRefusal {
    /// Nobody gave access.
    #[error("You have no access to this application.")]
    NoAccess,
    /// Access alone is not enough.
    #[error("You have access to this application, but your role does not let you open applications.")]
    NoPermission,
}
