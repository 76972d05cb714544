//! SQL of set-up links.

use super::rules::Link;
use crate::platform::db::Tx;
use crate::values::ids::{LinkId, UserId};
use crate::values::moment::Moment;
use crate::values::token::TokenDigest;

/// Adds a printed link.
pub(super) async fn insert_link(tx: &mut Tx, id: LinkId, digest: &TokenDigest, now: Moment, expires_at: Moment) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO links (id, digest, purpose, channel, issued_at, expires_at) VALUES ($1, $2, 'set_up', 'printed', $3, $4)",
        id.as_uuid(),
        digest.as_bytes(),
        now.to_offset_date_time(),
        expires_at.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The set-up link with this digest; a link for anything else is none.
pub(super) async fn find_link(tx: &mut Tx, digest: &TokenDigest) -> Result<Option<Link>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        SELECT expires_at, (used_at IS NOT NULL OR voided_at IS NOT NULL) AS "is_used!"
        FROM links WHERE digest = $1 AND purpose = 'set_up'
        "#,
        digest.as_bytes(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Link { expires_at: Moment::from_offset_date_time(row.expires_at), is_used: row.is_used }))
}

/// Uses a link up; false when it is no longer live.
pub(super) async fn mark_used(tx: &mut Tx, digest: &TokenDigest, user: UserId, now: Moment) -> Result<bool, sqlx::Error> {
    let marked = sqlx::query!(
        r#"
        UPDATE links SET used_at = $3, used_by = $2
        WHERE digest = $1 AND purpose = 'set_up' AND used_at IS NULL AND voided_at IS NULL AND expires_at > $3
        "#,
        digest.as_bytes(),
        user.as_uuid(),
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(marked.rows_affected() == 1)
}
