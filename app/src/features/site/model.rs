//! What every page's header shows.

use serde::{Deserialize, Serialize};

use crate::features::permissions::{Permissions, Role};
use crate::values::go_to::Outcome;

/// Who looks at the page, as its header needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// The person; `None` when nobody is signed in.
    pub person: Option<ViewerPerson>,
    /// Whether mail is shown in the development mailbox instead of being sent.
    pub has_development_mailbox: bool,
}

impl Outcome for Viewer {}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewerPerson {
    /// Tells two people apart without saying who they are.
    pub mark: String,
    /// First and last name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Organizations that the person is an active member of, by name.
    pub organizations: Vec<ViewerOrganization>,
    /// Slug of the current organization.
    pub current: Option<String>,
    /// Whether two-factor authentication must be set up before anything sensitive opens.
    pub factor_is_owed: bool,
}

impl ViewerPerson {
    /// The current organization.
    pub fn current_organization(&self) -> Option<&ViewerOrganization> {
        let current = self.current.as_ref()?;
        self.organizations.iter().find(|organization| organization.slug == *current)
    }
}

/// One of the person's organizations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewerOrganization {
    /// Its part of addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The person's role.
    pub role: Role,
    /// What the person may do.
    pub held: Permissions,
}
