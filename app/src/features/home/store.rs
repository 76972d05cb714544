//! SQL of the home page. Everything here is about the signed-in person themselves.

use super::model::{EndedMembership, OwnOrganization};
use crate::features::permissions::access::SignedIn;
use crate::features::permissions::stored;
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::values::moment::Moment;

/// Where a person belongs, and where they did.
pub(super) struct Memberships {
    pub(super) active: Vec<OwnOrganization>,
    pub(super) ended: Vec<EndedMembership>,
}

/// The person's memberships, the active ones by name and the ended ones by time.
///
/// Across organizations: the page shows all that the person belongs to.
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
        memberships.active.push(OwnOrganization { slug: row.slug, name: row.name, role: stored::role(&row.role)? });
    }
    Ok(memberships)
}
