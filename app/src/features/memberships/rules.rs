//! What a membership is, and what an organization keeps; pure.

use serde::{Deserialize, Serialize};

use super::model::MemberStatus;
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

/// Without this member the organization would have nobody left who can be reached and may do everything; told to the member themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("You are the only administrator here. The organization needs a second one before you leave.")]
pub struct LastAdministrator;

/// An organization always keeps a reachable administrator: whether it still has one without `leaving`. Whoever stops being one, by
/// being deactivated, by leaving, by another role or by closing the account, asks here. Binding only while the organization's row
/// is held.
pub fn keeps_a_reachable_administrator(leaving: &Member, reachable_administrators: i64) -> Result<(), LastAdministrator> {
    if leaving.is_reachable_administrator() && reachable_administrators <= 1 {
        return Err(LastAdministrator);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_microseconds(1_000_000_000);

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
    fn only_an_active_administrator_who_stays_can_be_reached() {
        let administrator = Member {
            name: "Ann Smith".to_owned(),
            status: MemberStatus::Active,
            role: Role::Administrator,
            held: Permissions::all(),
            is_closing: false,
            is_self: false,
        };
        assert_eq!(keeps_a_reachable_administrator(&administrator, 1), Err(LastAdministrator));
        assert_eq!(keeps_a_reachable_administrator(&administrator, 2), Ok(()));
        for other in [
            Member { is_closing: true, ..administrator.clone() },
            Member { role: Role::User, ..administrator.clone() },
            Member { status: MemberStatus::Deactivated, ..administrator.clone() },
            Member { status: MemberStatus::Invited, ..administrator },
        ] {
            assert_eq!(keeps_a_reachable_administrator(&other, 1), Ok(()), "{other:?}");
        }
    }
}
