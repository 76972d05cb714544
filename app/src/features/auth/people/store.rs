//! SQL of accounts.

use uuid::Uuid;

use crate::platform::db::{Read, Tx};
use crate::platform::incidents::Fault;
use crate::values::email_address::EmailAddress;
use crate::values::ids::UserId;
use crate::values::moment::Moment;
use crate::values::username::Username;

/// Whether somebody has shown that a mailbox is theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailbox {
    /// They followed a link that was mailed there.
    Proved,
    /// They typed it.
    Claimed,
}

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Person {
    /// The account.
    pub user: UserId,
    /// Where they read their mail.
    pub email: EmailAddress,
    /// Whether they have shown that the mailbox is theirs.
    pub is_email_proved: bool,
    /// The username.
    pub username: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
}

impl Person {
    /// The whole name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

struct PersonRow {
    id: Uuid,
    email: String,
    is_email_proved: bool,
    username: String,
    first_name: String,
    last_name: String,
}

impl TryFrom<PersonRow> for Person {
    type Error = Fault;

    fn try_from(row: PersonRow) -> Result<Self, Fault> {
        Ok(Self {
            user: UserId::from_uuid(row.id),
            email: EmailAddress::parse(&row.email).map_err(|error| Fault::inconsistent("users", error))?,
            is_email_proved: row.is_email_proved,
            username: row.username,
            first_name: row.first_name,
            last_name: row.last_name,
        })
    }
}

/// Somebody's account.
pub async fn get(reading: &mut Read, user: UserId) -> Result<Person, Fault> {
    sqlx::query_as!(
        PersonRow,
        r#"
        SELECT id, email, email_proved_at IS NOT NULL AS "is_email_proved!", username, first_name, last_name
        FROM users WHERE id = $1
        "#,
        user.as_uuid(),
    )
    .fetch_one(&mut *reading)
    .await?
    .try_into()
}

/// The account with this username or address, in comparison form; held until the transaction ends.
pub async fn lock_by_name(tx: &mut Tx, key: &str) -> Result<Option<Person>, Fault> {
    let row = sqlx::query_as!(
        PersonRow,
        r#"
        SELECT id, email, email_proved_at IS NOT NULL AS "is_email_proved!", username, first_name, last_name
        FROM users WHERE username = $1 OR email_key = $1
        FOR UPDATE
        "#,
        key,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Person::try_from).transpose()
}

/// Whether an address has an account.
pub async fn has_account(reading: &mut Read, email: &EmailAddress) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM users WHERE email_key = $1) AS "exists!""#, email.key())
        .fetch_one(&mut *reading)
        .await
}

/// An account about to be.
pub struct NewPerson<'account> {
    /// The account.
    pub user: UserId,
    /// The address.
    pub email: &'account EmailAddress,
    /// Whether the mailbox was shown to be theirs.
    pub mailbox: Mailbox,
    /// The username.
    pub username: &'account Username,
    /// Given name.
    pub first_name: &'account str,
    /// Family name.
    pub last_name: &'account str,
    /// Hash of the password.
    pub password_hash: &'account str,
}

/// Adds an account. False when somebody has the username, also since this instant: the transaction goes on, so that free ones can
/// be offered. Fails on `users_one_per_address` when the address has an account.
pub async fn insert(tx: &mut Tx, person: &NewPerson<'_>, now: Moment) -> Result<bool, sqlx::Error> {
    let inserted = sqlx::query!(
        r#"
        INSERT INTO users (id, email, email_key, email_proved_at, username, first_name, last_name, password_hash, created_at)
        VALUES ($1, $2, $3, CASE WHEN $4 THEN $9::timestamptz END, $5, $6, $7, $8, $9)
        ON CONFLICT ON CONSTRAINT users_one_per_username DO NOTHING
        "#,
        person.user.as_uuid(),
        person.email.as_str(),
        person.email.key(),
        person.mailbox == Mailbox::Proved,
        person.username.key(),
        person.first_name,
        person.last_name,
        person.password_hash,
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Notes that somebody has shown that the mailbox is theirs.
pub async fn mark_email_proved(tx: &mut Tx, user: UserId, now: Moment) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE users SET email_proved_at = $2 WHERE id = $1 AND email_proved_at IS NULL",
        user.as_uuid(),
        now.to_offset_date_time(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Stores the same password under stronger parameters.
pub async fn update_password_hash(tx: &mut Tx, user: UserId, password_hash: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE users SET password_hash = $2 WHERE id = $1", user.as_uuid(), password_hash).execute(&mut **tx).await?;
    Ok(())
}
