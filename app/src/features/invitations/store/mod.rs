//! Every SQL statement about invitations: those of the organization, and those that somebody follows by a link.

mod joining;

pub(super) use joining::*;

use crate::features::permissions::Role;
use crate::features::permissions::access::Allowed;
use crate::platform::db::Tx;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{ApplicationId, LinkId, MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;
use crate::values::token::TokenDigest;

use super::model::{OfferedApplication, OfferedLevel};
use super::rules::{self, AddressStanding, VoidReason};

/// What the mails of an organization's invitations say.
pub(super) struct InvitingOrganization {
    pub(super) label: String,
    pub(super) link_validity_seconds: i64,
    pub(super) inviter: String,
}

/// The organization's label and link validity, and the name of the acting person.
pub(super) async fn get_inviting_organization(tx: &mut Tx, allowed: &Allowed) -> Result<InvitingOrganization, sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    let actor = allowed.actor().as_uuid();
    let row = sqlx::query!(
        r#"
        SELECT organizations.label, organizations.link_validity_seconds, users.first_name || ' ' || users.last_name AS "inviter!"
        FROM organizations, users
        WHERE organizations.id = $1 AND users.id = $2
        "#,
        organization,
        actor,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(InvitingOrganization { label: row.label, link_validity_seconds: i64::from(row.link_validity_seconds), inviter: row.inviter })
}

/// The organization's applications by name, with the levels that the acting person may give.
pub(super) async fn list_offered_applications(tx: &mut Tx, allowed: &Allowed) -> Result<Vec<OfferedApplication>, sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    let membership = allowed.membership().as_uuid();
    let rows = sqlx::query!(
        r#"
        SELECT applications.id, applications.name, access_levels.level, access_levels.name AS level_name, access_levels.sensitive,
            coalesce(own.level, 0) AS "own_level!"
        FROM applications
        JOIN access_levels ON access_levels.organization_id = applications.organization_id AND access_levels.application_id = applications.id
        LEFT JOIN application_access AS own ON own.organization_id = applications.organization_id
            AND own.application_id = applications.id AND own.membership_id = $2
        WHERE applications.organization_id = $1
        ORDER BY applications.name, applications.id, access_levels.level
        "#,
        organization,
        membership,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut applications: Vec<OfferedApplication> = Vec::new();
    for row in rows.into_iter().filter(|row| rules::may_give(row.level, row.own_level, allowed.held())) {
        let id = ApplicationId::from_uuid(row.id);
        let level = OfferedLevel { level: row.level, name: row.level_name, sensitive: row.sensitive };
        match applications.last_mut() {
            Some(last) if last.id == id => last.levels.push(level),
            _ => applications.push(OfferedApplication { id, name: row.name, levels: vec![level] }),
        }
    }
    Ok(applications)
}

/// What this organization knows of an address.
pub(super) async fn standing_of(tx: &mut Tx, allowed: &Allowed, email: &EmailAddress) -> Result<AddressStanding, sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    let row = sqlx::query!(
        r#"
        SELECT memberships.user_id IS NULL AS "is_pending!", memberships.deactivated_at IS NOT NULL AS "is_deactivated!"
        FROM memberships
        LEFT JOIN users ON users.id = memberships.user_id
        WHERE memberships.organization_id = $1
            AND ((memberships.user_id IS NULL AND memberships.email_key = $2) OR users.email_key = $2)
        ORDER BY memberships.user_id NULLS LAST
        LIMIT 1
        "#,
        organization,
        email.key(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(match row {
        None => AddressStanding::Unknown,
        Some(row) if row.is_pending => AddressStanding::Pending,
        Some(row) if row.is_deactivated => AddressStanding::Deactivated,
        Some(_) => AddressStanding::Member,
    })
}

/// Invitations mailed in the past day.
pub(super) async fn count_mails_of_today(tx: &mut Tx, allowed: &Allowed) -> Result<i64, sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "count!" FROM mails
        WHERE organization_id = $1 AND kind = 'invitation' AND created_at > now() - interval '1 day'
        "#,
        organization,
    )
    .fetch_one(&mut **tx)
    .await
}

/// A membership about to wait for its person.
pub(super) struct NewInvitation<'invitation> {
    pub(super) id: MembershipId,
    pub(super) email: &'invitation EmailAddress,
    pub(super) first_name: Option<&'invitation str>,
    pub(super) last_name: Option<&'invitation str>,
    pub(super) role: Role,
    pub(super) sort_name: String,
    pub(super) search: String,
    /// When the link runs out; `None` when no mail goes out yet.
    pub(super) link_expires_at: Option<Moment>,
}

