//! SQL of applications, their levels, and who has which.

use super::model::{OfferedApplication, OfferedLevel};
use super::{Access, rules};
use crate::features::permissions::access::Allowed;
use crate::platform::db::{Read, Tx};
use crate::values::ids::{ApplicationId, MembershipId, OrganizationId};
use crate::values::moment::Moment;
use crate::values::token::TokenDigest;

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
pub async fn list_offered(reading: &mut Read, allowed: &Allowed) -> Result<Vec<OfferedApplication>, sqlx::Error> {
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
    .fetch_all(&mut *reading)
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

/// An application that somebody wants to open.
pub(super) struct Wanted {
    /// Slug of its organization, so that its door can be asked.
    pub(super) organization: String,
    pub(super) name: String,
    pub(super) address: String,
    /// Whether the session's person has access to it.
    pub(super) is_accessible: bool,
}

/// An application, as far as the session's person is concerned; whether the session is worth anything, the door says. What the person
/// holds is looked up, and not who holds the application.
///
/// Across organizations: it looks for the one whose door is asked next.
pub(super) async fn find_wanted(
    reading: &mut Read,
    application: ApplicationId,
    session: Option<&TokenDigest>,
) -> Result<Option<Wanted>, sqlx::Error> {
    sqlx::query_as!(
        Wanted,
        r#"
        SELECT organizations.slug AS organization, applications.name, applications.address,
            EXISTS (
                SELECT FROM sessions
                JOIN memberships ON memberships.organization_id = applications.organization_id AND memberships.user_id = sessions.user_id
                CROSS JOIN LATERAL (
                    SELECT application_id FROM application_access
                    WHERE application_access.organization_id = memberships.organization_id
                        AND application_access.membership_id = memberships.id
                    OFFSET 0
                ) AS held
                WHERE sessions.digest = $2 AND held.application_id = applications.id
            ) AS "is_accessible!"
        FROM applications
        JOIN organizations ON organizations.id = applications.organization_id
        WHERE applications.id = $1
        "#,
        application.as_uuid(),
        session.map(|digest| digest.as_bytes().as_slice()),
    )
    .fetch_optional(&mut *reading)
    .await
}
