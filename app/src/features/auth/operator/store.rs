//! SQL of the operator's help.

use crate::platform::db::Tx;
use crate::values::ids::UserId;

/// Somebody's account, as far as helping needs it.
pub(super) struct Person {
    pub(super) id: UserId,
    pub(super) email: String,
    pub(super) first_name: String,
}

/// The person with this username or address, in comparison form.
pub(super) async fn find_person(tx: &mut Tx, key: &str) -> Result<Option<Person>, sqlx::Error> {
    let row = sqlx::query!("SELECT id, email, first_name FROM users WHERE username = $1 OR email_key = $1 FOR UPDATE", key)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.map(|row| Person { id: UserId::from_uuid(row.id), email: row.email, first_name: row.first_name }))
}

/// Forgets the attempts counted for a person, whatever was counted: every such key begins with the person's id.
pub(super) async fn delete_counters(tx: &mut Tx, user: UserId) -> Result<(), sqlx::Error> {
    let beginning = user.as_uuid().into_bytes();
    sqlx::query!("DELETE FROM throttles WHERE substring(key FROM 1 FOR 16) = $1", beginning.as_slice()).execute(&mut **tx).await?;
    Ok(())
}

/// Removes the second factor with its recovery codes.
pub(super) async fn delete_factor(tx: &mut Tx, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM recovery_codes WHERE user_id = $1", user.as_uuid()).execute(&mut **tx).await?;
    sqlx::query!("DELETE FROM two_factors WHERE user_id = $1", user.as_uuid()).execute(&mut **tx).await?;
    Ok(())
}

/// Ends every session.
pub(super) async fn delete_sessions(tx: &mut Tx, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM sessions WHERE user_id = $1", user.as_uuid()).execute(&mut **tx).await?;
    Ok(())
}
