//! What travels between server and browser about an organization.

use serde::{Deserialize, Serialize};

use crate::features::applications::model::OwnApplication;
use crate::features::memberships::rules::LastAdministrator;
use crate::features::permissions::{Permissions, Role};
use crate::values::go_to::Outcome;
use crate::values::moment::Moment;

/// An organization as one of its members sees it on each of its pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationSummary {
    /// Its part of addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The member's role.
    pub role: Role,
    /// What the member may do.
    pub held: Permissions,
}

/// The data of a page of an organization.
pub trait OfOrganization {
    /// The organization, as the reader sees it.
    fn organization(&self) -> &OrganizationSummary;
}

/// The first page of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The organization.
    pub organization: OrganizationSummary,
    /// What it calls itself in general: `Organization`, `Company`.
    pub label: String,
    /// When the membership began.
    pub member_since: Moment,
    /// What the member can open; `None` without the permission to open applications.
    pub applications: Option<Vec<OwnApplication>>,
    /// Why the member can't leave now.
    pub stays_because: Option<LastAdministrator>,
}

impl Outcome for Overview {}

impl OfOrganization for Overview {
    fn organization(&self) -> &OrganizationSummary {
        &self.organization
    }
}

/// A message to the administrators.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageForm {
    /// What the member writes.
    #[serde(default)]
    pub message: String,
}

/// A message that is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSent {
    /// How many administrators get it.
    pub recipients: usize,
}

impl Outcome for MessageSent {}
