//! SQL of the home page. Everything here is about the signed-in person themselves.

use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

use super::model::{EndedMembership, OwnOrganization};
use crate::features::accepting::rules::Waiting;
use crate::features::applications::model::ApplicationTile;
use crate::features::permissions::access::SignedIn;
use crate::features::permissions::{Permission, stored};
use crate::platform::db::Read;
use crate::platform::incidents::Fault;
use crate::values::ids::{ApplicationId, MembershipId};
use crate::values::moment::Moment;

/// What the page shows.
pub(super) struct HomeFacts {
    /// Where the person is an active member, by name.
    pub(super) organizations: Vec<OwnOrganization>,
    /// Where they were, latest first.
    pub(super) ended: Vec<EndedMembership>,
    /// What they can open, by name.
    pub(super) applications: Vec<ApplicationTile>,
    /// The invitations that wait for their proved address, oldest first; some may no longer stand.
    pub(super) waiting: Vec<Waiting>,
}

#[derive(Debug, Deserialize)]
struct OwnMembership {
    slug: String,
    name: String,
    role: String,
    ended_at: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Openable {
    id: Uuid,
    name: String,
    description: String,
    level: String,
    organization: String,
}

#[derive(Debug, Deserialize)]
struct WaitingMembership {
    id: Uuid,
    role: String,
    permissions: i32,
    is_sensitive: bool,
    valid_until: i64,
    organization: String,
    label: String,
    inviter: String,
    inviter_permissions: Option<i32>,
}

/// All of it in one statement, each list as JSON with its times in microseconds: the lists have nothing in common but their person.
/// Where a second factor is owed, nothing opens before it is set up: as at the door, whatever is sensitive of a membership counts, its
/// permissions and its levels of access.
///
/// Across organizations: the page shows all that the person belongs to, can open, and is invited to.
pub(super) async fn get_home(reading: &mut Read, signed_in: &SignedIn) -> Result<HomeFacts, Fault> {
    let address = signed_in.is_email_proved.then(|| signed_in.email.key());
    let row = sqlx::query!(
        r#"
        SELECT
            (
                SELECT json_agg(json_build_object('slug', organizations.slug, 'name', organizations.name, 'role', memberships.role,
                        'ended_at', (extract(epoch FROM memberships.deactivated_at) * 1000000)::bigint)
                    ORDER BY memberships.deactivated_at DESC, lower(organizations.name), organizations.id)
                FROM memberships
                JOIN organizations ON organizations.id = memberships.organization_id
                WHERE memberships.user_id = $1
            ) AS "memberships: Json<Vec<OwnMembership>>",
            (
                SELECT json_agg(json_build_object('id', applications.id, 'name', applications.name, 'description', applications.description,
                        'level', access_levels.name, 'organization', organizations.name)
                    ORDER BY lower(applications.name), lower(organizations.name), applications.id)
                FROM memberships
                JOIN organizations ON organizations.id = memberships.organization_id
                JOIN application_access ON application_access.organization_id = memberships.organization_id
                    AND application_access.membership_id = memberships.id
                JOIN applications ON applications.organization_id = application_access.organization_id
                    AND applications.id = application_access.application_id
                JOIN access_levels ON access_levels.organization_id = application_access.organization_id
                    AND access_levels.application_id = application_access.application_id AND access_levels.level = application_access.level
                WHERE memberships.user_id = $1 AND memberships.deactivated_at IS NULL AND memberships.permissions & $2 <> 0
                    AND ($3 OR (
                        SELECT true FROM sensitive_access
                        WHERE sensitive_access.organization_id = memberships.organization_id
                            AND sensitive_access.membership_id = memberships.id
                        LIMIT 1) IS NULL)
            ) AS "applications: Json<Vec<Openable>>",
            (
                SELECT json_agg(json_build_object('id', memberships.id, 'role', memberships.role, 'permissions', memberships.permissions,
                        'is_sensitive', EXISTS (
                            SELECT FROM sensitive_access
                            WHERE sensitive_access.organization_id = memberships.organization_id
                                AND sensitive_access.membership_id = memberships.id),
                        'valid_until', (extract(epoch FROM memberships.link_expires_at) * 1000000)::bigint,
                        'organization', organizations.name, 'label', organizations.label,
                        'inviter', coalesce(inviter.first_name || ' ' || inviter.last_name, ''),
                        'inviter_permissions', CASE WHEN inviting.deactivated_at IS NULL THEN inviting.permissions END)
                    ORDER BY memberships.created_at)
                FROM memberships
                JOIN organizations ON organizations.id = memberships.organization_id
                LEFT JOIN users AS inviter ON inviter.id = memberships.invited_by
                LEFT JOIN memberships AS inviting ON inviting.organization_id = memberships.organization_id
                    AND inviting.user_id = memberships.invited_by
                WHERE memberships.email_key = $4 AND memberships.user_id IS NULL AND memberships.invited_at IS NOT NULL
                    AND memberships.link_expires_at > now()
            ) AS "waiting: Json<Vec<WaitingMembership>>"
        "#,
        signed_in.user.as_uuid(),
        stored::bits(Permission::OpenApplications.into()),
        signed_in.has_factor,
        address,
    )
    .fetch_one(&mut *reading)
    .await?;
    let mut facts = HomeFacts { organizations: Vec::new(), ended: Vec::new(), applications: Vec::new(), waiting: Vec::new() };
    for own in list(row.memberships) {
        match own.ended_at {
            Some(at) => facts.ended.push(EndedMembership { organization: own.name, ended_at: Moment::from_microseconds(at) }),
            None => facts.organizations.push(OwnOrganization { slug: own.slug, name: own.name, role: stored::role(&own.role)? }),
        }
    }
    facts.applications = list(row.applications)
        .map(|openable| ApplicationTile {
            id: ApplicationId::from_uuid(openable.id),
            name: openable.name,
            description: openable.description,
            level: openable.level,
            organization: openable.organization,
        })
        .collect();
    for waiting in list(row.waiting) {
        facts.waiting.push(Waiting {
            member: MembershipId::from_uuid(waiting.id),
            role: stored::role(&waiting.role)?,
            offered: stored::permissions(waiting.permissions)?,
            is_sensitive: waiting.is_sensitive,
            valid_until: Moment::from_microseconds(waiting.valid_until),
            organization_name: waiting.organization,
            label: waiting.label,
            inviter: waiting.inviter,
            inviter_held: waiting.inviter_permissions.map(stored::permissions).transpose()?,
        });
    }
    Ok(facts)
}

/// The rows of a list; Postgres says nothing of an empty one.
fn list<Row>(rows: Option<Json<Vec<Row>>>) -> impl Iterator<Item = Row> {
    rows.map(|Json(rows)| rows).unwrap_or_default().into_iter()
}
