//! # Audit
//!
//! Every change and every sign-in event leaves one row: who, what, whom, when, from where, the difference.
//!
//! * The row is written in the transaction of its cause: no change without a row, no row without a change.
//! * Nobody edits or removes a row; the application's role can only insert and read.
//! * A row never holds a secret: no password, code, token or link.
pub mod event;

#[cfg(feature = "ssr")]
mod record;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use record::{Cause, record};
