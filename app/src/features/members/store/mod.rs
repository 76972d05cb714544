//! Every SQL statement about members.

mod listing;

use sqlx::{FromRow, Postgres, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use super::rules::MembershipTimes;
use crate::features::permissions::access::Allowed;
use crate::features::permissions::{Permissions, Role};
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::values::ids::{MembershipId, UserId};
use crate::values::moment::Moment;

pub(super) use listing::{COUNTED_MATCHES, Found, Listed, Position, count_matches, list_found, list_members};

/// A membership with everything that the list and the rules look at.
pub(crate) struct MembershipRecord {
    /// The membership.
    pub(crate) id: MembershipId,
    /// The account, once there is one.
    pub(crate) user: Option<UserId>,
    /// The account's names, else the typed ones.
    pub(crate) first_name: String,
    /// See `first_name`.
    pub(crate) last_name: String,
    /// The account's address, else the invited one.
    pub(crate) email: String,
    /// The account's username.
    pub(crate) username: String,
    /// The role.
    pub(crate) role: Role,
    /// The permissions.
    pub(crate) held: Permissions,
    /// Times that the status derives from.
    pub(crate) times: MembershipTimes,
    /// Last seen in this organization.
    pub(crate) last_active_at: Option<Moment>,
    /// Whether the account has two factors.
    pub(crate) has_factor: bool,
    /// Whether the account is about to be closed.
    pub(crate) is_closing: bool,
    /// Applications with their level.
    pub(crate) applications: Vec<String>,
    /// Key of the order by name.
    pub(crate) sort_name: String,
}

#[derive(FromRow)]
struct MembershipRow {
    id: Uuid,
    user_id: Option<Uuid>,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    username: Option<String>,
    role: String,
    permissions: i32,
    invited_at: Option<OffsetDateTime>,
    link_expires_at: Option<OffsetDateTime>,
    activated_at: Option<OffsetDateTime>,
    deactivated_at: Option<OffsetDateTime>,
    last_active_at: Option<OffsetDateTime>,
    has_factor: bool,
    is_closing: bool,
    applications: Vec<String>,
    sort_name: String,
}

impl TryFrom<MembershipRow> for MembershipRecord {
    type Error = Fault;

    fn try_from(row: MembershipRow) -> Result<Self, Self::Error> {
        let moment = |at: Option<OffsetDateTime>| at.map(Moment::from_offset_date_time);
        Ok(Self {
            id: MembershipId::from_uuid(row.id),
            user: row.user_id.map(UserId::from_uuid),
            first_name: row.first_name.unwrap_or_default(),
            last_name: row.last_name.unwrap_or_default(),
            email: row.email.unwrap_or_default(),
            username: row.username.unwrap_or_default(),
            role: role(&row.role)?,
            held: permissions(row.permissions)?,
            times: MembershipTimes {
                invited_at: moment(row.invited_at),
                link_expires_at: moment(row.link_expires_at),
                activated_at: moment(row.activated_at),
                deactivated_at: moment(row.deactivated_at),
            },
            last_active_at: moment(row.last_active_at),
            has_factor: row.has_factor,
            is_closing: row.is_closing,
            applications: row.applications,
            sort_name: row.sort_name,
        })
    }
}

/// A stored role.
pub(crate) fn role(text: &str) -> Result<Role, Fault> {
    Role::parse(text).ok_or_else(|| Fault::Inconsistent { table: "memberships", reason: format!("role {text}") })
}

/// Stored permissions.
pub(crate) fn permissions(bits: i32) -> Result<Permissions, Fault> {
    u16::try_from(bits)
        .ok()
        .and_then(Permissions::from_bits)
        .ok_or_else(|| Fault::Inconsistent { table: "memberships", reason: format!("permissions {bits}") })
}

const COLUMNS: &str = "
    SELECT
        memberships.id, memberships.user_id,
        coalesce(users.first_name, memberships.first_name) AS first_name,
        coalesce(users.last_name, memberships.last_name) AS last_name,
        coalesce(users.email, memberships.email) AS email,
        coalesce(users.username, memberships.username) AS username,
        memberships.role, memberships.permissions,
        memberships.invited_at, memberships.link_expires_at, memberships.activated_at, memberships.deactivated_at,
        memberships.last_active_at,
        EXISTS (SELECT FROM two_factors WHERE two_factors.user_id = memberships.user_id AND confirmed_at IS NOT NULL) AS has_factor,
        users.closing_at IS NOT NULL AS is_closing,
        ARRAY (
            SELECT applications.name || ': ' || access_levels.name
            FROM application_access
            JOIN applications ON applications.organization_id = application_access.organization_id
                AND applications.id = application_access.application_id
            JOIN access_levels ON access_levels.organization_id = application_access.organization_id
                AND access_levels.application_id = application_access.application_id AND access_levels.level = application_access.level
            WHERE application_access.organization_id = memberships.organization_id AND application_access.membership_id = memberships.id
            ORDER BY applications.name
        ) AS applications,
        memberships.sort_name
    FROM memberships
    LEFT JOIN users ON users.id = memberships.user_id
    WHERE memberships.organization_id = ";

/// How many administrators can be reached, counted up to two. For a decision it must run under the organization's lock.
pub(crate) async fn count_reachable_administrators(tx: &mut Tx, allowed: &Allowed) -> Result<i64, sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "count!" FROM (
            SELECT FROM memberships
            JOIN users ON users.id = memberships.user_id
            WHERE memberships.organization_id = $1 AND memberships.role = 'administrator'
                AND memberships.deactivated_at IS NULL AND users.closing_at IS NULL
            LIMIT 2
        ) AS reachable
        "#,
        organization,
    )
    .fetch_one(&mut **tx)
    .await
}

