//! SQL of passwords.

use crate::platform::db::{Read, Tx};
use crate::values::ids::UserId;
use crate::values::token::TokenDigest;

/// Whose password is tried.
#[derive(Clone)]
pub struct Account {
    /// Whose it is.
    pub user: UserId,
    pub(super) password_hash: String,
    /// Whether this browser has signed in to it before.
    pub(super) knows_browser: bool,
}

/// The account with this username or address, each in its form for comparing.
pub async fn find(reading: &mut Read, key: &str, browser: Option<&TokenDigest>) -> Result<Option<Account>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        SELECT id, password_hash,
            EXISTS (SELECT FROM known_browsers WHERE known_browsers.digest = $2 AND known_browsers.user_id = users.id) AS "knows_browser!"
        FROM users
        WHERE username = $1 OR email_key = $1
        "#,
        key,
        browser.map(|digest| digest.as_bytes().as_slice()),
    )
    .fetch_optional(&mut *reading)
    .await?;
    Ok(row.map(|row| Account { user: UserId::from_uuid(row.id), password_hash: row.password_hash, knows_browser: row.knows_browser }))
}

/// The account of a person who is signed in.
pub(super) async fn get_account(reading: &mut Read, user: UserId, browser: Option<&TokenDigest>) -> Result<Account, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        SELECT password_hash,
            EXISTS (SELECT FROM known_browsers WHERE known_browsers.digest = $2 AND known_browsers.user_id = users.id) AS "knows_browser!"
        FROM users
        WHERE id = $1
        "#,
        user.as_uuid(),
        browser.map(|digest| digest.as_bytes().as_slice()),
    )
    .fetch_one(&mut *reading)
    .await?;
    Ok(Account { user, password_hash: row.password_hash, knows_browser: row.knows_browser })
}

/// Holds the account until the transaction ends, if its password is still the compared one, and says whether a second factor
/// is set up. `None` when the password was changed, or its hash renewed, meanwhile.
pub(super) async fn lock_account(tx: &mut Tx, account: &Account) -> Result<Option<bool>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT EXISTS (SELECT FROM two_factors WHERE two_factors.user_id = users.id AND confirmed_at IS NOT NULL) AS "has_factor!"
        FROM users
        WHERE id = $1 AND password_hash = $2
        FOR NO KEY UPDATE OF users
        "#,
        account.user.as_uuid(),
        account.password_hash,
    )
    .fetch_optional(&mut **tx)
    .await
}
