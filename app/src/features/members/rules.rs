//! What may be done with a member; pure.

use super::model::{MemberAction, MemberStatus};
use super::refusal::DeactivateRefusal;
use crate::features::permissions::{Permissions, Role};
use crate::values::moment::Moment;

/// The times that a membership's status derives from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MembershipTimes {
    /// When a link was last queued.
    pub invited_at: Option<Moment>,
    /// Until when that link is valid.
    pub link_expires_at: Option<Moment>,
    /// When the person joined.
    pub activated_at: Option<Moment>,
    /// When access was withdrawn.
    pub deactivated_at: Option<Moment>,
}

/// Where a membership stands at `now`.
pub fn status(times: MembershipTimes, now: Moment) -> MemberStatus {
    if times.deactivated_at.is_some() {
        return MemberStatus::Deactivated;
    }
    if times.activated_at.is_some() {
        return MemberStatus::Active;
    }
    match (times.invited_at, times.link_expires_at) {
        (Some(_), Some(expires_at)) if expires_at.is_after(now) => MemberStatus::Invited,
        (Some(_), _) => MemberStatus::InvitationExpired,
        (None, _) => MemberStatus::NotNotified,
    }
}

/// Somebody of an organization, as the rules see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// How they are called.
    pub name: String,
    /// Where the membership stands.
    pub status: MemberStatus,
    /// The role.
    pub role: Role,
    /// What they hold.
    pub held: Permissions,
    /// Whether the account is about to be closed.
    pub is_closing: bool,
    /// Whether it is the acting person.
    pub is_self: bool,
}

impl Member {
    /// Role Administrator, membership Active, account not closing. An active membership has an account, so the registration is
    /// complete; having no second factor yet still counts.
    pub fn is_reachable_administrator(&self) -> bool {
        self.role == Role::Administrator && self.status == MemberStatus::Active && !self.is_closing
    }
}

/// An organization always keeps a reachable administrator, and nobody deactivates somebody who holds more.
pub fn may_deactivate(member: &Member, actor_held: Permissions, reachable_administrators: i64) -> Result<(), DeactivateRefusal> {
    let name = || member.name.clone();
    if member.status != MemberStatus::Active {
        return Err(DeactivateRefusal::NotActive { name: name(), status: member.status.label().to_owned() });
    }
    if !member.held.is_subset_of(actor_held) {
        return Err(DeactivateRefusal::HoldsMore { name: name() });
    }
    if member.is_reachable_administrator() && reachable_administrators <= 1 {
        return Err(DeactivateRefusal::LastAdministrator { name: name() });
    }
    if member.is_self {
        return Err(DeactivateRefusal::Yourself);
    }
    Ok(())
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

    const NOW: Moment = Moment::from_microseconds(1_000_000_000);

    fn member(role: Role, status: MemberStatus) -> Member {
        Member { name: "Ann Smith".to_owned(), status, role, held: role.permissions(), is_closing: false, is_self: false }
    }

    #[test]
    fn the_status_derives_from_the_times() {
        let times = MembershipTimes::default();
        assert_eq!(status(times, NOW), MemberStatus::NotNotified);
        let invited = MembershipTimes { invited_at: Some(NOW), link_expires_at: Some(NOW.plus(1)), ..times };
        assert_eq!(status(invited, NOW), MemberStatus::Invited);
        assert_eq!(status(invited, NOW.plus(1)), MemberStatus::InvitationExpired);
        let active = MembershipTimes { activated_at: Some(NOW), ..invited };
        assert_eq!(status(active, NOW.plus(9)), MemberStatus::Active);
        assert_eq!(status(MembershipTimes { deactivated_at: Some(NOW), ..active }, NOW), MemberStatus::Deactivated);
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
