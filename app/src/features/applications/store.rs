//! SQL of applications, their levels, and who has which.

use super::model::{ApplicationTile, OfferedApplication, OfferedLevel, OwnApplication};
use super::{Access, rules};
use crate::features::permissions::access::{Allowed, SignedIn};
use crate::features::permissions::{Permission, stored};
use crate::platform::db::Tx;
use crate::values::ids::{ApplicationId, MembershipId, OrganizationId};
use crate::values::moment::Moment;

/// Name and address of an application.
pub(super) struct Application {
    pub(super) name: String,
    pub(super) address: String,
}

/// An application about to be listed.
pub struct NewApplication<'application> {
    /// The application.
    pub id: ApplicationId,
    /// Its name.
    pub name: &'application str,
    /// Where it is.
    pub address: &'application str,
    /// What it is for; may be empty.
    pub description: &'application str,
    /// Its levels, lowest first.
    pub levels: &'application [NewLevel<'application>],
}

/// A level of an application about to be listed.
pub struct NewLevel<'application> {
    /// Its name.
    pub name: &'application str,
    /// Whether whoever holds it must sign in with two factors.
    pub is_sensitive: bool,
}

/// Adds an application with its levels.
pub async fn insert(tx: &mut Tx, organization: OrganizationId, application: &NewApplication<'_>, now: Moment) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO applications (organization_id, id, name, address, description, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        organization.as_uuid(),
        application.id.as_uuid(),
        application.name,
        application.address,
        application.description,
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    let names: Vec<String> = application.levels.iter().map(|level| level.name.to_owned()).collect();
    let sensitive: Vec<bool> = application.levels.iter().map(|level| level.is_sensitive).collect();
    sqlx::query!(
        r#"
        INSERT INTO access_levels (organization_id, application_id, level, name, sensitive)
        SELECT $1, $2, position, name, is_sensitive
        FROM unnest($3::text[], $4::bool[]) WITH ORDINALITY AS levels (name, is_sensitive, position)
        "#,
        organization.as_uuid(),
        application.id.as_uuid(),
        &names,
        &sensitive,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives a membership that has no access yet its levels.
pub async fn give(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: MembershipId,
    access: &Access,
    now: Moment,
) -> Result<(), sqlx::Error> {
    if access.is_empty() {
        return Ok(());
    }
    let (applications, levels): (Vec<_>, Vec<i32>) = access.iter().map(|(application, level)| (application.as_uuid(), level)).unzip();
    sqlx::query!(
        r#"
        INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at)
        SELECT $1, $2, given.application_id, given.level, $5 FROM unnest($3::uuid[], $4::int[]) AS given (application_id, level)
        "#,
        organization.as_uuid(),
        membership.as_uuid(),
        &applications,
        &levels,
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The organization's applications by name, with the levels that the acting person may give.
pub async fn list_offered(tx: &mut Tx, allowed: &Allowed) -> Result<Vec<OfferedApplication>, sqlx::Error> {
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

/// Applications of this organization that the caller has access to, by name.
pub async fn list_own(tx: &mut Tx, allowed: &Allowed) -> Result<Vec<OwnApplication>, sqlx::Error> {
    let (organization, membership) = (allowed.organization().as_uuid(), allowed.membership().as_uuid());
    let rows = sqlx::query!(
        r#"
        SELECT applications.id, applications.name, applications.description, access_levels.name AS level
        FROM application_access
        JOIN applications ON applications.organization_id = application_access.organization_id AND applications.id = application_access.application_id
        JOIN access_levels ON access_levels.organization_id = application_access.organization_id
            AND access_levels.application_id = application_access.application_id AND access_levels.level = application_access.level
        WHERE application_access.organization_id = $1 AND application_access.membership_id = $2
        ORDER BY lower(applications.name), applications.id
        "#,
        organization,
        membership,
    )
    .fetch_all(&mut **tx)
    .await?;
    let own = rows.into_iter().map(|row| OwnApplication {
        id: ApplicationId::from_uuid(row.id),
        name: row.name,
        description: row.description,
        level: row.level,
    });
    Ok(own.collect())
}

/// What the person can open, in all organizations, by name. Where a second factor is owed, nothing opens before it is set up: as at
/// the door, whatever is sensitive of a membership counts, its permissions and its levels of access.
///
/// Across organizations: the page shows what the person can open in all of them.
pub async fn list_openable(tx: &mut Tx, signed_in: &SignedIn) -> Result<Vec<ApplicationTile>, sqlx::Error> {
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
            AND ($3 OR NOT EXISTS (
                SELECT FROM sensitive_access
                WHERE sensitive_access.organization_id = memberships.organization_id AND sensitive_access.membership_id = memberships.id))
        ORDER BY lower(applications.name), lower(organizations.name), applications.id
        "#,
        signed_in.user.as_uuid(),
        stored::bits(Permission::OpenApplications.into()),
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
///
/// Across organizations: it looks for the one whose door is asked next.
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
