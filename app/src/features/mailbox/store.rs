//! SQL about the development mailbox. Mail comes in through the outbox.

use sqlx::PgPool;

use super::model::MailSummary;
use crate::platform::db::Read;
use crate::values::ids::MailId;
use crate::values::moment::Moment;

/// Lists the newest mails whose recipient contains `recipient`, whatever the case.
pub(super) async fn list_mails(reading: &mut Read, recipient: &str) -> Result<Vec<MailSummary>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        SELECT id, recipient, subject, received_at FROM development_mailbox
        WHERE position(lower($1) IN lower(recipient)) > 0
        ORDER BY received_at DESC, id DESC
        LIMIT 200
        "#,
        recipient,
    )
    .fetch_all(&mut *reading)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MailSummary {
            id: MailId::from_uuid(row.id),
            recipient: row.recipient,
            subject: row.subject,
            received_at: Moment::from_offset_date_time(row.received_at),
        })
        .collect())
}

/// Finds a mail with its plain text.
pub(super) async fn find_mail(reading: &mut Read, id: MailId) -> Result<Option<(MailSummary, String)>, sqlx::Error> {
    let row = sqlx::query!("SELECT recipient, subject, plain, received_at FROM development_mailbox WHERE id = $1", id.as_uuid())
        .fetch_optional(&mut *reading)
        .await?;
    Ok(row.map(|row| {
        let received_at = Moment::from_offset_date_time(row.received_at);
        (MailSummary { id, recipient: row.recipient, subject: row.subject, received_at }, row.plain)
    }))
}

/// Finds the HTML of a mail.
pub(super) async fn find_html(pool: &PgPool, id: MailId) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("SELECT html FROM development_mailbox WHERE id = $1", id.as_uuid()).fetch_optional(pool).await
}
