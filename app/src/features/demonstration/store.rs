//! SQL of the example organization. Its statements take times, which no other room's do.

use super::people::ExampleApplication;
use super::rules::Times;
use crate::features::permissions::{Permissions, Role};
use crate::platform::db::Tx;
use crate::values::ids::{ApplicationId, MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;

/// The first administrator of an organization that was filled in before.
pub(super) struct FirstAdministrator {
    pub(super) user: UserId,
    pub(super) password_hash: String,
}

/// A row of `users`.
pub(super) struct NewUser<'person> {
    pub(super) id: UserId,
    pub(super) email: &'person str,
    pub(super) email_key: &'person str,
    pub(super) username: &'person str,
    pub(super) first_name: &'person str,
    pub(super) last_name: &'person str,
    pub(super) password_hash: &'person str,
    pub(super) created_at: Moment,
}

/// A row of `memberships`.
pub(super) struct NewMembership<'person> {
    pub(super) id: MembershipId,
    pub(super) user: Option<UserId>,
    pub(super) role: Role,
    pub(super) held: Permissions,
    pub(super) typed: Option<Typed<'person>>,
    pub(super) invited_by: Option<UserId>,
    pub(super) times: Times,
    pub(super) sort_name: &'person str,
    pub(super) search: &'person str,
}

/// What the organization typed of somebody who has no account yet.
pub(super) struct Typed<'person> {
    pub(super) email: &'person str,
    pub(super) email_key: &'person str,
    pub(super) first_name: Option<&'person str>,
    pub(super) last_name: Option<&'person str>,
    pub(super) username: Option<&'person str>,
}

/// Whether there is an organization with this slug.
pub(super) async fn has_organization(tx: &mut Tx, slug: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM organizations WHERE slug = $1) AS "exists!""#, slug).fetch_one(&mut **tx).await
}

/// The membership of the person with this username and address, in the organization with this slug.
pub(super) async fn find_first_administrator(
    tx: &mut Tx,
    slug: &str,
    username: &str,
    email_key: &str,
) -> Result<Option<FirstAdministrator>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        SELECT users.id, users.password_hash
        FROM users
        JOIN memberships ON memberships.user_id = users.id
        JOIN organizations ON organizations.id = memberships.organization_id
        WHERE organizations.slug = $1 AND users.username = $2 AND users.email_key = $3
        "#,
        slug,
        username,
        email_key,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| FirstAdministrator { user: UserId::from_uuid(row.id), password_hash: row.password_hash }))
}

/// Those of the usernames and addresses that somebody has or had.
pub(super) async fn list_taken_names(tx: &mut Tx, usernames: &[String], email_keys: &[String]) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT username AS "name!" FROM usernames WHERE username = ANY ($1)
        UNION SELECT email_key FROM users WHERE email_key = ANY ($2)
        ORDER BY 1
        "#,
        usernames,
        email_keys,
    )
    .fetch_all(&mut **tx)
    .await
}

/// Adds the organization.
pub(super) async fn insert_organization(
    tx: &mut Tx,
    id: OrganizationId,
    slug: &str,
    name: &str,
    label: &str,
    created_at: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO organizations (id, slug, name, label, time_zone, created_at) VALUES ($1, $2, $3, $4, 'Europe/London', $5)",
        id.as_uuid(),
        slug,
        name,
        label,
        created_at.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds an application with its levels.
pub(super) async fn insert_application(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ApplicationId,
    application: &ExampleApplication,
    created_at: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO applications (organization_id, id, name, address, description, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        organization.as_uuid(),
        id.as_uuid(),
        application.name,
        application.address,
        application.description,
        created_at.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    let names: Vec<String> = application.levels.iter().map(|(name, _)| (*name).to_owned()).collect();
    let marks: Vec<bool> = application.levels.iter().map(|(_, sensitive)| *sensitive).collect();
    sqlx::query!(
        r#"
        INSERT INTO access_levels (organization_id, application_id, level, name, sensitive)
        SELECT $1, $2, position::integer, name, sensitive
        FROM unnest($3::text[], $4::boolean[]) WITH ORDINALITY AS levels (name, sensitive, position)
        "#,
        organization.as_uuid(),
        id.as_uuid(),
        &names,
        &marks,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds an account with its username. The address counts as proved.
pub(super) async fn insert_user(tx: &mut Tx, user: &NewUser<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO users (id, email, email_key, email_proved_at, username, first_name, last_name, password_hash, created_at)
        VALUES ($1, $2, $3, $8, $4, $5, $6, $7, $8)
        "#,
        user.id.as_uuid(),
        user.email,
        user.email_key,
        user.username,
        user.first_name,
        user.last_name,
        user.password_hash,
        user.created_at.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "INSERT INTO usernames (username, user_id, reserved_at) VALUES ($1, $2, $3)",
        user.username,
        user.id.as_uuid(),
        user.created_at.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds a membership, and reserves the username that was drafted for it.
pub(super) async fn insert_membership(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: &NewMembership<'_>,
) -> Result<(), sqlx::Error> {
    let (times, typed) = (membership.times, membership.typed.as_ref());
    let draft = typed.and_then(|typed| typed.username);
    sqlx::query!(
        r#"
        INSERT INTO memberships (organization_id, id, user_id, role, permissions, email, email_key, first_name, last_name, username, invited_by,
            created_at, invited_at, link_expires_at, activated_at, deactivated_at, last_active_at, sort_name, search)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        "#,
        organization.as_uuid(),
        membership.id.as_uuid(),
        membership.user.map(UserId::as_uuid),
        membership.role.as_str(),
        i32::from(membership.held.bits()),
        typed.map(|typed| typed.email),
        typed.map(|typed| typed.email_key),
        typed.and_then(|typed| typed.first_name),
        typed.and_then(|typed| typed.last_name),
        draft,
        membership.invited_by.map(UserId::as_uuid),
        times.created_at.to_offset_date_time(),
        times.invited_at.map(Moment::to_offset_date_time),
        times.link_expires_at.map(Moment::to_offset_date_time),
        times.activated_at.map(Moment::to_offset_date_time),
        times.deactivated_at.map(Moment::to_offset_date_time),
        times.last_active_at.map(Moment::to_offset_date_time),
        membership.sort_name,
        membership.search,
    )
    .execute(&mut **tx)
    .await?;
    if let Some(username) = draft {
        sqlx::query!(
            "INSERT INTO usernames (username, organization_id, membership_id, reserved_at) VALUES ($1, $2, $3, $4)",
            username,
            organization.as_uuid(),
            membership.id.as_uuid(),
            times.created_at.to_offset_date_time(),
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Gives a membership a level of an application.
pub(super) async fn insert_access(
    tx: &mut Tx,
    organization: OrganizationId,
    membership: MembershipId,
    application: ApplicationId,
    level: i32,
    granted_at: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at) VALUES ($1, $2, $3, $4, $5)",
        organization.as_uuid(),
        membership.as_uuid(),
        application.as_uuid(),
        level,
        granted_at.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
