//! Every SQL statement about members.

mod listing;

use sqlx::{FromRow, Postgres, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::features::memberships::Membership;
use crate::features::memberships::rules::MembershipTimes;
use crate::features::permissions::access::Allowed;
use crate::features::permissions::stored;
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, UserId};
use crate::values::moment::Moment;

pub(super) use listing::{COUNTED_MATCHES, Found, Listed, Position, count_matches, list_found, list_members};

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

/// What a row of the list shows, of `memberships` and `users` as the statement around it selects them.
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
        EXISTS (SELECT FROM two_factors WHERE two_factors.user_id = memberships.user_id AND confirmed_at IS NOT NULL) AS has_factor,
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
pub(super) async fn find_listed(tx: &mut Tx, allowed: &Allowed, id: MembershipId) -> Result<Option<ListedMember>, Fault> {
    let mut query = QueryBuilder::<Postgres>::new(COLUMNS);
    query.push("FROM memberships LEFT JOIN users ON users.id = memberships.user_id WHERE memberships.organization_id = ");
    query.push_bind(allowed.organization().as_uuid());
    query.push(" AND memberships.id = ");
    query.push_bind(id.as_uuid());
    let row: Option<ListedRow> = query.build_query_as().fetch_optional(&mut **tx).await?;
    row.map(ListedMember::try_from).transpose()
}
