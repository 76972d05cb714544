//! # Codes
//!
//! What a second factor is made of, and trying a code: by signing in, and wherever one is asked for again. All of these share one
//! counter.
//!
//! * A code of an authenticator app has six digits (RFC 6238: 30 seconds, one step more or less) and is accepted once, also the one that
//!   turned the factor on.
//! * Beside it there are ten recovery codes of 80 bits; each works once.
//! * Ten wrong codes of an account, of the app or for recovery, over all sessions, lock for five minutes; an attempt is counted before
//!   the code is looked at.
//! * Stored are the sealed secret, bound to its person, and keyed digests.
//! * The time is the database's.
pub mod refusal;
pub mod rules;

#[cfg(feature = "ssr")]
mod secrets;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod use_cases;

#[cfg(feature = "ssr")]
pub use secrets::Secret;
#[cfg(feature = "ssr")]
pub use store::{count_unused_recovery_codes, find_factor, insert_factor, remove};
#[cfg(feature = "ssr")]
pub use use_cases::{Code, ShownSecret, count, forgive, prove, replace_recovery_codes, reveal, set_up_unseen, use_up};
