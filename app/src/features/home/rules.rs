//! Who may open an application; pure.

use super::model::OpeningRefusal;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::permissions::Role;

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
}
