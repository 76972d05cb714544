//! Links that are mailed to the invited.

use super::emails;
use super::issue::{AskedBy, Issue};
use super::store;
use crate::features::auth::links::{self, Channel, NewLink, Purpose, VoidReason};
use crate::features::memberships;
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::platform::outbox;
use crate::platform::state::AppState;

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
    if issue.asked_by != AskedBy::Invited {
        store::add_mail_of_today(tx, issue.organization).await?;
    }
    outbox::enqueue(tx, state, issue.now, emails::invitation(&state.settings, issue, &token)).await?;
    Ok(())
}
