//! # Two factors
//!
//! Beside the password, a code of an authenticator app (RFC 6238: six digits, 30 seconds, one step more or less), or one of ten
//! recovery codes.
//!
//! * A code is accepted once, also the one that turned the factor on; a recovery code too, and its use is told by mail.
//! * The half session of the password lasts ten minutes and five wrong codes, then the password is asked for again. Besides, the
//!   account's own counter limits wrong codes over all sessions, whether of the app or for recovery.
//! * Looking at the set-up page writes nothing: the new secret travels sealed in the form, for that person and for fifteen
//!   minutes. A correct code turns the factor on.
//! * Other rooms ask for password and code again by `prove_for_step`, and note the proof by `keep_proof`.
//! * Setting up after more than five minutes since the last proof asks for the password; new recovery codes always ask for
//!   password and code.
//! * Secrets and codes are shown once: stored are the sealed secret and keyed digests.
//! * The time is the database's.
pub mod api;
pub mod model;
pub mod refusal;
pub mod rules;
pub mod ui;

#[cfg(feature = "ssr")]
mod emails;
#[cfg(feature = "ssr")]
mod secrets;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;

#[cfg(feature = "ssr")]
pub use store::find_confirmation as factor_since;
#[cfg(feature = "ssr")]
pub use use_cases::{ShownSecret, keep_proof, prove_for_step, reveal, set_up_unseen};
