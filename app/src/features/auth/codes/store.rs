//! SQL of second factors and recovery codes.

use crate::platform::db::{Read, Tx};
use crate::values::ids::UserId;
use crate::values::moment::Moment;

/// A second factor that is set up.
pub struct Factor {
    /// Since when.
    pub since: Moment,
    /// Recovery codes that are left.
    pub unused_recovery_codes: i64,
}

/// A person's second factor; `None` without one.
pub async fn find_factor(reading: &mut Read, user: UserId) -> Result<Option<Factor>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        SELECT confirmed_at AS "confirmed_at!",
            (SELECT count(*) FROM recovery_codes WHERE recovery_codes.user_id = two_factors.user_id AND used_at IS NULL) AS "unused!"
        FROM two_factors
        WHERE user_id = $1 AND confirmed_at IS NOT NULL
        "#,
        user.as_uuid()
    )
    .fetch_optional(&mut *reading)
    .await?;
    Ok(row.map(|row| Factor { since: Moment::from_offset_date_time(row.confirmed_at), unused_recovery_codes: row.unused }))
}

/// The sealed secret of a factor that is set up.
pub(super) async fn find_sealed_secret(reading: &mut Read, user: UserId) -> Result<Option<Vec<u8>>, sqlx::Error> {
    sqlx::query_scalar!("SELECT sealed_secret FROM two_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL", user.as_uuid())
        .fetch_optional(&mut *reading)
        .await
}

/// Uses a time step up, together with all before it. `false` when it was used up already: of parallel ones one succeeds.
pub(super) async fn mark_step_used(tx: &mut Tx, user: UserId, step: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "UPDATE two_factors SET last_step = $2 WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2",
        user.as_uuid(),
        step
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets the factor up; its first code is used up with it. `false` when there is one already.
pub async fn insert_factor(tx: &mut Tx, user: UserId, sealed_secret: &[u8], step: i64, now: Moment) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        r#"
        INSERT INTO two_factors (user_id, sealed_secret, created_at, confirmed_at, last_step) VALUES ($1, $2, $3, $3, $4)
        ON CONFLICT (user_id) DO UPDATE
            SET sealed_secret = excluded.sealed_secret, created_at = excluded.created_at,
                confirmed_at = excluded.confirmed_at, last_step = excluded.last_step
            WHERE two_factors.confirmed_at IS NULL
        "#,
        user.as_uuid(),
        sealed_secret,
        now.to_offset_date_time(),
        step,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes all recovery codes: none of the former may work beside new ones.
pub(super) async fn delete_recovery_codes(tx: &mut Tx, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM recovery_codes WHERE user_id = $1", user.as_uuid()).execute(&mut **tx).await?;
    Ok(())
}

/// Adds recovery codes.
pub(super) async fn insert_recovery_codes(tx: &mut Tx, user: UserId, digests: &[Vec<u8>], now: Moment) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO recovery_codes (user_id, digest, created_at) SELECT $1, digest, $3 FROM unnest($2::bytea[]) AS new (digest)",
        user.as_uuid(),
        digests,
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Uses a recovery code up. `false` when there is no such code, or it was used: of parallel ones one succeeds.
pub(super) async fn mark_recovery_code_used(tx: &mut Tx, user: UserId, digest: &[u8], now: Moment) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND digest = $2 AND used_at IS NULL",
        user.as_uuid(),
        digest,
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many recovery codes are left.
pub async fn count_unused_recovery_codes(reading: &mut Read, user: UserId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL"#, user.as_uuid())
        .fetch_one(&mut *reading)
        .await
}

/// Removes a person's second factor with its recovery codes.
pub async fn remove(tx: &mut Tx, user: UserId) -> Result<(), sqlx::Error> {
    delete_recovery_codes(tx, user).await?;
    sqlx::query!("DELETE FROM two_factors WHERE user_id = $1", user.as_uuid()).execute(&mut **tx).await?;
    Ok(())
}
