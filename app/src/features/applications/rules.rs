//! Who may open an application, and who may give access to it; pure.

use super::model::{Access, OfferedApplication, OpeningRefusal};
use crate::features::permissions::{Permission, Permissions};

/// Access must have been granted, and the permission to use it.
pub fn may_open(held: Permissions, has_access: bool) -> Result<(), OpeningRefusal> {
    if !has_access {
        return Err(OpeningRefusal::NoAccess);
    }
    if !held.contains(Permission::OpenApplications) {
        return Err(OpeningRefusal::NoPermission);
    }
    Ok(())
}

/// Nobody gives more access than they have, unless they decide about applications.
pub const fn may_give(level: i32, own_level: i32, held: Permissions) -> bool {
    level <= own_level || held.contains(Permission::ManageApplications)
}

/// Whether every level of `access` is among those that are offered.
pub fn is_offered(access: &Access, applications: &[OfferedApplication]) -> bool {
    access.iter().all(|(id, level)| {
        applications.iter().any(|application| application.id == id && application.levels.iter().any(|offered| offered.level == level))
    })
}

/// Whether `access` contains a sensitive level.
pub fn is_sensitive(access: &Access, applications: &[OfferedApplication]) -> bool {
    access.iter().any(|(id, level)| {
        applications
            .iter()
            .filter(|application| application.id == id)
            .any(|application| application.levels.iter().any(|offered| offered.level <= level && offered.sensitive))
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::features::applications::model::{ChosenAccess, OfferedLevel, access_key};
    use crate::features::permissions::Role;
    use crate::values::ids::ApplicationId;

    #[test]
    fn access_and_the_permission_are_both_needed() {
        assert_eq!(may_open(Role::User.permissions(), true), Ok(()));
        assert_eq!(may_open(Role::User.permissions(), false), Err(OpeningRefusal::NoAccess));
        assert_eq!(may_open(Role::Restricted.permissions(), true), Err(OpeningRefusal::NoPermission));
    }

    #[test]
    fn an_administrator_needs_access_like_everybody() {
        assert_eq!(may_open(Permissions::all(), false), Err(OpeningRefusal::NoAccess));
        assert_eq!(may_open(Permissions::all(), true), Ok(()));
    }

    #[test]
    fn without_access_one_does_not_learn_what_else_is_missing() {
        assert_eq!(may_open(Permissions::none(), false), Err(OpeningRefusal::NoAccess));
    }

    #[test]
    fn nobody_gives_more_access_than_they_have_unless_they_decide_about_applications() {
        let plain = Role::User.permissions();
        assert!(may_give(1, 1, plain) && may_give(1, 2, plain));
        assert!(!may_give(2, 1, plain) && !may_give(1, 0, plain));
        assert!(may_give(2, 0, Permissions::all()));
    }

    #[test]
    fn a_level_above_a_sensitive_one_is_sensitive_and_an_unknown_one_is_not_offered() {
        let id = ApplicationId::from_uuid(Uuid::from_u128(1));
        let levels = [("Use", false), ("See pupil-level data", true), ("Manage", false)];
        let levels = (1..).zip(levels).map(|(level, (name, sensitive))| OfferedLevel { level, name: name.to_owned(), sensitive }).collect();
        let applications = [OfferedApplication { id, name: "Pupils".to_owned(), levels }];
        let access = |level: &str| Access::parse(&ChosenAccess::from([(access_key(id), level.to_owned())])).unwrap();
        for (level, offered, sensitive) in [("1", true, false), ("2", true, true), ("3", true, true), ("4", false, true)] {
            assert_eq!(is_offered(&access(level), &applications), offered, "{level}");
            assert_eq!(is_sensitive(&access(level), &applications), sensitive, "{level}");
        }
        assert!(!is_offered(&access("1"), &[]));
    }
}
