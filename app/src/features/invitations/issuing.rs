//! Links that are mailed to the invited.

use super::emails;
use super::model::Offer;
use crate::features::auth::links::{self, Channel, NewLink, Purpose, VoidReason};
use crate::features::memberships;
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::platform::outbox;
use crate::platform::state::AppState;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;

/// A mailed link about to be issued.
pub struct Issue<'issue> {
    /// The organization.
    pub organization: OrganizationId,
    /// The membership that waits.
    pub membership: MembershipId,
    /// Where the mail goes.
    pub email: &'issue EmailAddress,
    /// What it says.
    pub offer: &'issue Offer,
    /// Start of the transaction.
    pub now: Moment,
    /// Who wants it.
    pub asked_by: AskedBy,
}

/// Who asked for an invitation's mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedBy {
    /// A member, who stands behind the invitation from now on.
    Member(UserId),
    /// The operator, or a program that an organization trusts.
    Program,
    /// The invited person, whose link had run out. Such a mail is free.
    Invited,
}

/// Issues a link that replaces the former ones, and queues the mail that carries it.
pub async fn issue_link(tx: &mut Tx, state: &AppState, issue: &Issue<'_>) -> Result<(), Fault> {
    let link = NewLink {
        purpose: Purpose::Invitation,
        channel: Channel::Mailed,
        membership: Some((issue.organization, issue.membership)),
        email: Some(issue.email),
        issued_at: issue.now,
        expires_at: issue.offer.valid_until,
    };
    let sender = match issue.asked_by {
        AskedBy::Member(user) => Some(user),
        AskedBy::Program | AskedBy::Invited => None,
    };

    links::void(tx, issue.organization, issue.membership, VoidReason::Replaced, issue.now).await?;
    let token = links::issue(tx, state, &link).await?;
    memberships::mark_invited(tx, issue.organization, issue.membership, sender, issue.now, issue.offer.valid_until).await?;
    outbox::enqueue(tx, state, issue.now, emails::invitation(&state.settings, issue, &token)).await?;
    Ok(())
}
