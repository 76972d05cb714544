//! The short stories of invitations: how people are asked, and how they join.

mod inviting;
mod joining;

pub(super) use inviting::{cancel, invite, preview_cancellation, read_invite_page, send_again};
pub(super) use joining::{
    accept_by_link, accept_waiting, complete_registration, decline_by_link, decline_waiting, list_waiting, read_link_page, renew_link,
    switch_account, write_about_invitation,
};

use super::emails::{self, AskedBy};
use super::model::Offer;
use super::rules::VoidReason;
use super::store::{self, NewLink};
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::platform::outbox;
use crate::platform::request::Working;
use crate::platform::sealing;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{LinkId, MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;
use crate::values::token::TokenPurpose;

/// A mailed link about to be issued.
struct Issue<'issue> {
    organization: OrganizationId,
    membership: MembershipId,
    email: &'issue EmailAddress,
    offer: &'issue Offer,
    now: Moment,
    /// The administrator who sends it; nobody when the invited person asks for it.
    sender: Option<UserId>,
}

/// Issues a link that replaces the former ones, and queues the mail that carries it.
async fn issue_link(tx: &mut Tx, request: &Working, issue: &Issue<'_>) -> Result<(), Fault> {
    let token = request.random_token(TokenPurpose::Link)?;
    let link = NewLink {
        id: LinkId::from_uuid(request.random_id(issue.now)?),
        digest: sealing::digest(&token),
        organization: issue.organization,
        membership: issue.membership,
        email: issue.email,
        issued_at: issue.now,
        expires_at: issue.offer.valid_until,
    };

    store::void_links(tx, issue.organization, issue.membership, VoidReason::Replaced, issue.now).await?;
    store::insert_link(tx, &link).await?;
    store::mark_invited(tx, issue.organization, issue.membership, issue.sender, issue.now, issue.offer.valid_until).await?;
    let state = request.state();
    let asked_by = if issue.sender.is_some() { AskedBy::Organization } else { AskedBy::Invited };
    let mail =
        emails::invitation(&state.settings, asked_by, issue.organization, issue.membership, issue.email.clone(), issue.offer, &token);
    outbox::enqueue(tx, state, issue.now, mail).await?;
    Ok(())
}
