//! SQL of the audit rows.

use uuid::Uuid;

use super::cause::Cause;
use super::event::{Event, Kind, Subject};
use crate::platform::db::Tx;
use crate::values::ids::{MembershipId, OrganizationId, UserId};

/// An event as the table holds it.
pub(super) struct Row {
    kind: Kind,
    subject: Subject,
    difference: serde_json::Value,
    words: Option<serde_json::Value>,
}

impl Row {
    pub(super) fn of(event: &dyn Event) -> Self {
        Self { kind: event.kind(), subject: event.subject(), difference: event.difference(), words: event.words() }
    }
}

/// Adds a row, and beside it what can be erased, if there is any. There is no statement that changes one.
pub(super) async fn insert_event(tx: &mut Tx, id: Uuid, cause: &Cause, row: &Row) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        WITH event AS (
            INSERT INTO audit_events (id, organization_id, actor_kind, actor_id, action, subject_kind, subject_id, at, difference)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        )
        INSERT INTO audit_details (event_id, organization_id, actor_id, user_id, membership_id, at, network, user_agent, words)
        SELECT $1, $2, $4, $10, $11, $8, $12, $13, $14
        WHERE $12::inet IS NOT NULL OR $13::text IS NOT NULL OR $14::jsonb IS NOT NULL
        "#,
        id,
        cause.organization().map(OrganizationId::as_uuid),
        cause.actor().kind(),
        cause.actor().person().map(UserId::as_uuid),
        row.kind.name,
        row.subject.kind(),
        row.subject.id(),
        cause.at().to_offset_date_time(),
        row.difference,
        row.subject.person().map(UserId::as_uuid),
        row.subject.membership().map(MembershipId::as_uuid),
        cause.origin().network,
        cause.origin().user_agent,
        row.words,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
