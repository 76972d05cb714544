//! SQL of the example organization: whether it is there, and who stands in its way.

use crate::platform::db::Read;
use crate::values::ids::UserId;

/// The first administrator of an organization that was filled in before.
pub(super) struct FirstAdministrator {
    pub(super) user: UserId,
    pub(super) password_hash: String,
}

/// Whether there is an organization with this slug.
pub(super) async fn has_organization(reading: &mut Read, slug: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM organizations WHERE slug = $1) AS "exists!""#, slug).fetch_one(&mut *reading).await
}

/// The membership of the person with this username and address, in the organization with this slug.
pub(super) async fn find_first_administrator(
    reading: &mut Read,
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
    .fetch_optional(&mut *reading)
    .await?;
    Ok(row.map(|row| FirstAdministrator { user: UserId::from_uuid(row.id), password_hash: row.password_hash }))
}

/// Those of the usernames and addresses that somebody has or had.
pub(super) async fn list_taken_names(reading: &mut Read, usernames: &[String], email_keys: &[String]) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT username AS "name!" FROM usernames WHERE username = ANY ($1)
        UNION SELECT email_key FROM users WHERE email_key = ANY ($2)
        ORDER BY 1
        "#,
        usernames,
        email_keys,
    )
    .fetch_all(&mut *reading)
    .await
}
