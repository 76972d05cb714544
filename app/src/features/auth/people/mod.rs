//! # People
//!
//! The accounts: who somebody is, where they read their mail, and telling them.
//!
//! * One account for one human, for ever: a unique address, a unique username.
//! * The address is read as an address here, and nowhere else; what happens to an account is told to it.
//! * Names and address are the person's own: no organization changes them.
mod store;
#[cfg(test)]
mod tests;

pub use store::{Mailbox, NewPerson, Person, get, has_account, insert, lock_by_name, mark_email_proved, update_password_hash};

use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::platform::outbox::{self, Mail};
use crate::platform::state::AppState;
use crate::values::ids::UserId;
use crate::values::moment::Moment;

/// Tells somebody by mail, at the address that is theirs now, what happened.
pub async fn tell(tx: &mut Tx, state: &AppState, user: UserId, now: Moment, mail: impl FnOnce(&Person) -> Mail) -> Result<(), Fault> {
    let person = get(tx, user).await?;
    outbox::enqueue(tx, state, now, mail(&person)).await?;
    Ok(())
}
