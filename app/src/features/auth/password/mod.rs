//! # Passwords
//!
//! Trying a password: by signing in, and wherever it is asked for again. All of these share one counter.
//!
//! * Five wrong passwords within 15 minutes lock for 5 minutes. An attempt is counted before the password is looked at, so
//!   parallel ones gain nothing. The owner gets a mail.
//! * A browser that has signed in to the account before has a counter of its own: a stranger can't lock the owner out.
//! * Nobody is told whether the name is unknown, the password wrong, or sign-in locked; and each takes the same time.
//! * Every failure leaves a row of activity, committed although what was asked for is refused.
//! * No connection is held while a password is compared.
mod emails;
mod events;
mod rules;
mod store;
mod use_cases;

pub use events::Event;
pub use store::{Account, find};
pub use use_cases::{OVERLOAD_WAIT_SECONDS, Proof, compare_again, hold, prove, prove_own, record_failure, renewed_hash};
