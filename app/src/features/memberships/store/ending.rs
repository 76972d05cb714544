//! How a membership ends, or goes before it began.

use crate::features::permissions::{Permissions, stored};
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::Fault;
use crate::values::ids::{MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;

/// Withdraws access, of a member who leaves or is deactivated. False when it had ended already.
pub async fn end(tx: &mut Tx, organization: OrganizationId, membership: MembershipId, now: Moment) -> Result<bool, sqlx::Error> {
    let ended = sqlx::query!(
        r#"
        UPDATE memberships SET deactivated_at = $3
        WHERE organization_id = $1 AND id = $2 AND activated_at IS NOT NULL AND deactivated_at IS NULL
        "#,
        organization.as_uuid(),
        membership.as_uuid(),
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(ended.rows_affected() == 1)
}

/// Holds a membership that waits for its person until the transaction ends, so that accepting, cancelling and renewing take turns.
/// False when it waits no longer.
pub async fn lock_pending(tx: &mut Tx, organization: OrganizationId, membership: MembershipId) -> Result<bool, sqlx::Error> {
    let locked = sqlx::query_scalar!(
        "SELECT id FROM memberships WHERE organization_id = $1 AND id = $2 AND user_id IS NULL FOR UPDATE",
        organization.as_uuid(),
        membership.as_uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(locked.is_some())
}

/// Removes a membership that waits for its person. Its links must have ended before (`links_invitation_has_membership`).
pub async fn remove_pending(tx: &mut Tx, organization: OrganizationId, membership: MembershipId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM memberships WHERE organization_id = $1 AND id = $2 AND user_id IS NULL",
        organization.as_uuid(),
        membership.as_uuid(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An invitation that waits.
pub struct PendingOffer {
    /// The membership.
    pub membership: MembershipId,
    /// The address.
    pub email: String,
    /// What it offers.
    pub offered: Permissions,
}

/// The invitations that a person sent in an organization, by address.
pub async fn list_pending_by(reading: &mut Read, organization: OrganizationId, inviter: UserId) -> Result<Vec<PendingOffer>, Fault> {
    let rows = sqlx::query!(
        r#"
        SELECT id, email AS "email!", permissions FROM memberships
        WHERE organization_id = $1 AND invited_by = $2 AND user_id IS NULL
        ORDER BY email
        "#,
        organization.as_uuid(),
        inviter.as_uuid(),
    )
    .fetch_all(&mut *reading)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PendingOffer {
                membership: MembershipId::from_uuid(row.id),
                email: row.email,
                offered: stored::permissions(row.permissions)?,
            })
        })
        .collect()
}

/// An invitation whose time was ended, because nobody stands behind it any more.
pub struct LapsedOffer {
    /// The membership.
    pub membership: MembershipId,
    /// The address.
    pub email: String,
}

/// Ends the time of those invitations which a person sent and which carry something sensitive, by address. Their links are ended by
/// whoever calls this.
pub async fn lapse_sensitive_offers(
    tx: &mut Tx,
    organization: OrganizationId,
    inviter: UserId,
    now: Moment,
) -> Result<Vec<LapsedOffer>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        WITH lapsed AS (
            UPDATE memberships SET link_expires_at = $3
            WHERE organization_id = $1 AND invited_by = $2 AND user_id IS NULL AND link_expires_at > $3
                AND (
                    SELECT true FROM sensitive_access
                    WHERE sensitive_access.organization_id = memberships.organization_id AND sensitive_access.membership_id = memberships.id
                    LIMIT 1)
            RETURNING id, email
        )
        SELECT id, email AS "email!" FROM lapsed ORDER BY email
        "#,
        organization.as_uuid(),
        inviter.as_uuid(),
        now.to_offset_date_time(),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| LapsedOffer { membership: MembershipId::from_uuid(row.id), email: row.email }).collect())
}
