//! SQL of the counters. Each statement is its own transaction.

use sqlx::PgPool;

use super::limit::Limit;
use crate::platform::db::Tx;
use crate::values::moment::Moment;

/// Counter state after an attempt.
pub(super) struct Counted {
    pub(super) failures: i32,
    pub(super) locked_until: Option<Moment>,
    pub(super) now: Moment,
}

/// Adds one attempt. A window or lock that has passed starts the count anew; the attempt that reaches the limit sets the lock,
/// and attempts during a lock do not prolong it.
pub(super) async fn count(pool: &PgPool, limit: Limit, key: &[u8]) -> Result<Counted, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        INSERT INTO throttles AS counter (scope, key, failures, window_started_at, locked_until)
        VALUES ($1, $2, 1, now(), CASE WHEN $3 <= 1 THEN now() + make_interval(secs => $5) END)
        ON CONFLICT (scope, key) DO UPDATE SET
            failures = CASE
                WHEN counter.locked_until > now() THEN counter.failures + 1
                WHEN counter.locked_until <= now() OR counter.window_started_at <= now() - make_interval(secs => $4) THEN 1
                ELSE counter.failures + 1 END,
            window_started_at = CASE
                WHEN counter.locked_until > now() THEN counter.window_started_at
                WHEN counter.locked_until <= now() OR counter.window_started_at <= now() - make_interval(secs => $4) THEN now()
                ELSE counter.window_started_at END,
            locked_until = CASE
                WHEN counter.locked_until > now() THEN counter.locked_until
                WHEN counter.locked_until <= now() OR counter.window_started_at <= now() - make_interval(secs => $4) THEN NULL
                WHEN counter.failures + 1 >= $3 THEN now() + make_interval(secs => $5) END
        RETURNING failures, locked_until, now() AS "now!"
        "#,
        limit.scope,
        key,
        limit.attempts,
        seconds(limit.window_seconds),
        seconds(limit.lock_seconds),
    )
    .fetch_one(pool)
    .await?;
    Ok(Counted {
        failures: row.failures,
        locked_until: row.locked_until.map(Moment::from_offset_date_time),
        now: Moment::from_offset_date_time(row.now),
    })
}

/// Removes one attempt again, and the lock if that attempt was the one that set it.
pub(super) async fn take_back(pool: &PgPool, limit: Limit, key: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        UPDATE throttles
        SET failures = greatest(failures - 1, 0), locked_until = CASE WHEN failures <= $3 THEN NULL ELSE locked_until END
        WHERE scope = $1 AND key = $2
        "#,
        limit.scope,
        key,
        limit.attempts,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Removes the counter, unless more failures than the limit were counted meanwhile.
pub(super) async fn forgive(pool: &PgPool, limit: Limit, key: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM throttles WHERE scope = $1 AND key = $2 AND failures <= $3", limit.scope, key, limit.attempts)
        .execute(pool)
        .await?;
    Ok(())
}

/// Removes the counters whose key begins so.
pub(super) async fn delete_of(tx: &mut Tx, beginning: &[u8; 16]) -> Result<(), sqlx::Error> {
    // As a range of keys, so that the primary key leads there. No id of ours is the last one there is.
    let end = u128::from_be_bytes(*beginning).saturating_add(1).to_be_bytes();
    sqlx::query!(
        "DELETE FROM throttles WHERE key >= $1 AND key < $2 AND substring(key FROM 1 FOR 16) = $1",
        beginning.as_slice(),
        end.as_slice(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// `make_interval` takes seconds as a double; the limits are far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "limits are a few thousand seconds")]
fn seconds(seconds: i64) -> f64 {
    seconds as f64
}

/// Removes counters whose window and lock have passed for a day.
pub(super) async fn delete_passed(pool: &PgPool) -> Result<u64, sqlx::Error> {
    let deleted = sqlx::query!(
        r#"
        DELETE FROM throttles
        WHERE window_started_at < now() - interval '1 day' AND (locked_until IS NULL OR locked_until < now() - interval '1 day')
        "#
    )
    .execute(pool)
    .await?;
    Ok(deleted.rows_affected())
}
