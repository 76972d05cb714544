//! SQL about oneself.

use sqlx::PgPool;

use super::model::ViewerOrganization;
use crate::features::permissions::stored;
use crate::platform::incidents::Fault;
use crate::platform::settings::Settings;
use crate::values::ids::UserId;
use crate::values::token::TokenDigest;

/// A signed-in person with their active memberships.
pub(super) struct Looking {
    pub(super) user: UserId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) factor_is_owed: bool,
    pub(super) last_opened: Option<String>,
    pub(super) organizations: Vec<ViewerOrganization>,
}

/// Who a session belongs to, if it is whole and live. One statement, because every page asks it; it needs no transaction.
///
/// Across organizations: the header offers every one that the person is a member of.
pub(super) async fn find_looking(pool: &PgPool, session: &TokenDigest, settings: &Settings) -> Result<Option<Looking>, Fault> {
    let rows = sqlx::query!(
        r#"
        SELECT
            users.id AS user_id, users.first_name, users.last_name, users.email,
            EXISTS (SELECT FROM two_factors WHERE two_factors.user_id = users.id AND confirmed_at IS NOT NULL) AS "has_factor!",
            member.organization_id = sessions.organization_id AS "is_last_opened?",
            member.role AS "role?", member.permissions AS "permissions?",
            organizations.slug AS "slug?", organizations.name AS "organization?",
            EXISTS (
                SELECT FROM sensitive_access
                WHERE sensitive_access.organization_id = member.organization_id AND sensitive_access.membership_id = member.id
            ) AS "holds_sensitive!"
        FROM sessions
        JOIN users ON users.id = sessions.user_id
        LEFT JOIN memberships AS member ON member.user_id = users.id AND member.deactivated_at IS NULL
        LEFT JOIN organizations ON organizations.id = member.organization_id
        WHERE sessions.digest = $1 AND sessions.stage = 'full'
            AND sessions.last_used_at > now() - $2::bigint * interval '1 second'
            AND sessions.created_at > now() - $3::bigint * interval '1 second'
        ORDER BY lower(organizations.name), organizations.id
        "#,
        session.as_bytes(),
        settings.session_idle_seconds(),
        settings.session_max_seconds(),
    )
    .fetch_all(pool)
    .await?;

    let mut looking: Option<Looking> = None;
    for row in rows {
        let person = looking.get_or_insert_with(|| Looking {
            user: UserId::from_uuid(row.user_id),
            name: format!("{} {}", row.first_name, row.last_name),
            email: row.email,
            factor_is_owed: false,
            last_opened: None,
            organizations: Vec::new(),
        });
        let (Some(role), Some(bits), Some(slug), Some(name)) = (row.role, row.permissions, row.slug, row.organization) else {
            continue;
        };
        person.factor_is_owed |= !row.has_factor && row.holds_sensitive;
        if row.is_last_opened == Some(true) {
            person.last_opened = Some(slug.clone());
        }
        person.organizations.push(ViewerOrganization { slug, name, role: stored::role(&role)?, held: stored::permissions(bits)? });
    }
    Ok(looking)
}
