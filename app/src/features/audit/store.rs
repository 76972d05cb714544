//! SQL of the audit rows.

use uuid::Uuid;

use super::event::Event;
use super::record::Cause;
use crate::platform::db::Tx;

/// Adds a row; there is no statement that changes one.
pub(super) async fn insert_event(tx: &mut Tx, id: Uuid, cause: &Cause, event: &Event) -> Result<(), sqlx::Error> {
    let subject = event.subject();
    sqlx::query!(
        r#"
        INSERT INTO audit_events (id, organization_id, actor_id, action, subject_kind, subject_id, at, network, user_agent, difference)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        "#,
        id,
        cause.organization.map(crate::values::ids::OrganizationId::as_uuid),
        cause.actor.map(crate::values::ids::UserId::as_uuid),
        event.action(),
        subject.kind,
        subject.id,
        cause.at.to_offset_date_time(),
        cause.origin.network,
        cause.origin.user_agent,
        event.difference(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
