//! SQL of organizations.

use super::model::OwnApplication;
use crate::features::permissions::access::Allowed;
use crate::features::permissions::{Permission, Permissions, Role};
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::values::display_name::{Label, OrganizationName};
use crate::values::email_address::EmailAddress;
use crate::values::ids::{ApplicationId, MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;
use crate::values::slug::Slug;

/// What the overview says of the organization and the own membership.
pub(super) struct OwnMembership {
    pub(super) label: String,
    pub(super) member_since: Moment,
}

/// Who writes to the administrators.
pub(super) struct Sender {
    pub(super) name: String,
    pub(super) email: EmailAddress,
}

/// Who founds an organization, as its list of members shows and finds them.
pub(super) struct Founder<'organization> {
    pub(super) membership: MembershipId,
    pub(super) user: UserId,
    pub(super) sort_name: &'organization str,
    pub(super) search: &'organization str,
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

/// Applications of this organization that the caller has access to, by name.
pub(super) async fn list_own_applications(tx: &mut Tx, allowed: &Allowed) -> Result<Vec<OwnApplication>, sqlx::Error> {
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

/// Active administrators whose account is not closing. Whoever decides by it holds the organization's row.
pub(super) async fn count_reachable_administrators(tx: &mut Tx, allowed: &Allowed) -> Result<i64, sqlx::Error> {
    let organization = allowed.organization().as_uuid();
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "count!"
        FROM memberships
        JOIN users ON users.id = memberships.user_id
        WHERE memberships.organization_id = $1 AND memberships.role = 'administrator'
            AND memberships.deactivated_at IS NULL AND users.closing_at IS NULL
        "#,
        organization,
    )
    .fetch_one(&mut **tx)
    .await
}

/// Ends the caller's own membership; false when it has ended already.
pub(super) async fn mark_left(tx: &mut Tx, allowed: &Allowed) -> Result<bool, sqlx::Error> {
    let (organization, membership, now) =
        (allowed.organization().as_uuid(), allowed.membership().as_uuid(), allowed.now().to_offset_date_time());
    let marked = sqlx::query!(
        r#"
        UPDATE memberships SET deactivated_at = $3
        WHERE organization_id = $1 AND id = $2 AND activated_at IS NOT NULL AND deactivated_at IS NULL
        "#,
        organization,
        membership,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(marked.rows_affected() == 1)
}

/// An invitation that somebody sent, and that nobody stands behind any more.
pub(super) struct LapsedOffer {
    pub(super) membership: MembershipId,
    pub(super) email: String,
}

/// Ends the time of those invitations which somebody sent and which carry something sensitive, and of their links.
pub(super) async fn end_sensitive_offers_of(tx: &mut Tx, allowed: &Allowed, inviter: UserId) -> Result<Vec<LapsedOffer>, sqlx::Error> {
    let (organization, now) = (allowed.organization().as_uuid(), allowed.now().to_offset_date_time());
    let sensitive: Permissions = Permission::ALL.into_iter().filter(|permission| permission.is_sensitive()).collect();
    let rows = sqlx::query!(
        r#"
        WITH lapsed AS (
            UPDATE memberships SET link_expires_at = $3
            WHERE organization_id = $1 AND invited_by = $2 AND user_id IS NULL AND link_expires_at > $3
                AND (permissions & $4 <> 0 OR EXISTS (
                    SELECT FROM application_access
                    JOIN access_levels USING (organization_id, application_id)
                    WHERE application_access.organization_id = memberships.organization_id
                        AND application_access.membership_id = memberships.id
                        AND access_levels.level <= application_access.level AND access_levels.sensitive))
            RETURNING id, email
        ), dead AS (
            UPDATE links SET expires_at = $3 FROM lapsed
            WHERE links.organization_id = $1 AND links.membership_id = lapsed.id AND links.expires_at > $3
        )
        SELECT id, email AS "email!" FROM lapsed ORDER BY email
        "#,
        organization,
        inviter.as_uuid(),
        now,
        i32::from(sensitive.bits()),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| LapsedOffer { membership: MembershipId::from_uuid(row.id), email: row.email }).collect())
}

/// The caller, as the administrators get to know them.
pub(super) async fn get_sender(tx: &mut Tx, allowed: &Allowed) -> Result<Sender, Fault> {
    let actor = allowed.actor().as_uuid();
    let row = sqlx::query!("SELECT first_name, last_name, email FROM users WHERE id = $1", actor).fetch_one(&mut **tx).await?;
    Ok(Sender { name: format!("{} {}", row.first_name, row.last_name), email: address(&row.email)? })
}

/// Where the other reachable administrators read their mail.
pub(super) async fn list_other_administrators(tx: &mut Tx, allowed: &Allowed) -> Result<Vec<EmailAddress>, Fault> {
    let (organization, membership) = (allowed.organization().as_uuid(), allowed.membership().as_uuid());
    let rows = sqlx::query_scalar!(
        r#"
        SELECT users.email
        FROM memberships
        JOIN users ON users.id = memberships.user_id
        WHERE memberships.organization_id = $1 AND memberships.role = 'administrator'
            AND memberships.deactivated_at IS NULL AND users.closing_at IS NULL AND memberships.id <> $2
        ORDER BY memberships.id
        "#,
        organization,
        membership,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(|email| address(email)).collect()
}

/// Slugs in use that begin like this one; some more than needed, since a number cuts a long slug.
pub(super) async fn list_slugs_like(tx: &mut Tx, slug: &Slug) -> Result<Vec<String>, sqlx::Error> {
    const LONGEST_NUMBER: usize = 11;
    let beginning: String = slug.as_str().chars().take(Slug::MAXIMUM_LENGTH - LONGEST_NUMBER).collect();
    sqlx::query_scalar!("SELECT slug FROM organizations WHERE starts_with(slug, $1)", beginning.trim_end_matches('-'))
        .fetch_all(&mut **tx)
        .await
}

/// Adds an organization with an administrator, active at once.
pub(super) async fn insert_organization(
    tx: &mut Tx,
    organization: OrganizationId,
    slug: &Slug,
    name: &OrganizationName,
    label: &Label,
    founder: &Founder<'_>,
    now: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO organizations (id, slug, name, label, created_at) VALUES ($1, $2, $3, $4, $5)",
        organization.as_uuid(),
        slug.as_str(),
        name.as_str(),
        label.as_str(),
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        r#"
        INSERT INTO memberships (organization_id, id, user_id, role, permissions, created_at, activated_at, sort_name, search)
        VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)
        "#,
        organization.as_uuid(),
        founder.membership.as_uuid(),
        founder.user.as_uuid(),
        Role::Administrator.as_str(),
        i32::from(Permissions::all().bits()),
        now.to_offset_date_time(),
        founder.sort_name,
        founder.search,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn address(email: &str) -> Result<EmailAddress, Fault> {
    EmailAddress::parse(email).map_err(|error| Fault::Inconsistent { table: "users", reason: error.to_string() })
}
