//! SQL of the door.

use uuid::Uuid;

use crate::features::permissions::permission::Permissions;
use crate::features::permissions::role::Role;
use crate::features::permissions::stored;
use crate::platform::db::{Read, Tx};
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
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and none follows from another")]
pub(super) struct SessionStanding {
    pub(super) id: SessionId,
    pub(super) user: UserId,
    pub(super) is_full: bool,
    pub(super) created_at: Moment,
    pub(super) last_used_at: Moment,
    pub(super) last_organization: Option<OrganizationId>,
    pub(super) proved_at: Moment,
    pub(super) email: String,
    pub(super) is_email_proved: bool,
    pub(super) is_closing: bool,
    pub(super) has_factor: bool,
    pub(super) holds_sensitive: bool,
}

impl SessionStanding {
    /// Whether neither the idle nor the absolute limit has passed.
    pub(super) fn is_live(&self, settings: &Settings, now: Moment) -> bool {
        now.seconds_since(self.last_used_at) < settings.session_idle_seconds()
            && now.seconds_since(self.created_at) < settings.session_max_seconds()
    }
}

/// The person's membership of the organization asked for.
pub(super) struct MemberStanding {
    pub(super) id: MembershipId,
    pub(super) organization: OrganizationId,
    pub(super) organization_name: String,
    pub(super) slug: String,
    pub(super) label: String,
    pub(super) link_validity_seconds: i32,
    pub(super) role: Role,
    pub(super) held: Permissions,
    pub(super) holds_sensitive: bool,
    pub(super) is_active: bool,
    pub(super) activated_at: Option<Moment>,
    pub(super) visited_at: Option<Moment>,
}

/// Session, person and membership in one round trip. `None` when no session has that token. An empty `organization` asks for
/// no membership.
///
/// What is sensitive is looked up for each membership: as a condition with `EXISTS`, Postgres would join it to the memberships of the
/// whole installation.
///
/// Across organizations: a second factor is owed for what the person holds in any of them.
pub(super) async fn find_standing(reading: &mut Read, session: &TokenDigest, organization: &str) -> Result<Option<Standing>, Fault> {
    let row = sqlx::query!(
        r#"
        SELECT
            now() AS "now!",
            sessions.id, sessions.user_id, sessions.stage, sessions.created_at, sessions.last_used_at, sessions.proved_at,
            sessions.organization_id,
            users.email, users.email_proved_at IS NOT NULL AS "is_email_proved!", users.closing_at IS NOT NULL AS "is_closing!",
            EXISTS (SELECT FROM two_factors WHERE two_factors.user_id = sessions.user_id AND confirmed_at IS NOT NULL) AS "has_factor!",
            EXISTS (
                SELECT FROM memberships AS held
                WHERE held.user_id = sessions.user_id AND held.deactivated_at IS NULL AND (
                    SELECT true FROM sensitive_access
                    WHERE sensitive_access.organization_id = held.organization_id AND sensitive_access.membership_id = held.id
                    LIMIT 1)
            ) AS "holds_sensitive!",
            EXISTS (
                SELECT FROM sensitive_access
                WHERE sensitive_access.organization_id = member.organization_id AND sensitive_access.membership_id = member.id
            ) AS "is_sensitive!",
            member.id AS "membership_id?", member.role AS "role?", member.permissions AS "permissions?",
            member.deactivated_at IS NULL AS "is_active?", member.activated_at AS "activated_at?", last_visits.visited_at AS "visited_at?",
            organizations.id AS "member_organization_id?", organizations.name AS "organization_name?", organizations.slug AS "slug?",
            organizations.label AS "label?", organizations.link_validity_seconds AS "link_validity_seconds?"
        FROM sessions
        JOIN users ON users.id = sessions.user_id
        LEFT JOIN organizations ON organizations.slug = $2
        LEFT JOIN memberships AS member ON member.organization_id = organizations.id AND member.user_id = sessions.user_id
        LEFT JOIN last_visits ON last_visits.organization_id = member.organization_id AND last_visits.membership_id = member.id
        WHERE sessions.digest = $1
        "#,
        session.as_bytes(),
        organization,
    )
    .fetch_optional(&mut *reading)
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
            label: row.label.unwrap_or_default(),
            link_validity_seconds: row.link_validity_seconds.unwrap_or_default(),
            role: stored::role(&role)?,
            held: stored::permissions(bits)?,
            holds_sensitive: row.is_sensitive,
            is_active: row.is_active.unwrap_or(false),
            activated_at: row.activated_at.map(Moment::from_offset_date_time),
            visited_at: row.visited_at.map(Moment::from_offset_date_time),
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
            proved_at: Moment::from_offset_date_time(row.proved_at),
            email: row.email,
            is_email_proved: row.is_email_proved,
            is_closing: row.is_closing,
            has_factor: row.has_factor,
            holds_sensitive: row.holds_sensitive,
        },
        member,
    }))
}

/// Notes that the member was here.
pub(super) async fn mark_visited(
    reading: &mut Read,
    organization: OrganizationId,
    membership: MembershipId,
    now: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO last_visits (organization_id, membership_id, visited_at) VALUES ($1, $2, $3)
        ON CONFLICT (organization_id, membership_id) DO UPDATE SET visited_at = excluded.visited_at
        "#,
        organization.as_uuid(),
        membership.as_uuid(),
        now.to_offset_date_time(),
    )
    .execute(&mut *reading)
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
