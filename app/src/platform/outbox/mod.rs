//! # Outbox
//!
//! Mail is a row of the transaction that caused it: none is lost, and none is sent for something that did not happen.
//!
//! * A letter is rendered once, when it is queued, and sealed: links lie in no table as plain text. The row forgets it once the
//!   mail is delivered or given up.
//! * A worker claims a row and commits the claim before it talks to a mail server. Any number of workers share the rows;
//!   each row is with at most one of them.
//! * A claim is a lease. If a worker disappears, the lease runs out and the mail is tried again: **at least once**. Between the
//!   server's "250" and our own commit lies a moment that nobody can close, so a crash just then repeats a mail, with the same
//!   `Message-ID`. Without a crash there are no repetitions.
//! * What helps by waiting is tried again, eight times within a day. What the mail server refuses for good is given up at once, with
//!   its words, and leaves a row of activity.

mod events;
mod store;
#[cfg(test)]
mod tests;
mod worker;

use sqlx::PgPool;

pub use self::store::DeadMail;
use self::store::WaitingMail;
pub use self::worker::{deliver_due, run};
use super::db::Tx;
use super::incidents::Fault;
use super::letter::Letter;
use super::sealing::Purpose;
use super::state::AppState;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MailId, MembershipId, OrganizationId};
use crate::values::moment::Moment;

/// A mail that somebody is to get.
pub struct Mail {
    /// What it is about, for counting and searching: `invitation`, `member.deactivated`.
    pub kind: &'static str,
    /// The organization on whose behalf it is sent.
    pub organization: Option<OrganizationId>,
    /// The membership that it concerns.
    pub membership: Option<MembershipId>,
    /// The only person who gets it.
    pub recipient: EmailAddress,
    /// What it says.
    pub letter: Letter,
}

/// Queues a mail. It is sent soon after `tx` is committed, and never if it is not.
pub async fn enqueue(tx: &mut Tx, state: &AppState, now: Moment, mail: Mail) -> Result<MailId, Fault> {
    let waiting = sealed(state, now, mail)?;
    let id = waiting.id;
    store::insert_mails(tx, now, &[waiting]).await?;
    Ok(id)
}

/// Queues many mails in one statement; the ids come in the order of the mails.
pub async fn enqueue_all(tx: &mut Tx, state: &AppState, now: Moment, mails: Vec<Mail>) -> Result<Vec<MailId>, Fault> {
    let waiting = mails.into_iter().map(|mail| sealed(state, now, mail)).collect::<Result<Vec<_>, _>>()?;
    store::insert_mails(tx, now, &waiting).await?;
    Ok(waiting.into_iter().map(|mail| mail.id).collect())
}

/// The newest mails of those that [`dead_count`] counts, at most twenty.
pub async fn newest_dead(pool: &PgPool) -> Result<Vec<DeadMail>, sqlx::Error> {
    store::list_newest_dead(pool).await
}

/// How many mails were given up within the last day: somebody should look why.
pub async fn dead_count(pool: &PgPool) -> Result<i64, sqlx::Error> {
    store::count_dead(pool).await
}

fn sealed(state: &AppState, now: Moment, mail: Mail) -> Result<WaitingMail, Fault> {
    let id = state.randomness.uuid(now)?;
    let message = serde_json::to_vec(&mail.letter.render()?).map_err(|error| Fault::Mail(error.to_string()))?;
    Ok(WaitingMail {
        id: MailId::from_uuid(id),
        organization: mail.organization,
        membership: mail.membership,
        kind: mail.kind,
        recipient: mail.recipient,
        sealed_message: state.keys.seal(Purpose::Mail, id, &message, &state.randomness)?,
    })
}
