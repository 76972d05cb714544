//! What travels of the home page.

use serde::{Deserialize, Serialize};

use crate::features::accepting::model::WaitingInvitation;
use crate::features::applications::model::ApplicationTile;
use crate::features::permissions::Role;
use crate::values::go_to::Outcome;
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
    /// The invitations that wait for the person, whose address is proved; oldest first.
    pub invitations: Vec<WaitingInvitation>,
    /// Whether two-factor authentication must be set up before anything sensitive opens.
    pub factor_is_owed: bool,
}

impl Outcome for Home {}

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
