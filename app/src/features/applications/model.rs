//! What travels of applications and of access to them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::values::go_to::Outcome;
use crate::values::ids::ApplicationId;

/// An application with its ordered levels, where access is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferedApplication {
    /// The application.
    pub id: ApplicationId,
    /// Its name.
    pub name: String,
    /// Its levels, lowest first.
    pub levels: Vec<OfferedLevel>,
}

/// A level of access; it contains those before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferedLevel {
    /// Its position, from 1.
    pub level: i32,
    /// Its name.
    pub name: String,
    /// Whether whoever holds it must sign in with two factors.
    pub sensitive: bool,
}

/// Access as it is chosen in a form: a level for each application, by [`access_key`]; missing or 0: no access.
pub type ChosenAccess = BTreeMap<String, String>;

/// A level for each application; those without access are missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access(BTreeMap<ApplicationId, i32>);

/// What was chosen names no application, no level, or one application twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownAccess;

impl Access {
    /// Reads what a form chose. An application named twice has no level that could be meant.
    pub fn parse(chosen: &ChosenAccess) -> Result<Self, UnknownAccess> {
        let mut access = BTreeMap::new();
        for (key, level) in chosen.iter().filter(|(_, level)| !matches!(level.as_str(), "" | "0")) {
            let (Some(application), Ok(level)) = (application_of(key), level.parse()) else {
                return Err(UnknownAccess);
            };
            if access.insert(application, level).is_some() {
                return Err(UnknownAccess);
            }
        }
        Ok(Self(access))
    }

    /// Whether it is access to nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each application with its level, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (ApplicationId, i32)> {
        self.0.iter().map(|(application, level)| (*application, *level))
    }
}

impl FromIterator<(ApplicationId, i32)> for Access {
    fn from_iter<Levels: IntoIterator<Item = (ApplicationId, i32)>>(levels: Levels) -> Self {
        Self(levels.into_iter().collect())
    }
}

/// What stands before an id in a key of [`ChosenAccess`]: in a posted form, a key that begins with a digit would be read as a
/// position in a list.
const ACCESS_KEY_PREFIX: &str = "application-";

/// The key of an application in [`ChosenAccess`].
pub fn access_key(application: ApplicationId) -> String {
    format!("{ACCESS_KEY_PREFIX}{application}")
}

/// The application of a key that [`access_key`] gave.
fn application_of(key: &str) -> Option<ApplicationId> {
    key.strip_prefix(ACCESS_KEY_PREFIX).unwrap_or(key).parse().ok()
}

/// An application that a member has access to, within its organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnApplication {
    /// The application.
    pub id: ApplicationId,
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Name of the access level.
    pub level: String,
}

/// An application to open, among those of all organizations.
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn chosen(pairs: &[(&str, &str)]) -> ChosenAccess {
        pairs.iter().map(|(key, level)| ((*key).to_owned(), (*level).to_owned())).collect()
    }

    #[test]
    fn what_a_form_chose_is_read_and_no_access_is_left_out() {
        let [register, payroll] = [1, 2].map(|number| ApplicationId::from_uuid(Uuid::from_u128(number)));
        let access = Access::parse(&chosen(&[(&access_key(register), "2"), (&access_key(payroll), "0")])).unwrap();
        assert_eq!(access.iter().collect::<Vec<_>>(), [(register, 2)]);
        assert!(Access::parse(&ChosenAccess::new()).unwrap().is_empty());
    }

    #[test]
    fn what_names_nothing_or_one_application_twice_is_refused() {
        let register = ApplicationId::from_uuid(Uuid::from_u128(1));
        for pairs in [
            vec![("nonsense", "1")],
            vec![(access_key(register).leak() as &str, "highest")],
            vec![(access_key(register).leak() as &str, "1"), (register.to_string().leak() as &str, "2")],
        ] {
            assert_eq!(Access::parse(&chosen(&pairs)), Err(UnknownAccess), "{pairs:?}");
        }
    }
}
