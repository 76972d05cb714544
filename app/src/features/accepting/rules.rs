//! What may be done with an invitation's link; pure.

use super::model::WaitingInvitation;
use super::refusal::AcceptRefusal;
use crate::features::auth::links::{self, Life, State, VoidReason};
use crate::features::invitations::model::Offer;
use crate::features::permissions::{Permissions, Role};
use crate::values::ids::MembershipId;
use crate::values::moment::Moment;

/// Where an invitation's link stands.
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
    /// Somebody accepted by it.
    Used,
}

/// What happened to the invitation comes before what happened to the link, and that before its time. A link that was replaced and
/// whose person accepted by the newer one reads as used.
pub fn link_state(life: Life, is_pending: bool, now: Moment) -> LinkState {
    match (links::state(life, now), is_pending) {
        (State::Used, _) | (State::Void(VoidReason::Replaced), false) => LinkState::Used,
        (State::Void(VoidReason::Withdrawn), _) | (State::Live | State::Expired, false) => LinkState::Withdrawn,
        (State::Void(VoidReason::Declined), _) => LinkState::Declined,
        (State::Void(VoidReason::Replaced), true) => LinkState::Replaced,
        (State::Live, true) => LinkState::Live,
        (State::Expired, true) => LinkState::Expired,
    }
}

/// Whether an invitation can be accepted by a link in this state.
pub const fn may_accept(state: LinkState) -> Result<(), AcceptRefusal> {
    match state {
        LinkState::Live => Ok(()),
        LinkState::Expired => Err(AcceptRefusal::Expired),
        LinkState::Replaced => Err(AcceptRefusal::Replaced),
        LinkState::Withdrawn => Err(AcceptRefusal::Withdrawn),
        LinkState::Declined => Err(AcceptRefusal::Declined),
        LinkState::Used => Err(AcceptRefusal::Used),
    }
}

/// What is sensitive is only given while whoever offered it still holds it. `inviter_held` is what the inviting person holds
/// now; nothing when they are no longer an active member. A plain role stays good: cancelling is the administrators' to do.
pub fn offer_stands(offered: Permissions, is_sensitive: bool, inviter_held: Option<Permissions>) -> Result<(), AcceptRefusal> {
    let still_holds = inviter_held.is_some_and(|held| offered.is_subset_of(held));
    if is_sensitive && !still_holds {
        return Err(AcceptRefusal::OfferLapsed);
    }
    Ok(())
}

/// An invitation with a mail sent that waits for somebody who has an account.
pub struct Waiting {
    /// The membership that waits.
    pub member: MembershipId,
    /// The role.
    pub role: Role,
    /// What is offered.
    pub offered: Permissions,
    /// Whether it carries something sensitive, so that a second factor is demanded.
    pub is_sensitive: bool,
    /// Until when it is valid.
    pub valid_until: Moment,
    /// Name of the organization.
    pub organization_name: String,
    /// What the organization calls itself in general.
    pub label: String,
    /// Name of who sent it.
    pub inviter: String,
    /// What they hold now; nothing when they are no longer an active member.
    pub inviter_held: Option<Permissions>,
}

/// Those invitations that still stand.
pub fn standing(waiting: Vec<Waiting>) -> Vec<WaitingInvitation> {
    let stands = |waiting: &Waiting| offer_stands(waiting.offered, waiting.is_sensitive, waiting.inviter_held).is_ok();
    let invitation = |waiting: Waiting| WaitingInvitation {
        member: waiting.member,
        offer: Offer {
            organization_name: waiting.organization_name,
            label: waiting.label,
            inviter: waiting.inviter,
            role: waiting.role,
            demands_second_factor: waiting.is_sensitive,
            valid_until: waiting.valid_until,
        },
    };
    waiting.into_iter().filter(stands).map(invitation).collect()
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
    use crate::features::permissions::Role;

    const NOW: Moment = Moment::from_microseconds(1_000_000_000);
    const LIVE: Life = Life { expires_at: NOW.plus(1), is_used: false, void: None };

    #[test]
    fn a_link_is_live_to_the_last_microsecond_of_its_time() {
        assert_eq!(link_state(LIVE, true, NOW), LinkState::Live);
        assert_eq!(link_state(Life { expires_at: NOW, ..LIVE }, true, NOW), LinkState::Expired);
    }

    #[test]
    fn what_happened_to_the_invitation_comes_before_the_time() {
        let past = Life { expires_at: NOW.minus(9), ..LIVE };
        for (void, expected) in [
            (VoidReason::Withdrawn, LinkState::Withdrawn),
            (VoidReason::Declined, LinkState::Declined),
            (VoidReason::Replaced, LinkState::Replaced),
        ] {
            assert_eq!(link_state(Life { void: Some(void), ..past }, true, NOW), expected);
        }
        assert_eq!(link_state(Life { is_used: true, ..past }, true, NOW), LinkState::Used);
        assert_eq!(link_state(LIVE, false, NOW), LinkState::Withdrawn);
    }

    #[test]
    fn a_replaced_link_whose_person_accepted_by_the_newer_one_reads_used() {
        assert_eq!(link_state(Life { void: Some(VoidReason::Replaced), ..LIVE }, false, NOW), LinkState::Used);
    }

    #[test]
    fn a_sensitive_offer_lapses_with_the_inviters_right() {
        let everything = Permissions::all();
        assert_eq!(offer_stands(everything, true, Some(everything)), Ok(()));
        assert_eq!(offer_stands(everything, true, Some(Role::User.permissions())), Err(AcceptRefusal::OfferLapsed));
        assert_eq!(offer_stands(everything, true, None), Err(AcceptRefusal::OfferLapsed));
        assert_eq!(offer_stands(Role::User.permissions(), true, None), Err(AcceptRefusal::OfferLapsed));
        assert_eq!(offer_stands(Role::User.permissions(), false, None), Ok(()));
    }

    #[test]
    fn a_masked_address_keeps_its_first_letter_and_domain() {
        assert_eq!(masked("ann@example.org"), "a•••@example.org");
    }
}
