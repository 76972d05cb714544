//! What may be done with a member; pure.

use super::model::MemberAction;
use super::refusal::{DeactivateRefusal, LeaveRefusal};
use crate::features::memberships::MemberStatus;
use crate::features::memberships::rules::{LastAdministrator, Member, keeps_a_reachable_administrator};
use crate::features::permissions::Permissions;

/// An organization always keeps a reachable administrator, and nobody deactivates somebody who holds more.
pub fn may_deactivate(member: &Member, actor_held: Permissions, reachable_administrators: i64) -> Result<(), DeactivateRefusal> {
    let name = || member.name.clone();
    if member.status != MemberStatus::Active {
        return Err(DeactivateRefusal::NotActive { name: name(), status: member.status.label().to_owned() });
    }
    if !member.held.is_subset_of(actor_held) {
        return Err(DeactivateRefusal::HoldsMore { name: name() });
    }
    keeps_a_reachable_administrator(member, reachable_administrators)
        .map_err(|LastAdministrator| DeactivateRefusal::LastAdministrator { name: name() })?;
    if member.is_self {
        return Err(DeactivateRefusal::Yourself);
    }
    Ok(())
}

/// An organization always keeps a reachable administrator, also when somebody goes by themselves.
pub fn may_leave(own: &Member, reachable_administrators: i64) -> Result<(), LeaveRefusal> {
    keeps_a_reachable_administrator(own, reachable_administrators).map_err(LeaveRefusal::LastAdministrator)
}

/// What the row's menu offers: what the status allows, no more.
pub fn actions(member: &Member, actor_held: Permissions) -> Vec<MemberAction> {
    if !member.held.is_subset_of(actor_held) {
        return Vec::new();
    }
    match member.status {
        MemberStatus::NotNotified => vec![MemberAction::SendWelcomeMail, MemberAction::CancelInvitation],
        MemberStatus::Invited | MemberStatus::InvitationExpired => vec![MemberAction::SendAgain, MemberAction::CancelInvitation],
        MemberStatus::Active if member.is_self => Vec::new(),
        MemberStatus::Active => vec![MemberAction::Deactivate],
        MemberStatus::Deactivated => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::permissions::Role;

    fn member(role: Role, status: MemberStatus) -> Member {
        Member { name: "Ann Smith".to_owned(), status, role, held: role.permissions(), is_closing: false, is_self: false }
    }

    #[test]
    fn the_last_reachable_administrator_cannot_be_deactivated() {
        let administrator = member(Role::Administrator, MemberStatus::Active);
        assert!(matches!(may_deactivate(&administrator, Permissions::all(), 1), Err(DeactivateRefusal::LastAdministrator { .. })));
        assert_eq!(may_deactivate(&administrator, Permissions::all(), 2), Ok(()));
        // Whoever closes their account can't be reached any more.
        assert_eq!(may_deactivate(&Member { is_closing: true, ..administrator }, Permissions::all(), 1), Ok(()));
    }

    #[test]
    fn the_last_reachable_administrator_stays() {
        let own = Member { is_self: true, ..member(Role::Administrator, MemberStatus::Active) };
        assert_eq!(may_leave(&own, 1), Err(LeaveRefusal::LastAdministrator(LastAdministrator)));
        assert_eq!(may_leave(&own, 2), Ok(()));
        assert_eq!(may_leave(&Member { is_closing: true, ..own }, 1), Ok(()));
        assert_eq!(may_leave(&member(Role::User, MemberStatus::Active), 1), Ok(()));
    }

    #[test]
    fn nobody_deactivates_somebody_who_holds_more() {
        let administrator = member(Role::Administrator, MemberStatus::Active);
        assert!(matches!(may_deactivate(&administrator, Role::User.permissions(), 3), Err(DeactivateRefusal::HoldsMore { .. })));
    }

    #[test]
    fn only_the_active_are_deactivated_and_nobody_deactivates_themselves() {
        assert!(matches!(
            may_deactivate(&member(Role::User, MemberStatus::Invited), Permissions::all(), 3),
            Err(DeactivateRefusal::NotActive { .. })
        ));
        let own = Member { is_self: true, ..member(Role::Administrator, MemberStatus::Active) };
        assert_eq!(may_deactivate(&own, Permissions::all(), 3), Err(DeactivateRefusal::Yourself));
    }

    #[test]
    fn the_menu_offers_what_the_status_allows() {
        for (status, expected) in [
            (MemberStatus::NotNotified, vec![MemberAction::SendWelcomeMail, MemberAction::CancelInvitation]),
            (MemberStatus::Invited, vec![MemberAction::SendAgain, MemberAction::CancelInvitation]),
            (MemberStatus::InvitationExpired, vec![MemberAction::SendAgain, MemberAction::CancelInvitation]),
            (MemberStatus::Active, vec![MemberAction::Deactivate]),
            (MemberStatus::Deactivated, vec![]),
        ] {
            assert_eq!(actions(&member(Role::User, status), Permissions::all()), expected);
        }
        assert!(actions(&member(Role::Administrator, MemberStatus::Active), Role::User.permissions()).is_empty());
    }
}
