//! The short stories of the invited.
//!
//! Nobody here is a member yet, so nobody passes `access::require`: the proof is a link, found by its digest, or the signed-in person
//! whose proved address was invited.

mod answering;
mod completing;
mod reading;
mod renewing;
mod writing;

pub use answering::{accept_by_link, accept_waiting, decline_by_link, decline_waiting};
pub use completing::complete_registration;
pub use reading::read_link_page;
pub use renewing::{renew_link, switch_account};
pub use writing::write_about_invitation;

use super::events::Event;
use super::refusal::AcceptRefusal;
use super::rules;
use super::store::{self, FollowedLink, PendingInvitation};
use crate::failure::{Failure, Refusal};
use crate::features::auth::links::{self, VoidReason};
use crate::features::auth::registration;
use crate::features::invitations::model::Offer;
use crate::features::memberships::{self, Holder};
use crate::features::permissions::access::{self, Denied, SignedIn};
use crate::platform::audit::{self, Cause};
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::Fault;
use crate::platform::request::Working;
use crate::platform::sealing;
use crate::values::token::{Token, TokenDigest, TokenPurpose};

/// The one place where a waiting membership gets its person.
async fn give_person(tx: &mut Tx, request: &Working, link: &FollowedLink, holder: &Holder<'_>) -> Result<(), Failure<AcceptRefusal>> {
    let pending = invited(link)?;

    if !memberships::give_person(tx, link.organization, pending.membership, holder, link.now).await? {
        return Err(AcceptRefusal::Used.into());
    }
    registration::free_draft(tx, pending.membership).await?;
    if !links::mark_used(tx, link.id, holder.user, link.now).await? {
        return Err(AcceptRefusal::Used.into());
    }
    links::void(tx, link.organization, pending.membership, VoidReason::Replaced, link.now).await?;
    let cause = Cause::of(request, link.now).by(holder.user).within(link.organization);
    audit::record(tx, request.state(), &cause, &Event::Accepted { membership: pending.membership, role: pending.role }).await?;
    Ok(())
}

/// A live link, unless it is for somebody else than who is signed in.
async fn live_link(reading: &mut Read, request: &Working, digest: &TokenDigest) -> Result<FollowedLink, Failure<AcceptRefusal>> {
    let link = store::find_link(reading, digest).await?.ok_or(AcceptRefusal::Unknown)?;
    if let Some(person) = signed_in(reading, request).await?
        && link.account != Some(person.user)
    {
        return Err(AcceptRefusal::OtherAccount.into());
    }
    rules::may_accept(link.state())?;
    Ok(link)
}

/// Who is signed in, if anybody; a fault is not nobody.
async fn signed_in<R: Refusal>(reading: &mut Read, request: &Working) -> Result<Option<SignedIn>, Failure<R>> {
    match access::signed_in(reading, request).await {
        Ok(signed_in) => Ok(Some(signed_in)),
        Err(Denied::SignedOut) => Ok(None),
        Err(denied) => Err(denied.into()),
    }
}

/// The invitation of a live link.
fn invited(link: &FollowedLink) -> Result<&PendingInvitation, Fault> {
    link.pending.as_ref().ok_or_else(|| Fault::inconsistent("links", "a live link without an invitation"))
}

fn offer_stands(pending: &PendingInvitation) -> Result<(), AcceptRefusal> {
    rules::offer_stands(pending.offered, pending.is_sensitive, pending.inviter.as_ref().and_then(|inviter| inviter.held))
}

fn offer(link: &FollowedLink, pending: &PendingInvitation) -> Offer {
    Offer {
        organization_name: link.organization_name.clone(),
        label: link.label.clone(),
        inviter: pending.inviter.as_ref().map(|inviter| inviter.name.clone()).unwrap_or_default(),
        role: pending.role,
        demands_second_factor: pending.is_sensitive,
        valid_until: link.life.expires_at,
    }
}

fn digest_of(token: &str) -> Option<TokenDigest> {
    Token::parse_for(TokenPurpose::Link, token).ok().map(|token| sealing::digest(&token))
}
