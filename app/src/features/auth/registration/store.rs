//! SQL of accounts coming to be.

use uuid::Uuid;

use crate::features::auth::links::Purpose;
use crate::platform::db::{Read, Tx};
use crate::values::ids::{MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;
use crate::values::token::TokenDigest;
use crate::values::username::Username;

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

/// Keeps a username for the person of a membership that waits. False when somebody has or had it.
pub(super) async fn draft_username(
    tx: &mut Tx,
    username: &Username,
    organization: OrganizationId,
    membership: MembershipId,
    now: Moment,
) -> Result<bool, sqlx::Error> {
    let drafted = sqlx::query!(
        r#"
        INSERT INTO usernames (username, organization_id, membership_id, reserved_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (username) DO NOTHING
        "#,
        username.key(),
        organization.as_uuid(),
        membership.as_uuid(),
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(drafted.rows_affected() == 1)
}

/// Frees the username that was drafted for a membership, once its person has another.
pub(super) async fn free_draft(tx: &mut Tx, draft_of: MembershipId) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM usernames WHERE membership_id = $1 AND user_id IS NULL", draft_of.as_uuid()).execute(&mut **tx).await?;
    Ok(())
}

/// Those of `candidates` that nobody has or had; the draft of `draft_of` counts as free.
pub(super) async fn list_free_usernames(
    reading: &mut Read,
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
    .fetch_all(&mut *reading)
    .await
}

/// What the link with this digest says, if it is one by which somebody registers and is live: issued, not past, not used and not
/// void; one for setting up only while nobody is here.
///
/// Across organizations: the row says which one the link belongs to, if any.
pub(super) async fn find_live_link(reading: &mut Read, digest: &TokenDigest) -> Result<Option<LiveLink>, sqlx::Error> {
    sqlx::query_as!(
        LiveLink,
        r#"
        SELECT
            coalesce(links.email_key, '') AS "email!", coalesce(organizations.name, '') AS "organization_name!",
            coalesce(organizations.label, '') AS "label!", links.membership_id AS membership
        FROM links
        LEFT JOIN organizations ON organizations.id = links.organization_id
        WHERE links.digest = $1 AND links.purpose = ANY ($2)
            AND links.used_at IS NULL AND links.voided_at IS NULL AND links.expires_at > now()
            AND (links.purpose <> 'set_up' OR NOT EXISTS (SELECT FROM users))
        "#,
        digest.as_bytes(),
        &Purpose::REGISTERING.map(|purpose| purpose.as_str().to_owned()),
    )
    .fetch_optional(&mut *reading)
    .await
}