/// Adds the membership. False when another invitation to the same address came first (`memberships_one_pending_per_address`).
pub(super) async fn insert_invitation(tx: &mut Tx, allowed: &Allowed, invitation: &NewInvitation<'_>) -> Result<bool, sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    let actor = allowed.actor().as_uuid();
    let now = allowed.now().to_offset_date_time();
    let inserted = sqlx::query!(
        r#"
        INSERT INTO memberships (organization_id, id, role, permissions, email, email_key, first_name, last_name, invited_by,
            created_at, invited_at, link_expires_at, sort_name, search)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, CASE WHEN $11::timestamptz IS NULL THEN NULL ELSE $10::timestamptz END, $11, $12, $13)
        ON CONFLICT (organization_id, email_key) WHERE user_id IS NULL DO NOTHING
        "#,
        organization,
        invitation.id.as_uuid(),
        invitation.role.as_str(),
        i32::from(invitation.role.permissions().bits()),
        invitation.email.as_str(),
        invitation.email.key(),
        invitation.first_name,
        invitation.last_name,
        actor,
        now,
        invitation.link_expires_at.map(Moment::to_offset_date_time),
        invitation.sort_name,
        invitation.search,
    )
    .execute(&mut **tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Gives the membership a level of an application.
pub(super) async fn insert_access(
    tx: &mut Tx,
    allowed: &Allowed,
    membership: MembershipId,
    application: ApplicationId,
    level: i32,
) -> Result<(), sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    let now = allowed.now().to_offset_date_time();
    sqlx::query!(
        "INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at) VALUES ($1, $2, $3, $4, $5)",
        organization,
        membership.as_uuid(),
        application.as_uuid(),
        level,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A link about to be mailed.
pub(super) struct NewLink<'link> {
    pub(super) id: LinkId,
    pub(super) digest: TokenDigest,
    pub(super) organization: OrganizationId,
    pub(super) membership: MembershipId,
    pub(super) email: &'link EmailAddress,
    pub(super) issued_at: Moment,
    pub(super) expires_at: Moment,
}

/// Adds a mailed link.
pub(super) async fn insert_link(tx: &mut Tx, link: &NewLink<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO links (id, digest, purpose, channel, organization_id, membership_id, email_key, issued_at, expires_at)
        VALUES ($1, $2, 'invitation', 'mailed', $3, $4, $5, $6, $7)
        "#,
        link.id.as_uuid(),
        link.digest.as_bytes(),
        link.organization.as_uuid(),
        link.membership.as_uuid(),
        link.email.key(),
        link.issued_at.to_offset_date_time(),
        link.expires_at.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Kills every open link of a membership. Those that were replaced before tell the end of the story, too.
pub(super) async fn void_links(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: MembershipId,
    reason: VoidReason,
    now: Moment,
) -> Result<(), sqlx::Error> {
    let reason = match reason {
        VoidReason::Withdrawn => "withdrawn",
        VoidReason::Replaced => "replaced",
        VoidReason::Declined => "declined",
    };
    sqlx::query!(
        r#"
        UPDATE links SET voided_at = $3, voided_because = $4
        WHERE organization_id = $1 AND membership_id = $2 AND used_at IS NULL
            AND (voided_at IS NULL OR (voided_because = 'replaced' AND $4 <> 'replaced'))
        "#,
        organization.as_uuid(),
        membership.as_uuid(),
        now.to_offset_date_time(),
        reason,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that a link was queued. `sender` becomes the inviting person when an administrator sends it; a renewal by the invited
/// person leaves who invited.
pub(super) async fn mark_invited(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: MembershipId,
    sender: Option<UserId>,
    now: Moment,
    expires_at: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        UPDATE memberships SET invited_at = $3, link_expires_at = $4, invited_by = coalesce($5, invited_by)
        WHERE organization_id = $1 AND id = $2 AND user_id IS NULL
        "#,
        organization.as_uuid(),
        membership.as_uuid(),
        now.to_offset_date_time(),
        expires_at.to_offset_date_time(),
        sender.map(UserId::as_uuid),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a membership was given a sensitive level of an application.
pub(super) async fn has_sensitive_access(tx: &mut Tx, organization: OrganizationId, membership: MembershipId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT FROM application_access
            JOIN access_levels USING (organization_id, application_id)
            WHERE application_access.organization_id = $1 AND application_access.membership_id = $2
                AND access_levels.level <= application_access.level AND access_levels.sensitive
        ) AS "exists!"
        "#,
        organization.as_uuid(),
        membership.as_uuid(),
    )
    .fetch_one(&mut **tx)
    .await
}
