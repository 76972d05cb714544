//! What is done with an invitation that waits.

use crate::failure::{Failure, NoRefusal};
use crate::features::auth::links::{self, VoidReason};
use crate::features::invitations::events::Event;
use crate::features::invitations::issue::{AskedBy, Issue};
use crate::features::invitations::issuing::issue_link;
use crate::features::invitations::model::{CancelForm, CancellationPreview, InvitationDone, InvitationForm, Offer};
use crate::features::invitations::refusal::InvitationRefusal;
use crate::features::invitations::{rules, store};
use crate::features::memberships::{self, LapsedOffer, Membership};
use crate::features::organizations;
use crate::features::permissions::Action;
use crate::features::permissions::access::{self, Allowed};
use crate::paths;
use crate::platform::audit;
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::platform::request::Working;
use crate::values::go_to::GoTo;
use crate::values::ids::{MembershipId, UserId};

/// Mails a new link; the former one is dead.
pub async fn send_again(
    request: Working,
    organization: String,
    form: InvitationForm,
) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    let member = form.member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut tx = request.begin().await?;
    // The day's mails are counted under the organization's lock.
    let allowed = access::require_alone(&mut tx, &request, &organization, Action::SendInvitationAgain).await?;

    let record = memberships::lock(&mut tx, &allowed, member).await?.ok_or(Failure::NotFound)?;
    may_change(&record, &allowed)?;
    let most = request.state().settings.invitations_per_day;
    if store::count_mails_of_today(&mut tx, allowed.organization()).await? >= most {
        return Err(InvitationRefusal::DayLimit { most }.into());
    }
    let inviting = store::get_inviting_organization(&mut tx, allowed.organization(), Some(allowed.actor())).await?;
    let offer = Offer {
        organization_name: inviting.name,
        label: inviting.label,
        inviter: inviting.inviter,
        role: record.role,
        demands_second_factor: store::is_sensitive(&mut tx, allowed.organization(), member).await?,
        valid_until: allowed.now().plus(inviting.link_validity_seconds),
    };

    let issue = Issue {
        organization: allowed.organization(),
        membership: member,
        email: &record.email,
        offer: &offer,
        now: allowed.now(),
        asked_by: AskedBy::Member(allowed.actor()),
    };
    issue_link(&mut tx, request.state(), &issue).await?;
    let event = Event::SentAgain { membership: member, email: record.email.as_str().to_owned() };
    audit::record(&mut tx, request.state(), &allowed.cause(), &event).await?;
    tx.commit().await?;
    let until = offer.valid_until.date_time_utc();
    Ok(if record.times.invited_at.is_none() {
        InvitationDone {
            member,
            title: "Welcome-email sent".to_owned(),
            message: format!("The welcome-email is on its way to {}. Its link is valid until {until}.", record.email),
            go_to: None,
        }
    } else {
        InvitationDone {
            member,
            title: "Invitation sent again".to_owned(),
            message: format!(
                "A new invitation is on its way to {}. It is valid until {until}; the earlier link no longer works.",
                record.email
            ),
            go_to: None,
        }
    })
}

/// What cancelling would mean, and whether it is possible.
pub async fn preview_cancellation(
    request: Working,
    organization: String,
    member: String,
) -> Result<CancellationPreview, Failure<NoRefusal>> {
    let member = member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut reading = request.reading().await?;
    let allowed = access::require(&mut reading, &request, &organization, Action::CancelInvitation).await?;

    let record = memberships::find(&mut reading, &allowed, member).await?.ok_or(Failure::NotFound)?;
    Ok(CancellationPreview {
        organization: organizations::summary(&allowed),
        member,
        called: record.called(),
        refusal: may_change(&record, &allowed).err(),
        email: record.email.as_str().to_owned(),
    })
}

/// Stops somebody from joining: the row goes and every link of it is dead.
pub async fn cancel(request: Working, organization: String, form: CancelForm) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    let member = form.member.parse::<MembershipId>().map_err(|_| Failure::NotFound)?;
    let mut tx = request.begin().await?;
    // Removing a row changes the organization's count: its lock comes before the member's, as where somebody is deactivated.
    let allowed = access::require_alone(&mut tx, &request, &organization, Action::CancelInvitation).await?;

    let record = memberships::lock(&mut tx, &allowed, member).await?.ok_or(Failure::NotFound)?;
    may_change(&record, &allowed)?;

    withdraw(&mut tx, &request, &allowed, member, record.email.as_str()).await?;
    tx.commit().await?;
    let list = paths::with_outcome(paths::members_or(allowed.slug(), &form.next), paths::INVITATION_CANCELLED);
    Ok(InvitationDone {
        member,
        title: "Invitation cancelled".to_owned(),
        message: format!("The invitation to {} is cancelled. Its link no longer works.", record.email),
        go_to: Some(GoTo::page(list)),
    })
}

/// Removes an invitation and kills its links, also those that were replaced before, so that nobody can accept by them. False when its
/// person was quicker. The organization's row is held.
pub async fn withdraw(tx: &mut Tx, request: &Working, allowed: &Allowed, membership: MembershipId, email: &str) -> Result<bool, Fault> {
    if !memberships::lock_pending(tx, allowed.organization(), membership).await? {
        return Ok(false);
    }
    audit::record(tx, request.state(), &allowed.cause(), &Event::Cancelled { membership, email: email.to_owned() }).await?;
    links::void(tx, allowed.organization(), membership, VoidReason::Withdrawn, allowed.now()).await?;
    memberships::remove_pending(tx, allowed.organization(), membership).await?;
    Ok(true)
}

/// Of the invitations that somebody sent, those that carry something sensitive lapse with their access: nobody stands behind them
/// any more. Their row says so, and `Send again` puts somebody else behind them. Tells their addresses.
pub async fn lapse_sensitive_offers(tx: &mut Tx, request: &Working, allowed: &Allowed, inviter: UserId) -> Result<Vec<String>, Fault> {
    let organization = allowed.organization();
    let lapsed = memberships::lapse_sensitive_offers(tx, organization, inviter, allowed.now()).await?;
    let ids: Vec<MembershipId> = lapsed.iter().map(|offer| offer.membership).collect();
    links::end_time(tx, organization, &ids, allowed.now()).await?;
    let mut addresses = Vec::with_capacity(lapsed.len());
    for LapsedOffer { membership, email } in lapsed {
        audit::record(tx, request.state(), &allowed.cause(), &Event::Lapsed { membership, email: email.clone() }).await?;
        addresses.push(email);
    }
    Ok(addresses)
}

fn may_change(record: &Membership, allowed: &Allowed) -> Result<(), InvitationRefusal> {
    let member = record.member(allowed);
    rules::may_change(&member.name, member.status.is_pending(), record.held, allowed.held())
}
