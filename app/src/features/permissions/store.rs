//! SQL of the door.

use uuid::Uuid;

use crate::features::permissions::permission::{Permission, Permissions};
use crate::features::permissions::role::Role;
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::platform::settings::Settings;
use crate::values::ids::{MembershipId, OrganizationId, SessionId, UserId};
use crate::values::moment::Moment;
use crate::values::token::TokenDigest;

/// Everything that the door decides on, read at one instant.
pub(super) struct Standing {
    pub(super) now: Moment,
    pub(super) session: SessionStanding,
    pub(super) member: Option<MemberStanding>,
}

/// The session and its person.
pub(super) struct SessionStanding {
    pub(super) id: SessionId,
    pub(super) user: UserId,
    pub(super) is_full: bool,
    pub(super) created_at: Moment,
    pub(super) last_used_at: Moment,
    pub(super) last_organization: Option<OrganizationId>,
    pub(super) has_factor: bool,
    pub(super) holds_sensitive: bool,
}

impl SessionStanding {
    /// Whether neither the idle nor the absolute limit has passed.
    pub(super) fn is_live(&self, settings: &Settings, now: Moment) -> bool {
        let idle = i64::try_from(settings.session_idle.as_secs()).unwrap_or(i64::MAX);
        let most = i64::try_from(settings.session_max.as_secs()).unwrap_or(i64::MAX);
        now.seconds_since(self.last_used_at) < idle && now.seconds_since(self.created_at) < most
    }
}

/// The person's membership of the organization asked for.
pub(super) struct MemberStanding {
    pub(super) id: MembershipId,
    pub(super) organization: OrganizationId,
    pub(super) organization_name: String,
    pub(super) slug: String,
    pub(super) role: Role,
    pub(super) held: Permissions,
    pub(super) has_sensitive_access: bool,
    pub(super) is_active: bool,
    pub(super) last_active_at: Option<Moment>,
}

/// Session, person and membership in one round trip. `None` when no session has that token. An empty `organization` asks for
/// no membership.
pub(super) async fn find_standing(tx: &mut Tx, session: &TokenDigest, organization: &str) -> Result<Option<Standing>, Fault> {
    let sensitive: Permissions = Permission::ALL.into_iter().filter(|permission| permission.is_sensitive()).collect();
    let row = sqlx::query!(
        r#"
        SELECT
            now() AS "now!",
            sessions.id, sessions.user_id, sessions.stage, sessions.created_at, sessions.last_used_at, sessions.organization_id,
            EXISTS (SELECT FROM two_factors WHERE two_factors.user_id = sessions.user_id AND confirmed_at IS NOT NULL) AS "has_factor!",
            EXISTS (
                SELECT FROM memberships AS held
                WHERE held.user_id = sessions.user_id AND held.deactivated_at IS NULL
                    AND (held.permissions & $3 <> 0 OR EXISTS (
                        SELECT FROM application_access
                        JOIN access_levels USING (organization_id, application_id)
                        WHERE application_access.organization_id = held.organization_id AND application_access.membership_id = held.id
                            AND access_levels.level <= application_access.level AND access_levels.sensitive))
            ) AS "holds_sensitive!",
            EXISTS (
                SELECT FROM application_access
                JOIN access_levels USING (organization_id, application_id)
                WHERE application_access.organization_id = member.organization_id AND application_access.membership_id = member.id
                    AND access_levels.level <= application_access.level AND access_levels.sensitive
            ) AS "has_sensitive_access!",
            member.id AS "membership_id?", member.role AS "role?", member.permissions AS "permissions?",
            member.deactivated_at IS NULL AS "is_active?", member.last_active_at AS "last_active_at?",
            organizations.id AS "member_organization_id?", organizations.name AS "organization_name?", organizations.slug AS "slug?"
        FROM sessions
        LEFT JOIN organizations ON organizations.slug = $2
        LEFT JOIN memberships AS member ON member.organization_id = organizations.id AND member.user_id = sessions.user_id
        WHERE sessions.digest = $1
        "#,
        session.as_bytes(),
        organization,
        i32::from(sensitive.bits()),
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let member = match (row.membership_id, row.role, row.permissions, row.member_organization_id, row.organization_name, row.slug) {
        (Some(id), Some(role), Some(bits), Some(organization), Some(organization_name), Some(slug)) => Some(MemberStanding {
            id: MembershipId::from_uuid(id),
            organization: OrganizationId::from_uuid(organization),
            organization_name,
            slug,
            role: Role::parse(&role).ok_or_else(|| Fault::Inconsistent { table: "memberships", reason: format!("role {role}") })?,
            held: u16::try_from(bits)
                .ok()
                .and_then(Permissions::from_bits)
                .ok_or_else(|| Fault::Inconsistent { table: "memberships", reason: format!("permissions {bits}") })?,
            has_sensitive_access: row.has_sensitive_access,
            is_active: row.is_active.unwrap_or(false),
            last_active_at: row.last_active_at.map(Moment::from_offset_date_time),
        }),
        _ => None,
    };
    Ok(Some(Standing {
        now: Moment::from_offset_date_time(row.now),
        session: SessionStanding {
            id: SessionId::from_uuid(row.id),
            user: UserId::from_uuid(row.user_id),
            is_full: row.stage == "full",
            created_at: Moment::from_offset_date_time(row.created_at),
            last_used_at: Moment::from_offset_date_time(row.last_used_at),
            last_organization: row.organization_id.map(OrganizationId::from_uuid),
            has_factor: row.has_factor,
            holds_sensitive: row.holds_sensitive,
        },
        member,
    }))
}

/// Notes that a session is in use.
pub(super) async fn mark_used(tx: &mut Tx, session: SessionId, now: Moment) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE sessions SET last_used_at = $2 WHERE id = $1", session.as_uuid(), now.to_offset_date_time())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes which organization was opened last.
pub(super) async fn mark_opened(tx: &mut Tx, session: SessionId, organization: OrganizationId) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE sessions SET organization_id = $2 WHERE id = $1", session.as_uuid(), organization.as_uuid())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes that the member was active in the organization.
pub(super) async fn mark_active(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: MembershipId,
    now: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE memberships SET last_active_at = $3 WHERE organization_id = $1 AND id = $2",
        organization.as_uuid(),
        membership.as_uuid(),
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Holds the organization's row until the transaction ends. `NO KEY UPDATE` and not `UPDATE`: rows that refer to the organization
/// can still be inserted.
pub(super) async fn lock_organization(tx: &mut Tx, organization: OrganizationId) -> Result<(), sqlx::Error> {
    let _: Uuid = sqlx::query_scalar!("SELECT id FROM organizations WHERE id = $1 FOR NO KEY UPDATE", organization.as_uuid())
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}
