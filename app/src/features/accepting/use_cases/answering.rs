//! How somebody with an account accepts or declines, by a link or from the home page.

use super::{digest_of, give_person, invited, offer_stands};
use crate::failure::Failure;
use crate::features::accepting::emails;
use crate::features::accepting::events::Event;
use crate::features::accepting::model::{TokenForm, WaitingForm};
use crate::features::accepting::refusal::AcceptRefusal;
use crate::features::accepting::rules;
use crate::features::accepting::store::{self, FollowedLink};
use crate::features::auth::links::{self, Purpose, VoidReason};
use crate::features::auth::people::{self, Person};
use crate::features::memberships::{self, Holder};
use crate::features::permissions::access::{self, SignedIn};
use crate::paths;
use crate::platform::audit::{self, Cause};
use crate::platform::db::Tx;
use crate::platform::outbox;
use crate::platform::request::Working;
use crate::values::go_to::GoTo;
use crate::values::ids::MembershipId;
use crate::values::token::TokenDigest;

/// Accepts with the account that is signed in, by a link.
pub async fn accept_by_link(request: Working, form: TokenForm) -> Result<GoTo, Failure<AcceptRefusal>> {
    let digest = digest_of(&form.token).ok_or(AcceptRefusal::Unknown)?;
    accept(request, &digest, MailboxProof::Link).await
}

/// Accepts with the account that is signed in, from the home page.
pub async fn accept_waiting(request: Working, form: WaitingForm) -> Result<GoTo, Failure<AcceptRefusal>> {
    let digest = open_link(&request, &form).await?;
    accept(request, &digest, MailboxProof::ProvedBefore).await
}

/// Declines by a link.
pub async fn decline_by_link(request: Working, form: TokenForm) -> Result<GoTo, Failure<AcceptRefusal>> {
    let digest = digest_of(&form.token).ok_or(AcceptRefusal::Unknown)?;
    decline(request, &digest, MailboxProof::Link).await
}

/// Declines from the home page.
pub async fn decline_waiting(request: Working, form: WaitingForm) -> Result<GoTo, Failure<AcceptRefusal>> {
    let digest = open_link(&request, &form).await?;
    decline(request, &digest, MailboxProof::ProvedBefore).await
}

/// How somebody shows that the invited mailbox is theirs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MailboxProof {
    /// They hold the link that was mailed there.
    Link,
    /// They proved it earlier.
    ProvedBefore,
}

async fn accept(request: Working, digest: &TokenDigest, proof: MailboxProof) -> Result<GoTo, Failure<AcceptRefusal>> {
    let mut tx = request.begin().await?;
    store::lock_membership_of_link(&mut tx, digest).await?;
    let (link, signed_in, person) = own_link(&mut tx, &request, digest, proof).await?;
    let pending = invited(&link)?;
    offer_stands(pending)?;

    if proof == MailboxProof::Link && !person.is_email_proved {
        people::mark_email_proved(&mut tx, person.user, link.now).await?;
    }
    let holder = Holder {
        user: person.user,
        first_name: &person.first_name,
        last_name: &person.last_name,
        username: &person.username,
        email: &person.email,
    };
    give_person(&mut tx, &request, &link, &holder).await?;
    tx.commit().await?;
    let organization = paths::organization(&link.slug);
    let factor_is_due = pending.is_sensitive && !signed_in.has_factor;
    Ok(GoTo::page(if factor_is_due { paths::account_two_factor_then(&organization) } else { organization }))
}

async fn decline(request: Working, digest: &TokenDigest, proof: MailboxProof) -> Result<GoTo, Failure<AcceptRefusal>> {
    let mut tx = request.begin().await?;
    // Removing the row changes the organization's count: its lock comes first.
    store::lock_organization_of_link(&mut tx, digest).await?;
    store::lock_membership_of_link(&mut tx, digest).await?;
    let (link, signed_in, _) = own_link(&mut tx, &request, digest, proof).await?;
    let pending = invited(&link)?;

    let cause = Cause::of(&request, link.now).by(signed_in.user).within(link.organization);
    let event = Event::Declined { membership: pending.membership, email: pending.email.as_str().to_owned() };
    audit::record(&mut tx, request.state(), &cause, &event).await?;
    links::void(&mut tx, link.organization, pending.membership, VoidReason::Declined, link.now).await?;
    memberships::remove_pending(&mut tx, link.organization, pending.membership).await?;
    if let Some(inviter) = pending.inviter.as_ref().filter(|inviter| inviter.held.is_some()) {
        let mail = emails::declined(link.organization, &link.organization_name, inviter.email.clone(), &pending.email);
        outbox::enqueue(&mut tx, request.state(), link.now, mail).await?;
    }
    tx.commit().await?;
    Ok(GoTo::page(paths::with_outcome(paths::HOME.to_owned(), paths::INVITATION_DECLINED)))
}

/// The live link of the signed-in person.
async fn own_link(
    tx: &mut Tx,
    request: &Working,
    digest: &TokenDigest,
    proof: MailboxProof,
) -> Result<(FollowedLink, SignedIn, Person), Failure<AcceptRefusal>> {
    let signed_in = access::signed_in(tx, request).await?;
    let person = people::get(tx, signed_in.user).await?;
    let link = store::find_link(tx, digest).await?.ok_or(AcceptRefusal::Unknown)?;
    if link.account != Some(person.user) || (proof == MailboxProof::ProvedBefore && !person.is_email_proved) {
        return Err(match proof {
            MailboxProof::Link => AcceptRefusal::OtherAccount.into(),
            MailboxProof::ProvedBefore => Failure::NotFound,
        });
    }
    rules::may_accept(link.state())?;
    Ok((link, signed_in, person))
}

/// An open link of the invitation that waits, so that both ways tell one story.
async fn open_link(request: &Working, form: &WaitingForm) -> Result<TokenDigest, Failure<AcceptRefusal>> {
    let membership = form.member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut reading = request.reading().await?;
    access::signed_in(&mut reading, request).await?;
    let digest = links::find_open(&mut reading, Purpose::Invitation, membership).await?;
    digest.ok_or(Failure::NotFound)
}