/// One membership of the organization, held until the transaction ends.
pub(crate) async fn lock_member(tx: &mut Tx, allowed: &Allowed, id: MembershipId) -> Result<Option<MembershipRecord>, Fault> {
    let organization = allowed.organization().as_uuid();
    let locked =
        sqlx::query_scalar!("SELECT id FROM memberships WHERE organization_id = $1 AND id = $2 FOR UPDATE", organization, id.as_uuid(),)
            .fetch_optional(&mut **tx)
            .await?;
    match locked {
        Some(_) => find_member(tx, allowed, id).await,
        None => Ok(None),
    }
}

/// One membership of the organization.
pub(crate) async fn find_member(tx: &mut Tx, allowed: &Allowed, id: MembershipId) -> Result<Option<MembershipRecord>, Fault> {
    let mut query = QueryBuilder::<Postgres>::new(COLUMNS);
    query.push_bind(allowed.organization().as_uuid());
    query.push(" AND memberships.id = ");
    query.push_bind(id.as_uuid());
    let row: Option<MembershipRow> = query.build_query_as().fetch_optional(&mut **tx).await?;
    row.map(MembershipRecord::try_from).transpose()
}

/// Withdraws access.
pub(super) async fn mark_deactivated(tx: &mut Tx, allowed: &Allowed, id: MembershipId) -> Result<(), sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    let now = allowed.now().to_offset_date_time();
    sqlx::query!(
        "UPDATE memberships SET deactivated_at = $3 WHERE organization_id = $1 AND id = $2 AND deactivated_at IS NULL",
        organization,
        id.as_uuid(),
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Open sessions of a person, for the receipt.
pub(super) async fn count_sessions(tx: &mut Tx, user: UserId, idle_seconds: i64, most_seconds: i64) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "count!" FROM sessions
        WHERE user_id = $1 AND stage = 'full'
            AND last_used_at > now() - $2::bigint * interval '1 second' AND created_at > now() - $3::bigint * interval '1 second'
        "#,
        user.as_uuid(),
        idle_seconds,
        most_seconds,
    )
    .fetch_one(&mut **tx)
    .await
}

/// Pending invitations that a person sent in this organization, with their address and what they offer.
pub(super) async fn list_pending_invitations_by(
    tx: &mut Tx,
    allowed: &Allowed,
    inviter: UserId,
) -> Result<Vec<(MembershipId, String, Permissions)>, Fault> {
    let organization = allowed.organization().as_uuid();
    let rows = sqlx::query!(
        r#"
        SELECT id, email AS "email!", permissions FROM memberships
        WHERE organization_id = $1 AND invited_by = $2 AND user_id IS NULL
        ORDER BY email
        "#,
        organization,
        inviter.as_uuid(),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| Ok((MembershipId::from_uuid(row.id), row.email, permissions(row.permissions)?))).collect()
}

/// Removes a pending membership and kills its links, also those that were replaced before, so that nobody can join by them. False when its person was quicker.
pub(crate) async fn withdraw_invitation(tx: &mut Tx, allowed: &Allowed, id: MembershipId) -> Result<bool, sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    let now = allowed.now().to_offset_date_time();
    let removed =
        sqlx::query!("DELETE FROM memberships WHERE organization_id = $1 AND id = $2 AND user_id IS NULL", organization, id.as_uuid(),)
            .execute(&mut **tx)
            .await?;
    if removed.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        r#"
        UPDATE links SET voided_at = $3, voided_because = 'withdrawn'
        WHERE organization_id = $1 AND membership_id = $2 AND used_at IS NULL AND (voided_at IS NULL OR voided_because = 'replaced')
        "#,
        organization,
        id.as_uuid(),
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(true)
}
