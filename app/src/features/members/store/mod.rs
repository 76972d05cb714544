//! Every SQL statement about members.

mod listing;

use sqlx::{FromRow, Postgres, QueryBuilder, Row};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::features::memberships::Membership;
use crate::features::memberships::rules::MembershipTimes;
use crate::features::permissions::access::Allowed;
use crate::features::permissions::stored;
use crate::platform::db::Read;
use crate::platform::incidents::Fault;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, UserId};
use crate::values::moment::Moment;

pub(super) use listing::{COUNTED_MATCHES, Listed, Position, Wanted, list_found, list_members};

/// A membership with everything that the list shows.
pub(super) struct ListedMember {
    /// The membership and its person.
    pub(super) membership: Membership,
    /// The account's username, or the drafted one.
    pub(super) username: String,
    /// Last seen in this organization.
    pub(super) last_active_at: Option<Moment>,
    /// Whether the account has two factors.
    pub(super) has_factor: bool,
    /// Applications with their level.
    pub(super) applications: Vec<String>,
    /// Key of the order by name.
    pub(super) sort_name: String,
}

#[derive(FromRow)]
struct ListedRow {
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

impl TryFrom<ListedRow> for ListedMember {
    type Error = Fault;

    fn try_from(row: ListedRow) -> Result<Self, Self::Error> {
        let moment = |at: Option<OffsetDateTime>| at.map(Moment::from_offset_date_time);
        Ok(Self {
            membership: Membership {
                id: MembershipId::from_uuid(row.id),
                user: row.user_id.map(UserId::from_uuid),
                first_name: row.first_name.unwrap_or_default(),
                last_name: row.last_name.unwrap_or_default(),
                email: EmailAddress::parse(&row.email.unwrap_or_default()).map_err(|error| Fault::inconsistent("memberships", error))?,
                role: stored::role(&row.role)?,
                held: stored::permissions(row.permissions)?,
                times: MembershipTimes {
                    invited_at: moment(row.invited_at),
                    link_expires_at: moment(row.link_expires_at),
                    activated_at: moment(row.activated_at),
                    deactivated_at: moment(row.deactivated_at),
                },
                is_closing: row.is_closing,
            },
            username: row.username.unwrap_or_default(),
            last_active_at: moment(row.last_active_at),
            has_factor: row.has_factor,
            applications: row.applications,
            sort_name: row.sort_name,
        })
    }
}

/// What a row of the list shows, of `memberships` and `users` as the statement around it selects them. The factor is one value a row:
/// an `EXISTS` would be answered for everybody of the installation at once.
///
/// Across organizations: the memberships are those of one already, and everything else is asked for by their own organization.
const COLUMNS: &str = "
    SELECT
        memberships.id, memberships.user_id,
        coalesce(users.first_name, memberships.first_name) AS first_name,
        coalesce(users.last_name, memberships.last_name) AS last_name,
        coalesce(users.email, memberships.email) AS email,
        coalesce(users.username, memberships.username) AS username,
        memberships.role, memberships.permissions,
        memberships.invited_at, memberships.link_expires_at, memberships.activated_at, memberships.deactivated_at,
        (
            SELECT visited_at FROM last_visits
            WHERE last_visits.organization_id = memberships.organization_id AND last_visits.membership_id = memberships.id
        ) AS last_active_at,
        (
            SELECT true FROM two_factors WHERE two_factors.user_id = memberships.user_id AND confirmed_at IS NOT NULL LIMIT 1
        ) IS NOT NULL AS has_factor,
        users.closing_at IS NOT NULL AS is_closing,
        ARRAY (
            SELECT held.application || ': ' || held.level
            FROM (
                SELECT
                    (
                        SELECT applications.name FROM applications
                        WHERE applications.organization_id = application_access.organization_id
                            AND applications.id = application_access.application_id
                    ) AS application,
                    (
                        SELECT access_levels.name FROM access_levels
                        WHERE access_levels.organization_id = application_access.organization_id
                            AND access_levels.application_id = application_access.application_id
                            AND access_levels.level = application_access.level
                    ) AS level
                FROM application_access
                WHERE application_access.organization_id = memberships.organization_id AND application_access.membership_id = memberships.id
                OFFSET 0
            ) AS held
            ORDER BY held.application
        ) AS applications,
        memberships.sort_name
    ";

/// One membership of the organization, as the list shows it.
pub(super) async fn find_listed(reading: &mut Read, allowed: &Allowed, id: MembershipId) -> Result<Option<ListedMember>, Fault> {
    let mut query = QueryBuilder::<Postgres>::new("");
    push_one(&mut query, allowed, id);
    let row: Option<ListedRow> = query.build_query_as().fetch_optional(&mut *reading).await?;
    row.map(ListedMember::try_from).transpose()
}

/// Somebody who may be deactivated, and what depends on them.
pub(super) struct Leaving {
    pub(super) listed: ListedMember,
    /// How many administrators can be reached, counted up to two.
    pub(super) reachable_administrators: i64,
    /// Addresses of the invitations that they sent and that wait.
    pub(super) pending_invitations: Vec<String>,
}

/// One membership of the organization, and what ends or stays with it.
pub(super) async fn find_leaving(reading: &mut Read, allowed: &Allowed, id: MembershipId) -> Result<Option<Leaving>, Fault> {
    let organization = allowed.organization().as_uuid();
    let mut query = QueryBuilder::<Postgres>::new(
        "SELECT listed.*, (SELECT count(*) FROM (SELECT FROM reachable_administrators WHERE reachable_administrators.organization_id = ",
    );
    query.push_bind(organization);
    query.push(
        " LIMIT 2) AS reachable) AS reachable_administrators, ARRAY (SELECT email FROM memberships WHERE memberships.organization_id = ",
    );
    query.push_bind(organization);
    query
        .push(" AND memberships.invited_by = listed.user_id AND memberships.user_id IS NULL ORDER BY email) AS pending_invitations FROM (");
    push_one(&mut query, allowed, id);
    query.push(") AS listed");
    let Some(row) = query.build().fetch_optional(&mut *reading).await? else {
        return Ok(None);
    };
    Ok(Some(Leaving {
        listed: ListedRow::from_row(&row)?.try_into()?,
        reachable_administrators: row.try_get("reachable_administrators")?,
        pending_invitations: row.try_get("pending_invitations")?,
    }))
}

fn push_one(query: &mut QueryBuilder<Postgres>, allowed: &Allowed, id: MembershipId) {
    query.push(COLUMNS);
    query.push("FROM memberships LEFT JOIN users ON users.id = memberships.user_id WHERE memberships.organization_id = ");
    query.push_bind(allowed.organization().as_uuid());
    query.push(" AND memberships.id = ");
    query.push_bind(id.as_uuid());
}
