//! What may be offered, and what may happen to an invitation; pure.

use super::refusal::{InvitationRefusal, InviteRefusal};
use crate::features::permissions::{Permissions, Role};
use crate::values::ids::MembershipId;

/// Most addresses of one form.
pub const MOST_ADDRESSES: usize = 1_000;

/// Roles that the invite page offers to somebody who holds `held`, most usual first.
pub fn offered_roles(held: Permissions) -> Vec<Role> {
    [Role::User, Role::Administrator].into_iter().filter(|role| role.permissions().is_subset_of(held)).collect()
}

/// Nobody offers more than they hold.
pub fn may_offer(role: Role, held: Permissions) -> Result<(), InviteRefusal> {
    match role {
        Role::Restricted => Err(InviteRefusal::UnknownRole),
        _ if !role.permissions().is_subset_of(held) => Err(InviteRefusal::RoleTooHigh),
        _ => Ok(()),
    }
}

/// What this organization knows of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressStanding {
    /// Nothing.
    Unknown,
    /// An invitation waits.
    Pending,
    /// Belongs to it.
    Member,
    /// Belonged to it, by this membership.
    Deactivated(MembershipId),
}

/// Whether a new link may be sent, or the invitation be withdrawn.
pub fn may_change(called: &str, is_pending: bool, offered: Permissions, held: Permissions) -> Result<(), InvitationRefusal> {
    if !is_pending {
        return Err(InvitationRefusal::Joined { called: called.to_owned() });
    }
    if !offered.is_subset_of(held) {
        return Err(InvitationRefusal::HoldsMore);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_offers_more_than_they_hold() {
        assert_eq!(may_offer(Role::Administrator, Permissions::all()), Ok(()));
        assert_eq!(may_offer(Role::Administrator, Role::User.permissions()), Err(InviteRefusal::RoleTooHigh));
        assert_eq!(may_offer(Role::Restricted, Permissions::all()), Err(InviteRefusal::UnknownRole));
        assert_eq!(offered_roles(Role::User.permissions()), vec![Role::User]);
    }
}
