//! A world for tests: organizations and people, not tables.
//!
//! * [`World`]: one installation with a database of its own, read and written under the application's role.
//! * [`Person`] and [`Browser`]: who acts; cookies are kept from one request to the next, as a browser does.
//! * [`race`]: two or many who act in the same instant, each on a connection of their own.
//!
//! Time is the database's, so it passes by shifting the rows' times: [`World::time_passes`].

mod builders;
mod mails;
mod observing;
mod people;
mod race;
mod world;

pub use people::{Browser, PASSWORD, Person};
pub use race::{ROUNDS, all_at_once, race};
pub use world::World;

use crate::failure::Failure;

/// The refusals of a call that was refused.
pub fn refusals<T: std::fmt::Debug, R: std::fmt::Debug>(result: Result<T, Failure<R>>) -> Vec<R> {
    match result {
        Err(Failure::Refused(refusals)) => refusals,
        other => panic!("not a refusal: {other:?}"),
    }
}

/// The only refusal of a call that was refused.
pub fn refusal<T: std::fmt::Debug, R: std::fmt::Debug>(result: Result<T, Failure<R>>) -> R {
    let mut refusals = refusals(result);
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    refusals.remove(0)
}
