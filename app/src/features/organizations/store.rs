//! SQL of organizations.

use crate::features::applications::model::OwnApplication;
use crate::features::permissions::access::Allowed;
use crate::platform::db::{Read, Tx};
use crate::platform::incidents::Fault;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{ApplicationId, MembershipId, OrganizationId};
use crate::values::moment::Moment;
use crate::values::slug::Slug;

/// What the overview tells beside what the door knows.
pub(super) struct OverviewFacts {
    /// What the caller has access to here, by name.
    pub(super) applications: Vec<OwnApplication>,
    /// How many administrators can be reached, counted up to two.
    pub(super) reachable_administrators: i64,
}

/// What the overview tells of the caller and the organization.
pub(super) async fn get_overview(reading: &mut Read, allowed: &Allowed) -> Result<OverviewFacts, Fault> {
    let (organization, membership) = (allowed.organization().as_uuid(), allowed.membership().as_uuid());
    let rows = sqlx::query!(
        r#"
        SELECT reachable.administrators AS "administrators!",
            own.id AS "id?", own.name AS "name?", own.description AS "description?", own.level AS "level?"
        FROM (
            SELECT count(*) AS administrators FROM (SELECT FROM reachable_administrators WHERE organization_id = $1 LIMIT 2) AS counted
        ) AS reachable
        LEFT JOIN (
            SELECT applications.id, applications.name, applications.description, access_levels.name AS level
            FROM application_access
            JOIN applications ON applications.organization_id = application_access.organization_id
                AND applications.id = application_access.application_id
            JOIN access_levels ON access_levels.organization_id = application_access.organization_id
                AND access_levels.application_id = application_access.application_id AND access_levels.level = application_access.level
            WHERE application_access.organization_id = $1 AND application_access.membership_id = $2
        ) AS own ON true
        ORDER BY lower(own.name), own.id
        "#,
        organization,
        membership,
    )
    .fetch_all(&mut *reading)
    .await?;
    let reachable_administrators = rows.first().map_or(0, |row| row.administrators);
    let applications = rows.into_iter().filter_map(|row| {
        let (id, name, description, level) = (row.id?, row.name?, row.description?, row.level?);
        Some(OwnApplication { id: ApplicationId::from_uuid(id), name, description, level })
    });
    Ok(OverviewFacts { applications: applications.collect(), reachable_administrators })
}

/// Where the reachable administrators of an organization read their mail, those that belong to another membership than `but`.
pub async fn list_administrators(
    reading: &mut Read,
    organization: OrganizationId,
    but: Option<MembershipId>,
) -> Result<Vec<EmailAddress>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"
        SELECT email AS "email!" FROM reachable_administrators
        WHERE organization_id = $1 AND membership_id IS DISTINCT FROM $2
        ORDER BY membership_id
        "#,
        organization.as_uuid(),
        but.map(MembershipId::as_uuid),
    )
    .fetch_all(&mut *reading)
    .await?;
    rows.iter().map(|email| EmailAddress::parse(email).map_err(|error| Fault::inconsistent("users", error))).collect()
}

/// The first of `candidates` that no organization has.
pub(super) async fn find_free_slug(reading: &mut Read, candidates: &[Slug]) -> Result<Option<Slug>, sqlx::Error> {
    let slugs: Vec<String> = candidates.iter().map(ToString::to_string).collect();
    let place = sqlx::query_scalar!(
        r#"
        SELECT position AS "position!" FROM unnest($1::text[]) WITH ORDINALITY AS candidates (candidate, position)
        WHERE NOT EXISTS (SELECT FROM organizations WHERE organizations.slug = candidate)
        ORDER BY position
        LIMIT 1
        "#,
        &slugs,
    )
    .fetch_optional(&mut *reading)
    .await?;
    Ok(place.and_then(|place| candidates.get(usize::try_from(place - 1).ok()?).cloned()))
}

/// An organization about to be.
pub struct NewOrganization<'organization> {
    /// The organization.
    pub id: OrganizationId,
    /// Its part of addresses.
    pub slug: &'organization str,
    /// Its name.
    pub name: &'organization str,
    /// What it calls itself in general.
    pub label: &'organization str,
    /// Its time zone, by the name that the tz database has for it.
    pub time_zone: &'organization str,
}

/// Adds an organization, without anybody.
pub async fn insert(tx: &mut Tx, organization: &NewOrganization<'_>, now: Moment) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO organizations (id, slug, name, label, time_zone, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        organization.id.as_uuid(),
        organization.slug,
        organization.name,
        organization.label,
        organization.time_zone,
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
