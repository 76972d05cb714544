//! SQL of sessions and remembered browsers.

use uuid::Uuid;

use super::rules::{HalfStanding, Stage, half_standing};
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::Fault;
use crate::platform::request::Origin;
use crate::values::ids::{OrganizationId, SessionId, UserId};
use crate::values::moment::Moment;
use crate::values::token::TokenDigest;

/// A session, live or not.
#[derive(Clone, Debug)]
pub struct Session {
    /// Identifies it; stays the same when its token changes.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// What has been proved.
    pub stage: Stage,
    /// When the password was proved.
    pub created_at: Moment,
    /// When everything was last proved.
    pub proved_at: Moment,
    /// Wrong codes of a half session.
    pub wrong_codes: i32,
    /// Start of the transaction.
    pub now: Moment,
}

impl Session {
    /// Where a half session stands; `None` for a full one.
    pub fn half_standing(&self) -> Option<HalfStanding> {
        (self.stage == Stage::Password).then(|| half_standing(self.created_at, self.wrong_codes, self.now))
    }
}

struct SessionRow {
    now: time::OffsetDateTime,
    id: Uuid,
    user_id: Uuid,
    stage: String,
    created_at: time::OffsetDateTime,
    proved_at: time::OffsetDateTime,
    wrong_codes: i32,
}

impl TryFrom<SessionRow> for Session {
    type Error = Fault;

    fn try_from(row: SessionRow) -> Result<Self, Fault> {
        Ok(Self {
            id: SessionId::from_uuid(row.id),
            user: UserId::from_uuid(row.user_id),
            stage: Stage::parse(&row.stage)
                .ok_or_else(|| Fault::Inconsistent { table: "sessions", reason: format!("stage {}", row.stage) })?,
            created_at: Moment::from_offset_date_time(row.created_at),
            proved_at: Moment::from_offset_date_time(row.proved_at),
            wrong_codes: row.wrong_codes,
            now: Moment::from_offset_date_time(row.now),
        })
    }
}

/// The session with this token.
pub(super) async fn find_session(reading: &mut Read, digest: &TokenDigest) -> Result<Option<Session>, Fault> {
    let row = sqlx::query_as!(
        SessionRow,
        r#"SELECT now() AS "now!", id, user_id, stage, created_at, proved_at, wrong_codes FROM sessions WHERE digest = $1"#,
        digest.as_bytes(),
    )
    .fetch_optional(&mut *reading)
    .await?;
    row.map(Session::try_from).transpose()
}

/// The session with this token, held until the transaction ends: of parallel codes, one is looked at after the other.
pub(super) async fn lock_session(tx: &mut Tx, digest: &TokenDigest) -> Result<Option<Session>, Fault> {
    let row = sqlx::query_as!(
        SessionRow,
        r#"SELECT now() AS "now!", id, user_id, stage, created_at, proved_at, wrong_codes FROM sessions WHERE digest = $1 FOR UPDATE"#,
        digest.as_bytes(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Session::try_from).transpose()
}

/// Adds a session that begins now, with the organization in which its person was active last as the one opened last.
///
/// Across organizations: it looks for that one among all of the person's.
pub(super) async fn insert_session(
    tx: &mut Tx,
    id: SessionId,
    digest: &TokenDigest,
    user: UserId,
    stage: Stage,
    now: Moment,
    origin: &Origin,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO sessions (id, digest, user_id, stage, created_at, last_used_at, proved_at, network, user_agent, organization_id)
        VALUES (
            $1, $2, $3, $4, $5, $5, $5, $6, $7,
            (
                SELECT memberships.organization_id FROM memberships
                JOIN last_visits ON last_visits.organization_id = memberships.organization_id AND last_visits.membership_id = memberships.id
                WHERE memberships.user_id = $3 AND memberships.deactivated_at IS NULL
                ORDER BY last_visits.visited_at DESC
                LIMIT 1
            )
        )
        "#,
        id.as_uuid(),
        digest.as_bytes(),
        user.as_uuid(),
        stage.as_str(),
        now.to_offset_date_time(),
        origin.network,
        origin.user_agent,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Everything is proved now: the session is whole and answers to another token. `false` when it has ended meanwhile.
pub(super) async fn update_proof(tx: &mut Tx, id: SessionId, digest: &TokenDigest, now: Moment) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "UPDATE sessions SET digest = $2, stage = 'full', proved_at = $3, last_used_at = $3, wrong_codes = 0 WHERE id = $1",
        id.as_uuid(),
        digest.as_bytes(),
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts one wrong code and gives their number.
pub(super) async fn update_wrong_codes(tx: &mut Tx, id: SessionId) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!("UPDATE sessions SET wrong_codes = wrong_codes + 1 WHERE id = $1 RETURNING wrong_codes", id.as_uuid())
        .fetch_one(&mut **tx)
        .await
}

/// Ends the session with this token and says whose it was.
pub(super) async fn delete_session(tx: &mut Tx, digest: &TokenDigest) -> Result<Option<UserId>, sqlx::Error> {
    let user = sqlx::query_scalar!("DELETE FROM sessions WHERE digest = $1 RETURNING user_id", digest.as_bytes())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(user.map(UserId::from_uuid))
}

/// Ends every session of a person.
pub(super) async fn delete_sessions(tx: &mut Tx, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM sessions WHERE user_id = $1", user.as_uuid()).execute(&mut **tx).await?;
    Ok(())
}

/// How many whole sessions of a person can still be used.
pub(super) async fn count_sessions(
    reading: &mut Read,
    user: UserId,
    used_after: Moment,
    created_after: Moment,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "count!" FROM sessions
        WHERE user_id = $1 AND stage = 'full' AND last_used_at > $2 AND created_at > $3
        "#,
        user.as_uuid(),
        used_after.to_offset_date_time(),
        created_after.to_offset_date_time(),
    )
    .fetch_one(&mut *reading)
    .await
}

/// Notes that a session is in use.
pub(super) async fn mark_used(reading: &mut Read, session: SessionId, now: Moment) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE sessions SET last_used_at = $2 WHERE id = $1", session.as_uuid(), now.to_offset_date_time())
        .execute(&mut *reading)
        .await?;
    Ok(())
}

/// Notes which organization was opened last.
pub(super) async fn mark_opened(reading: &mut Read, session: SessionId, organization: OrganizationId) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE sessions SET organization_id = $2 WHERE id = $1", session.as_uuid(), organization.as_uuid())
        .execute(&mut *reading)
        .await?;
    Ok(())
}

/// Removes sessions that no request can use any more.
pub(super) async fn delete_unused_sessions(tx: &mut Tx, used_before: Moment, created_before: Moment) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "DELETE FROM sessions WHERE last_used_at <= $1 OR created_at <= $2",
        used_before.to_offset_date_time(),
        created_before.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// Remembers that this browser has signed in to this account.
pub(super) async fn save_browser(tx: &mut Tx, digest: &TokenDigest, user: UserId, now: Moment) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO known_browsers (digest, user_id, last_used_at) VALUES ($1, $2, $3)
        ON CONFLICT (digest, user_id) DO UPDATE SET last_used_at = excluded.last_used_at
        "#,
        digest.as_bytes(),
        user.as_uuid(),
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets browsers whose cookie has gone by now.
pub(super) async fn delete_unused_browsers(tx: &mut Tx, used_before: Moment) -> Result<u64, sqlx::Error> {
    let done =
        sqlx::query!("DELETE FROM known_browsers WHERE last_used_at <= $1", used_before.to_offset_date_time()).execute(&mut **tx).await?;
    Ok(done.rows_affected())
}
