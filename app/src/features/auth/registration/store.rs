//! SQL of accounts coming to be.

use uuid::Uuid;

use crate::platform::db::Tx;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, UserId};
use crate::values::moment::Moment;
use crate::values::token::TokenDigest;
use crate::values::username::Username;

/// A row of `users`.
pub(super) struct NewUser<'account> {
    pub(super) id: UserId,
    pub(super) email: &'account EmailAddress,
    pub(super) is_email_proved: bool,
    pub(super) username: &'account Username,
    pub(super) first_name: &'account str,
    pub(super) last_name: &'account str,
    pub(super) password_hash: &'account str,
}

/// What a link knows of whoever follows it; all of it is empty where the link is for setting up.
#[derive(Default)]
pub(super) struct LiveLink {
    /// The address that it was sent to, in its form for comparing.
    pub(super) email: String,
    pub(super) organization_name: String,
    pub(super) label: String,
    /// The membership that it leads to; none for setting up.
    pub(super) membership: Option<Uuid>,
}

impl LiveLink {
    /// What stands before the `@`.
    pub(super) fn local_part(&self) -> &str {
        self.email.rsplit_once('@').map_or("", |(local_part, _)| local_part)
    }
}

/// Adds an account. False when somebody has the username, also since this instant: the transaction goes on, so that free ones can
/// be offered. Fails on `users_one_per_address` when the address has an account.
pub(super) async fn insert_user(tx: &mut Tx, user: &NewUser<'_>, now: Moment) -> Result<bool, sqlx::Error> {
    let inserted = sqlx::query!(
        r#"
        INSERT INTO users (id, email, email_key, email_proved_at, username, first_name, last_name, password_hash, created_at)
        VALUES ($1, $2, $3, CASE WHEN $4 THEN $9::timestamptz END, $5, $6, $7, $8, $9)
        ON CONFLICT ON CONSTRAINT users_one_per_username DO NOTHING
        "#,
        user.id.as_uuid(),
        user.email.as_str(),
        user.email.key(),
        user.is_email_proved,
        user.username.key(),
        user.first_name,
        user.last_name,
        user.password_hash,
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Whether an address has an account.
pub(super) async fn has_account(tx: &mut Tx, email: &EmailAddress) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM users WHERE email_key = $1) AS "exists!""#, email.key()).fetch_one(&mut **tx).await
}

/// Takes a username for ever. A draft of `draft_of` may be taken over by its own person; anybody else's is taken: false.
pub(super) async fn claim_username(
    tx: &mut Tx,
    username: &Username,
    user: UserId,
    draft_of: Option<MembershipId>,
    now: Moment,
) -> Result<bool, sqlx::Error> {
    let claimed = sqlx::query!(
        r#"
        INSERT INTO usernames AS taken (username, user_id, reserved_at) VALUES ($1, $2, $4)
        ON CONFLICT (username) DO UPDATE SET user_id = $2, organization_id = NULL, membership_id = NULL, reserved_at = $4
            WHERE taken.user_id IS NULL AND taken.membership_id = $3
        "#,
        username.key(),
        user.as_uuid(),
        draft_of.map(MembershipId::as_uuid),
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(claimed.rows_affected() == 1)
}

/// Frees the username that was drafted for a membership, once its person has another.
pub(super) async fn free_draft(tx: &mut Tx, draft_of: MembershipId) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM usernames WHERE membership_id = $1 AND user_id IS NULL", draft_of.as_uuid()).execute(&mut **tx).await?;
    Ok(())
}

/// Those of `candidates` that nobody has or had; the draft of `draft_of` counts as free.
pub(super) async fn list_free_usernames(
    tx: &mut Tx,
    candidates: &[String],
    draft_of: Option<MembershipId>,
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT candidate AS "candidate!" FROM unnest($1::text[]) WITH ORDINALITY AS candidates (candidate, position)
        WHERE NOT EXISTS (
            SELECT FROM usernames WHERE usernames.username = candidate AND ($2::uuid IS NULL OR membership_id IS DISTINCT FROM $2)
        )
        ORDER BY position
        "#,
        candidates,
        draft_of.map(MembershipId::as_uuid),
    )
    .fetch_all(&mut **tx)
    .await
}

/// What the link with this digest says, if it is live: issued, not past, not used and not void; one for setting up only while nobody
/// is here.
pub(super) async fn find_live_link(tx: &mut Tx, digest: &TokenDigest) -> Result<Option<LiveLink>, sqlx::Error> {
    sqlx::query_as!(
        LiveLink,
        r#"
        SELECT
            coalesce(links.email_key, '') AS "email!", coalesce(organizations.name, '') AS "organization_name!",
            coalesce(organizations.label, '') AS "label!", links.membership_id AS membership
        FROM links
        LEFT JOIN organizations ON organizations.id = links.organization_id
        WHERE links.digest = $1 AND links.used_at IS NULL AND links.voided_at IS NULL AND links.expires_at > now()
            AND (links.purpose <> 'set_up' OR NOT EXISTS (SELECT FROM users))
        "#,
        digest.as_bytes(),
    )
    .fetch_optional(&mut **tx)
    .await
}
