//! # Audit
//!
//! Every change and every sign-in event leaves one row: who, what, whom, when, from where, the difference.
//!
//! * The row is written in the transaction of its cause: no change without a row, no row without a change.
//! * Nobody edits or removes a row; the application's role can only insert and read.
//! * A row holds ids, kinds and numbers. Names, addresses and whatever else was typed, the network and the device stand beside it
//!   in `audit_details`, which three functions of the database can erase: of a person, of an organization, of what is older than a
//!   time. So the log stays whole while somebody is forgotten.
//! * Neither holds a secret: no password, code, token or link.
//! * What can happen in a room, and what the activity page calls it, stands in that room's `events.rs`.

mod cause;
mod event;
mod store;
#[cfg(test)]
mod tests;

pub use cause::{Actor, Cause};
pub use event::{Event, Kind, Subject};

use self::store::Row;
use super::db::Tx;
use super::incidents::Fault;
use super::state::AppState;

/// Records an event in the transaction of its cause. A membership that the cause removes is removed afterwards: the row names it.
pub async fn record(tx: &mut Tx, state: &AppState, cause: &Cause, event: &dyn Event) -> Result<(), Fault> {
    let id = state.randomness.uuid(cause.at())?;
    store::insert_event(tx, id, cause, &Row::of(event)).await?;
    Ok(())
}
