//! The single permissions and sets of them.

use serde::{Deserialize, Serialize};

/// One thing that a member may do.
///
/// The numbers are bits of a database column: a permission keeps its own for ever, and a deleted one's is not used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u16)]
pub enum Permission {
    /// Opens the applications to which access was granted.
    OpenApplications = 1,
    /// Adds, changes and removes members.
    ManageUsers = 1 << 1,
    /// Decides about people who ask to join.
    ManageJoinRequests = 1 << 2,
    /// Lists applications and grants access to them.
    ManageApplications = 1 << 3,
    /// Reads the activity log.
    SeeActivity = 1 << 4,
    /// Changes the organization's settings.
    ManageOrganization = 1 << 5,
}

impl Permission {
    /// Every permission, in the order of the screens.
    pub const ALL: [Self; 6] = [
        Self::OpenApplications,
        Self::ManageUsers,
        Self::ManageJoinRequests,
        Self::ManageApplications,
        Self::SeeActivity,
        Self::ManageOrganization,
    ];

    /// The name in forms, in the activity log and on the wire; it never changes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenApplications => "open_applications",
            Self::ManageUsers => "manage_users",
            Self::ManageJoinRequests => "manage_join_requests",
            Self::ManageApplications => "manage_applications",
            Self::SeeActivity => "see_activity",
            Self::ManageOrganization => "manage_organization",
        }
    }

    /// What the screens call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::OpenApplications => "Can open applications",
            Self::ManageUsers => "Can add, delete and manage users",
            Self::ManageJoinRequests => "Can manage join requests",
            Self::ManageApplications => "Can manage applications",
            Self::SeeActivity => "Can see the activity log",
            Self::ManageOrganization => "Can manage the organization",
        }
    }

    /// What it means, in one sentence for whoever grants it.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::OpenApplications => "Opens the applications to which access was granted. Without it, granted access cannot be used.",
            Self::ManageUsers => {
                "Invites and adds people, changes what they may do, and deactivates them. Requires two-factor authentication."
            }
            Self::ManageJoinRequests => "Is told when somebody asks to join, and approves or denies the request.",
            Self::ManageApplications => "Adds and changes applications, and decides who has access to them.",
            Self::SeeActivity => "Sees who did what in this organization, and exports it.",
            Self::ManageOrganization => "Changes the settings of the organization.",
        }
    }

    /// Whether its holders must sign in with two factors.
    pub const fn is_sensitive(self) -> bool {
        matches!(self, Self::ManageUsers)
    }

    const fn bit(self) -> u16 {
        self as u16
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Permission>", into = "Vec<Permission>")]
pub struct Permissions(u16);

impl Permissions {
    /// No permission.
    pub const fn none() -> Self {
        Self(0)
    }

    /// Every permission.
    pub const fn all() -> Self {
        let mut bits = 0;
        let mut remaining: &[Permission] = &Permission::ALL;
        while let [permission, rest @ ..] = remaining {
            bits |= permission.bit();
            remaining = rest;
        }
        Self(bits)
    }

    /// For the database.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// From the database. Refuses bits that no permission has, instead of granting less or more than was stored.
    pub const fn from_bits(bits: u16) -> Option<Self> {
        if bits & !Self::all().0 == 0 { Some(Self(bits)) } else { None }
    }

    /// Whether the permission is in the set.
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether there is none in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this set and not in the other: what a change would grant.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the other set holds all of this one.
    pub const fn is_subset_of(self, other: Self) -> bool {
        self.without(other).is_empty()
    }

    /// Whether any of them is sensitive, so that the holder must sign in with two factors.
    pub fn is_sensitive(self) -> bool {
        self.iter().any(Permission::is_sensitive)
    }

    /// The permissions, in the order of the screens.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::none(), |set, permission| set.union(permission.into()))
    }
}

impl From<Permission> for Permissions {
    fn from(permission: Permission) -> Self {
        Self(permission.bit())
    }
}

impl From<Vec<Permission>> for Permissions {
    fn from(permissions: Vec<Permission>) -> Self {
        permissions.into_iter().collect()
    }
}

impl From<Permissions> for Vec<Permission> {
    fn from(permissions: Permissions) -> Self {
        permissions.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_numbers_and_names_never_change() {
        let stored = Permission::ALL.map(|permission| (permission.bit(), permission.as_str()));
        assert_eq!(
            stored,
            [
                (1, "open_applications"),
                (2, "manage_users"),
                (4, "manage_join_requests"),
                (8, "manage_applications"),
                (16, "see_activity"),
                (32, "manage_organization"),
            ]
        );
    }

    #[test]
    fn a_name_travels_as_it_is_stored() {
        for permission in Permission::ALL {
            assert_eq!(serde_json::to_string(&permission).unwrap(), format!("\"{}\"", permission.as_str()));
        }
    }

    #[test]
    fn only_managing_users_is_sensitive() {
        assert_eq!(Permission::ALL.into_iter().filter(|one| one.is_sensitive()).collect::<Vec<_>>(), [Permission::ManageUsers]);
        assert!(Permissions::all().is_sensitive());
        assert!(!Permissions::all().without(Permission::ManageUsers.into()).is_sensitive());
    }

    #[test]
    fn sets_are_joined_compared_and_taken_apart() {
        let some: Permissions = [Permission::SeeActivity, Permission::OpenApplications].into_iter().collect();
        assert!(some.contains(Permission::SeeActivity));
        assert!(!some.contains(Permission::ManageUsers));
        assert!(some.is_subset_of(Permissions::all()));
        assert!(!Permissions::all().is_subset_of(some));
        assert!(Permissions::none().is_subset_of(Permissions::none()));
        assert_eq!(some.union(Permission::SeeActivity.into()), some);
        assert_eq!(some.without(Permission::SeeActivity.into()), Permission::OpenApplications.into());
        assert_eq!(some.iter().collect::<Vec<_>>(), [Permission::OpenApplications, Permission::SeeActivity]);
    }

    #[test]
    fn a_set_survives_the_database_and_unknown_bits_are_refused() {
        for bits in 0..=Permissions::all().bits() {
            assert_eq!(Permissions::from_bits(bits).map(Permissions::bits), Some(bits));
        }
        assert_eq!(Permissions::from_bits(64), None);
        assert_eq!(Permissions::from_bits(u16::MAX), None);
    }

    #[test]
    fn a_set_travels_as_the_names_of_its_permissions() {
        let set: Permissions = [Permission::ManageUsers, Permission::OpenApplications].into_iter().collect();
        let text = "[\"open_applications\",\"manage_users\"]";
        assert_eq!(serde_json::to_string(&set).unwrap(), text);
        assert_eq!(serde_json::from_str::<Permissions>(text).unwrap(), set);
        assert!(serde_json::from_str::<Permissions>("[\"manage_everything\"]").is_err());
    }
}
