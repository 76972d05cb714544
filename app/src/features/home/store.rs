//! SQL of the home page. Everything here is about the signed-in person themselves.

use super::model::{ApplicationTile, EndedMembership, OwnOrganization};
use crate::features::permissions::access::{Allowed, SignedIn};
use crate::features::permissions::{Permission, Permissions, Role};
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::values::ids::ApplicationId;
use crate::values::moment::Moment;

/// Where a person belongs, and where they did.
pub(super) struct Memberships {
    pub(super) active: Vec<OwnOrganization>,
    pub(super) ended: Vec<EndedMembership>,
}

/// Name and address of an application.
pub(super) struct Application {
    pub(super) name: String,
    pub(super) address: String,
}

/// The person's memberships, the active ones by name and the ended ones by time.
pub(super) async fn list_memberships(tx: &mut Tx, signed_in: &SignedIn) -> Result<Memberships, Fault> {
    let rows = sqlx::query!(
        r#"
        SELECT organizations.slug, organizations.name, memberships.role, memberships.deactivated_at
        FROM memberships
        JOIN organizations ON organizations.id = memberships.organization_id
        WHERE memberships.user_id = $1
        ORDER BY memberships.deactivated_at DESC, lower(organizations.name), organizations.id
        "#,
        signed_in.user.as_uuid(),
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut memberships = Memberships { active: Vec::new(), ended: Vec::new() };
    for row in rows {
        if let Some(ended_at) = row.deactivated_at {
            memberships.ended.push(EndedMembership { organization: row.name, ended_at: Moment::from_offset_date_time(ended_at) });
            continue;
        }
        let role =
            Role::parse(&row.role).ok_or_else(|| Fault::Inconsistent { table: "memberships", reason: format!("role {}", row.role) })?;
        memberships.active.push(OwnOrganization { slug: row.slug, name: row.name, role });
    }
    Ok(memberships)
}

/// What the person can open, in all organizations, by name. Where a second factor is owed, nothing opens before it is set up: as at
/// the door, whatever is sensitive of a membership counts, its permissions and its levels of access.
pub(super) async fn list_openable_applications(tx: &mut Tx, signed_in: &SignedIn) -> Result<Vec<ApplicationTile>, sqlx::Error> {
    let opening = Permissions::from(Permission::OpenApplications);
    let sensitive: Permissions = Permission::ALL.into_iter().filter(|permission| permission.is_sensitive()).collect();
    let rows = sqlx::query!(
        r#"
        SELECT applications.id, applications.name, applications.description, access_levels.name AS level, organizations.name AS organization
        FROM memberships
        JOIN organizations ON organizations.id = memberships.organization_id
        JOIN application_access ON application_access.organization_id = memberships.organization_id AND application_access.membership_id = memberships.id
        JOIN applications ON applications.organization_id = application_access.organization_id AND applications.id = application_access.application_id
        JOIN access_levels ON access_levels.organization_id = application_access.organization_id
            AND access_levels.application_id = application_access.application_id AND access_levels.level = application_access.level
        WHERE memberships.user_id = $1 AND memberships.deactivated_at IS NULL AND memberships.permissions & $2 <> 0
            AND ($4 OR memberships.permissions & $3 = 0 AND NOT EXISTS (
                SELECT FROM application_access AS held
                JOIN access_levels AS contained USING (organization_id, application_id)
                WHERE held.organization_id = memberships.organization_id AND held.membership_id = memberships.id
                    AND contained.level <= held.level AND contained.sensitive))
        ORDER BY lower(applications.name), lower(organizations.name), applications.id
        "#,
        signed_in.user.as_uuid(),
        i32::from(opening.bits()),
        i32::from(sensitive.bits()),
        signed_in.has_factor,
    )
    .fetch_all(&mut **tx)
    .await?;
    let tiles = rows.into_iter().map(|row| ApplicationTile {
        id: ApplicationId::from_uuid(row.id),
        name: row.name,
        description: row.description,
        level: row.level,
        organization: row.organization,
    });
    Ok(tiles.collect())
}

/// Slug of the organization that an application belongs to, so that its door can be asked.
pub(super) async fn find_organization_of(tx: &mut Tx, application: ApplicationId) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT organizations.slug FROM applications JOIN organizations ON organizations.id = applications.organization_id WHERE applications.id = $1",
        application.as_uuid(),
    )
    .fetch_optional(&mut **tx)
    .await
}

/// The application, if the caller has access to it.
pub(super) async fn find_accessible(
    tx: &mut Tx,
    allowed: &Allowed,
    application: ApplicationId,
) -> Result<Option<Application>, sqlx::Error> {
    let (organization, membership) = (allowed.organization().as_uuid(), allowed.membership().as_uuid());
    sqlx::query_as!(
        Application,
        r#"
        SELECT applications.name, applications.address
        FROM application_access
        JOIN applications ON applications.organization_id = application_access.organization_id AND applications.id = application_access.application_id
        WHERE application_access.organization_id = $1 AND application_access.membership_id = $2 AND application_access.application_id = $3
        "#,
        organization,
        membership,
        application.as_uuid(),
    )
    .fetch_optional(&mut **tx)
    .await
}
