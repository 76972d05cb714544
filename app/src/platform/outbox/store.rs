//! SQL of the outbox. Time is the database's, so that workers on several servers agree about leases.
//!
//! Across organizations: the worker delivers everybody's mail, and names a row by its own id.

use sqlx::PgPool;
use uuid::Uuid;

use crate::platform::db::Tx;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MailId, MembershipId, OrganizationId};
use crate::values::moment::Moment;

/// Channel on which the database tells workers that mail is waiting.
pub(super) const CHANNEL: &str = "nexus_mail";

/// A mail as the table holds it.
pub(super) struct WaitingMail {
    pub(super) id: MailId,
    pub(super) organization: Option<OrganizationId>,
    pub(super) membership: Option<MembershipId>,
    pub(super) kind: &'static str,
    pub(super) recipient: EmailAddress,
    pub(super) sealed_message: Vec<u8>,
}

/// A mail that was given up. Whom it was for and what the mail server said stay in its row.
pub struct DeadMail {
    /// The mail; its lines in the log name it, too.
    pub id: MailId,
    /// What it is about.
    pub kind: String,
    /// When it was given up.
    pub given_up_at: Moment,
}

/// A mail that this worker may deliver until its lease runs out.
pub(super) struct ClaimedMail {
    pub(super) id: MailId,
    pub(super) claim: Uuid,
    pub(super) kind: String,
    pub(super) recipient: String,
    pub(super) sealed_message: Vec<u8>,
    /// Counts this attempt, too.
    pub(super) attempts: i32,
    pub(super) created_at: Moment,
}

/// A mail that was just given up.
pub(super) struct GivenUp {
    /// The organization on whose behalf it was to be sent.
    pub(super) organization: Option<OrganizationId>,
    /// Start of the transaction.
    pub(super) at: Moment,
}

/// Inserts mails that are due at once. Workers are notified when, and only if, the transaction is committed.
pub(super) async fn insert_mails(tx: &mut Tx, now: Moment, mails: &[WaitingMail]) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = mails.iter().map(|mail| mail.id.as_uuid()).collect();
    let organizations: Vec<Option<Uuid>> = mails.iter().map(|mail| mail.organization.map(OrganizationId::as_uuid)).collect();
    let memberships: Vec<Option<Uuid>> = mails.iter().map(|mail| mail.membership.map(MembershipId::as_uuid)).collect();
    let kinds: Vec<String> = mails.iter().map(|mail| mail.kind.to_owned()).collect();
    let recipients: Vec<String> = mails.iter().map(|mail| mail.recipient.as_str().to_owned()).collect();
    let messages: Vec<Vec<u8>> = mails.iter().map(|mail| mail.sealed_message.clone()).collect();
    sqlx::query!(
        r#"
        WITH inserted AS (
            INSERT INTO mails (id, organization_id, membership_id, kind, recipient, sealed_message, created_at, due_at)
            SELECT mail.id, mail.organization_id, mail.membership_id, mail.kind, mail.recipient, mail.sealed_message, $7, $7
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bytea[])
                AS mail (id, organization_id, membership_id, kind, recipient, sealed_message)
        )
        SELECT pg_notify($8, '')
        "#,
        &ids,
        &organizations as &[Option<Uuid>],
        &memberships as &[Option<Uuid>],
        &kinds,
        &recipients,
        &messages,
        now.to_offset_date_time(),
        CHANNEL,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Claims up to `limit` mails that are due and with no other worker. One statement, so the claim is committed when it returns.
///
/// `SKIP LOCKED` keeps workers from waiting for each other; the CTE is materialized, because as a plain subquery it could be run
/// again for every row and claim more than the limit.
pub(super) async fn claim_due(pool: &PgPool, claim: Uuid, limit: i64, lease_seconds: f64) -> Result<Vec<ClaimedMail>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        WITH due AS MATERIALIZED (
            SELECT id FROM mails
            WHERE delivered_at IS NULL AND dead_at IS NULL AND due_at <= now() AND (leased_until IS NULL OR leased_until <= now())
            ORDER BY due_at
            LIMIT $2
            FOR UPDATE SKIP LOCKED
        )
        UPDATE mails
        SET claim = $1, leased_until = now() + make_interval(secs => $3), attempts = attempts + 1
        FROM due
        WHERE mails.id = due.id
        RETURNING mails.id, mails.kind, mails.recipient, mails.sealed_message AS "sealed_message!", mails.attempts, mails.created_at
        "#,
        claim,
        limit,
        lease_seconds,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ClaimedMail {
            id: MailId::from_uuid(row.id),
            claim,
            kind: row.kind,
            recipient: row.recipient,
            sealed_message: row.sealed_message,
            attempts: row.attempts,
            created_at: Moment::from_offset_date_time(row.created_at),
        })
        .collect())
}

/// Marks a mail as delivered and forgets what it said. `false` when the lease had run out and somebody else has the mail.
pub(super) async fn mark_delivered(pool: &PgPool, id: MailId, claim: Uuid) -> Result<bool, sqlx::Error> {
    let updated = sqlx::query!(
        r#"
        UPDATE mails
        SET delivered_at = now(), sealed_message = NULL, claim = NULL, leased_until = NULL, last_error = NULL
        WHERE id = $1 AND claim = $2 AND delivered_at IS NULL AND dead_at IS NULL
        "#,
        id.as_uuid(),
        claim,
    )
    .execute(pool)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// Gives a mail up and forgets what it said. `None` when the lease had run out and somebody else has the mail.
pub(super) async fn mark_dead(tx: &mut Tx, id: MailId, claim: Uuid, words: &str) -> Result<Option<GivenUp>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        UPDATE mails
        SET dead_at = now(), sealed_message = NULL, claim = NULL, leased_until = NULL, last_error = $3
        WHERE id = $1 AND claim = $2 AND delivered_at IS NULL AND dead_at IS NULL
        RETURNING organization_id, dead_at AS "dead_at!"
        "#,
        id.as_uuid(),
        claim,
        words,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| GivenUp {
        organization: row.organization_id.map(OrganizationId::from_uuid),
        at: Moment::from_offset_date_time(row.dead_at),
    }))
}

/// Puts a mail off. `false` when the lease had run out and somebody else has the mail.
pub(super) async fn postpone(pool: &PgPool, id: MailId, claim: Uuid, delay_seconds: f64, words: &str) -> Result<bool, sqlx::Error> {
    let updated = sqlx::query!(
        r#"
        UPDATE mails
        SET due_at = now() + make_interval(secs => $3), claim = NULL, leased_until = NULL, last_error = $4
        WHERE id = $1 AND claim = $2 AND delivered_at IS NULL AND dead_at IS NULL
        "#,
        id.as_uuid(),
        claim,
        delay_seconds,
        words,
    )
    .execute(pool)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// Counts the mails that were given up within the last day.
pub(super) async fn count_dead(pool: &PgPool) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM mails WHERE dead_at > now() - interval '1 day'"#).fetch_one(pool).await
}

/// The newest of the mails that were given up within the last day.
pub(super) async fn list_newest_dead(pool: &PgPool) -> Result<Vec<DeadMail>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        SELECT id, kind, dead_at AS "dead_at!"
        FROM mails
        WHERE dead_at > now() - interval '1 day'
        ORDER BY dead_at DESC, id
        LIMIT 20
        "#
    )
    .fetch_all(pool)
    .await?;
    let dead = rows.into_iter().map(|row| DeadMail {
        id: MailId::from_uuid(row.id),
        kind: row.kind,
        given_up_at: Moment::from_offset_date_time(row.dead_at),
    });
    Ok(dead.collect())
}
