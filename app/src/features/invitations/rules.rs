//! What may happen to an invitation; pure.

use super::model::InviteOutcome;
use super::refusal::{InvitationRefusal, InviteRefusal, JoinRefusal};
use crate::features::permissions::{Permission, Permissions, Role};
use crate::values::moment::Moment;

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

/// Nobody gives more access than they hold, unless they decide about applications.
pub const fn may_give(level: i32, own_level: i32, held: Permissions) -> bool {
    level <= own_level || held.contains(Permission::ManageApplications)
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
    /// Belonged to it.
    Deactivated,
}

/// Why an address can't be invited; `None` when it can.
pub fn why_not_invited(standing: AddressStanding) -> Option<InviteOutcome> {
    match standing {
        AddressStanding::Unknown => None,
        AddressStanding::Pending => Some(InviteOutcome::AlreadyInvited),
        AddressStanding::Member => Some(InviteOutcome::AlreadyMember),
        AddressStanding::Deactivated => Some(InviteOutcome::Deactivated),
    }
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

/// Why a link died before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoidReason {
    /// The organization took the invitation back.
    Withdrawn,
    /// A newer link was sent.
    Replaced,
    /// The person declined.
    Declined,
}

/// A link, as far as its life goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkLife {
    /// Until when it is valid.
    pub expires_at: Moment,
    /// Whether somebody joined by it.
    pub is_used: bool,
    /// Why it died before its time.
    pub void: Option<VoidReason>,
    /// Whether the membership still waits.
    pub is_pending: bool,
}

/// Where a link stands at `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It can be used.
    Live,
    /// Its time has passed, but the invitation waits: a new one can be sent.
    Expired,
    /// A newer one was sent.
    Replaced,
    /// The invitation was taken back.
    Withdrawn,
    /// The person declined.
    Declined,
    /// Somebody joined by it.
    Used,
}

/// A link is live until it is used, void or past; what happened to the invitation comes before what happened to the link.
pub fn link_state(link: LinkLife, now: Moment) -> LinkState {
    if link.is_used {
        return LinkState::Used;
    }
    match link.void {
        Some(VoidReason::Withdrawn) => return LinkState::Withdrawn,
        Some(VoidReason::Declined) => return LinkState::Declined,
        Some(VoidReason::Replaced) if link.is_pending => return LinkState::Replaced,
        Some(VoidReason::Replaced) => return LinkState::Used,
        None => {}
    }
    if !link.is_pending {
        return LinkState::Withdrawn;
    }
    if link.expires_at.is_after(now) { LinkState::Live } else { LinkState::Expired }
}

/// Whether somebody can join by a link in this state.
pub const fn may_join(state: LinkState) -> Result<(), JoinRefusal> {
    match state {
        LinkState::Live => Ok(()),
        LinkState::Expired => Err(JoinRefusal::Expired),
        LinkState::Replaced => Err(JoinRefusal::Replaced),
        LinkState::Withdrawn => Err(JoinRefusal::Withdrawn),
        LinkState::Declined => Err(JoinRefusal::Declined),
        LinkState::Used => Err(JoinRefusal::Used),
    }
}

/// What is sensitive is only given while whoever offered it still holds it. `inviter_held` is what the inviting person holds
/// now; nothing when they are no longer an active member. A plain role stays good: cancelling is the administrators' to do.
pub fn offer_stands(offered: Permissions, has_sensitive_access: bool, inviter_held: Option<Permissions>) -> Result<(), JoinRefusal> {
    let still_holds = inviter_held.is_some_and(|held| offered.is_subset_of(held));
    if (offered.is_sensitive() || has_sensitive_access) && !still_holds {
        return Err(JoinRefusal::OfferLapsed);
    }
    Ok(())
}

/// An address of which only the first letter and the domain are told: `a•••@example.org`.
pub fn masked(email: &str) -> String {
    match email.split_once('@') {
        Some((local, domain)) => format!("{}•••@{domain}", local.chars().next().unwrap_or('•')),
        None => "•••".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_microseconds(1_000_000_000);

    fn link() -> LinkLife {
        LinkLife { expires_at: NOW.plus(1), is_used: false, void: None, is_pending: true }
    }

    #[test]
    fn nobody_gives_more_access_than_they_hold_unless_they_decide_about_applications() {
        let plain = Role::User.permissions();
        assert!(may_give(1, 1, plain) && may_give(1, 2, plain));
        assert!(!may_give(2, 1, plain) && !may_give(1, 0, plain));
        assert!(may_give(2, 0, Permissions::all()));
    }

    #[test]
    fn nobody_offers_more_than_they_hold() {
        assert_eq!(may_offer(Role::Administrator, Permissions::all()), Ok(()));
        assert_eq!(may_offer(Role::Administrator, Role::User.permissions()), Err(InviteRefusal::RoleTooHigh));
        assert_eq!(may_offer(Role::Restricted, Permissions::all()), Err(InviteRefusal::UnknownRole));
        assert_eq!(offered_roles(Role::User.permissions()), vec![Role::User]);
    }

    #[test]
    fn a_link_is_live_to_the_last_microsecond_of_its_time() {
        assert_eq!(link_state(link(), NOW), LinkState::Live);
        assert_eq!(link_state(LinkLife { expires_at: NOW, ..link() }, NOW), LinkState::Expired);
    }

    #[test]
    fn what_happened_to_the_invitation_comes_before_the_time() {
        let past = LinkLife { expires_at: NOW.minus(9), ..link() };
        for (void, expected) in [
            (VoidReason::Withdrawn, LinkState::Withdrawn),
            (VoidReason::Declined, LinkState::Declined),
            (VoidReason::Replaced, LinkState::Replaced),
        ] {
            assert_eq!(link_state(LinkLife { void: Some(void), ..past }, NOW), expected);
        }
        assert_eq!(link_state(LinkLife { is_used: true, ..past }, NOW), LinkState::Used);
        assert_eq!(link_state(LinkLife { is_pending: false, ..link() }, NOW), LinkState::Withdrawn);
    }

    #[test]
    fn a_replaced_link_whose_person_joined_by_the_newer_one_reads_used() {
        let replaced = LinkLife { void: Some(VoidReason::Replaced), is_pending: false, ..link() };
        assert_eq!(link_state(replaced, NOW), LinkState::Used);
    }

    #[test]
    fn a_sensitive_offer_lapses_with_the_inviters_right() {
        let everything = Permissions::all();
        assert_eq!(offer_stands(everything, false, Some(everything)), Ok(()));
        assert_eq!(offer_stands(everything, false, Some(Role::User.permissions())), Err(JoinRefusal::OfferLapsed));
        assert_eq!(offer_stands(everything, false, None), Err(JoinRefusal::OfferLapsed));
        assert_eq!(offer_stands(Role::User.permissions(), true, None), Err(JoinRefusal::OfferLapsed));
        assert_eq!(offer_stands(Role::User.permissions(), false, None), Ok(()));
    }

    #[test]
    fn a_masked_address_keeps_its_first_letter_and_domain() {
        assert_eq!(masked("ann@example.org"), "a•••@example.org");
    }
}
