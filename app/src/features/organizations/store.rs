//! SQL of organizations.

use crate::features::permissions::access::Allowed;
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId};
use crate::values::moment::Moment;
use crate::values::slug::Slug;

/// What the overview says of the organization and the own membership.
pub(super) struct OwnMembership {
    pub(super) label: String,
    pub(super) member_since: Moment,
}

/// The label and the beginning of the caller's own membership.
pub(super) async fn get_own_membership(tx: &mut Tx, allowed: &Allowed) -> Result<OwnMembership, sqlx::Error> {
    let (organization, membership) = (allowed.organization().as_uuid(), allowed.membership().as_uuid());
    let row = sqlx::query!(
        r#"
        SELECT organizations.label, memberships.activated_at AS "activated_at!"
        FROM memberships
        JOIN organizations ON organizations.id = memberships.organization_id
        WHERE memberships.organization_id = $1 AND memberships.id = $2
        "#,
        organization,
        membership,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(OwnMembership { label: row.label, member_since: Moment::from_offset_date_time(row.activated_at) })
}

/// Where the reachable administrators of an organization read their mail, those that belong to another membership than `but`.
pub async fn list_administrators(tx: &mut Tx, organization: OrganizationId, but: Option<MembershipId>) -> Result<Vec<EmailAddress>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"
        SELECT email AS "email!" FROM reachable_administrators
        WHERE organization_id = $1 AND membership_id IS DISTINCT FROM $2
        ORDER BY membership_id
        "#,
        organization.as_uuid(),
        but.map(MembershipId::as_uuid),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(|email| EmailAddress::parse(email).map_err(|error| Fault::inconsistent("users", error))).collect()
}

/// The first of `candidates` that no organization has.
pub(super) async fn find_free_slug(tx: &mut Tx, candidates: &[Slug]) -> Result<Option<Slug>, sqlx::Error> {
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
    .fetch_optional(&mut **tx)
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
