//! The roles and their presets.

use serde::{Deserialize, Serialize};

use super::permission::{Permission, Permissions};

/// A preset of permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Holds every permission, always.
    Administrator,
    /// Opens applications.
    User,
    /// Holds nothing at first.
    Restricted,
}

impl Role {
    /// Every role, in the order of the screens.
    pub const ALL: [Self; 3] = [Self::Administrator, Self::User, Self::Restricted];

    /// The name in the database, in forms and on the wire; it never changes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::User => "user",
            Self::Restricted => "restricted",
        }
    }

    /// Reads a name that [`Role::as_str`] gave.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// What the screens call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Administrator => "Administrator",
            Self::User => "User",
            Self::Restricted => "Restricted",
        }
    }

    /// The permissions that come with it.
    pub fn permissions(self) -> Permissions {
        match self {
            Self::Administrator => Permissions::all(),
            Self::User => Permission::OpenApplications.into(),
            Self::Restricted => Permissions::none(),
        }
    }

    /// What a member with this role holds when these permissions are ticked: an Administrator's cannot be unticked.
    pub fn holds(self, ticked: Permissions) -> Permissions {
        match self {
            Self::Administrator => Permissions::all(),
            Self::User | Self::Restricted => ticked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_brings_its_preset() {
        assert_eq!(Role::Administrator.permissions(), Permissions::all());
        assert_eq!(Role::User.permissions(), Permission::OpenApplications.into());
        assert!(Role::Restricted.permissions().is_empty());
    }

    #[test]
    fn an_administrator_holds_everything_whatever_is_ticked() {
        assert_eq!(Role::Administrator.holds(Permissions::none()), Permissions::all());
        assert_eq!(Role::User.holds(Permissions::none()), Permissions::none());
        assert_eq!(Role::Restricted.holds(Permission::SeeActivity.into()), Permission::SeeActivity.into());
    }

    #[test]
    fn a_name_is_read_as_it_was_written() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.as_str()));
        }
        for name in ["", "Administrator", "owner"] {
            assert_eq!(Role::parse(name), None);
        }
    }
}
