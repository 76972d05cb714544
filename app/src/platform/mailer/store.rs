//! SQL of the development mailbox.

use sqlx::PgPool;

use super::outgoing::OutgoingMail;

/// Inserts a mail into the development mailbox, unless it is there already.
pub(super) async fn insert_into_development_mailbox(pool: &PgPool, mail: &OutgoingMail) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO development_mailbox (id, recipient, subject, plain, html, received_at)
        VALUES ($1, $2, $3, $4, $5, now())
        ON CONFLICT (id) DO NOTHING
        "#,
        mail.id.as_uuid(),
        mail.recipient.as_str(),
        mail.letter.subject,
        mail.letter.plain,
        mail.letter.html,
    )
    .execute(pool)
    .await?;
    Ok(())
}
