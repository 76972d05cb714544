//! What an organization knows of an address, and what its mails say.

use super::rules::AddressStanding;
use crate::platform::db::{Read, Tx};
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId, UserId};

/// What the mails of an organization's invitations say.
pub(super) struct InvitingOrganization {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) link_validity_seconds: i64,
    /// Empty where no member invites.
    pub(super) inviter: String,
}

/// The organization's name, label and link validity, and the name of the inviting person.
pub(super) async fn get_inviting_organization(
    reading: &mut Read,
    organization: OrganizationId,
    inviter: Option<UserId>,
) -> Result<InvitingOrganization, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        SELECT organizations.name, organizations.label, organizations.link_validity_seconds,
            coalesce(users.first_name || ' ' || users.last_name, '') AS "inviter!"
        FROM organizations
        LEFT JOIN users ON users.id = $2
        WHERE organizations.id = $1
        "#,
        organization.as_uuid(),
        inviter.map(UserId::as_uuid),
    )
    .fetch_one(&mut *reading)
    .await?;
    Ok(InvitingOrganization {
        name: row.name,
        label: row.label,
        link_validity_seconds: i64::from(row.link_validity_seconds),
        inviter: row.inviter,
    })
}

/// What this organization knows of an address: an invitation that waits for it, else the membership of the account with it. Two
/// lookups, since one condition over both tables would walk the whole installation.
pub(super) async fn standing_of(
    reading: &mut Read,
    organization: OrganizationId,
    email: &EmailAddress,
) -> Result<AddressStanding, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        SELECT id AS "id!", is_pending AS "is_pending!", is_deactivated AS "is_deactivated!" FROM (
            SELECT memberships.id, true AS is_pending, false AS is_deactivated
            FROM memberships
            WHERE memberships.organization_id = $1 AND memberships.user_id IS NULL AND memberships.email_key = $2
            UNION ALL
            SELECT memberships.id, false, memberships.deactivated_at IS NOT NULL
            FROM users
            JOIN memberships ON memberships.organization_id = $1 AND memberships.user_id = users.id
            WHERE users.email_key = $2
        ) AS known
        ORDER BY is_pending
        LIMIT 1
        "#,
        organization.as_uuid(),
        email.key(),
    )
    .fetch_optional(&mut *reading)
    .await?;
    Ok(match row {
        None => AddressStanding::Unknown,
        Some(row) if row.is_pending => AddressStanding::Pending,
        Some(row) if row.is_deactivated => AddressStanding::Deactivated(MembershipId::from_uuid(row.id)),
        Some(_) => AddressStanding::Member,
    })
}

/// Invitations mailed since the organization's day began: with the first mail, and anew with the first one after 24 hours.
pub(super) async fn count_mails_of_today(reading: &mut Read, organization: OrganizationId) -> Result<i64, sqlx::Error> {
    let mails = sqlx::query_scalar!(
        "SELECT mails FROM invitation_days WHERE organization_id = $1 AND began_at > now() - interval '1 day'",
        organization.as_uuid(),
    )
    .fetch_optional(&mut *reading)
    .await?;
    Ok(mails.unwrap_or(0))
}

/// Counts one more mail towards the organization's day.
pub(super) async fn add_mail_of_today(tx: &mut Tx, organization: OrganizationId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO invitation_days AS today (organization_id, began_at, mails) VALUES ($1, now(), 1)
        ON CONFLICT (organization_id) DO UPDATE SET
            mails = CASE WHEN today.began_at > now() - interval '1 day' THEN today.mails + 1 ELSE 1 END,
            began_at = CASE WHEN today.began_at > now() - interval '1 day' THEN today.began_at ELSE now() END
        "#,
        organization.as_uuid(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a membership carries something sensitive.
pub(super) async fn is_sensitive(reading: &mut Read, organization: OrganizationId, membership: MembershipId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM sensitive_access WHERE organization_id = $1 AND membership_id = $2) AS "is_sensitive!""#,
        organization.as_uuid(),
        membership.as_uuid(),
    )
    .fetch_one(&mut *reading)
    .await
}
