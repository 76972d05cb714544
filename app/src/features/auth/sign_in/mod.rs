//! # Signing in and out
//!
//! With username or e-mail address, in any case, and the password.
//!
//! * The screen always says the same: whether the name is unknown, the password wrong, or sign-in locked, also to the right
//!   password; and after the same time.
//! * Five wrong passwords within 15 minutes lock for 5 minutes. An attempt is counted before the password is looked at, so
//!   parallel ones gain nothing. The owner gets a mail.
//! * A browser that has signed in to the account before has a counter of its own: a stranger can't lock the owner out.
//! * Every other place that asks for the password asks [`prove_own_password`] and so shares the counters.
//! * Where a second factor is set up, the password only opens the code page.
//! * Every outcome leaves a row of activity; those of failures are committed although the sign-in is refused.
pub mod api;
pub mod model;
pub mod refusal;
pub mod rules;
pub mod ui;

#[cfg(feature = "ssr")]
mod emails;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;

#[cfg(feature = "ssr")]
pub use use_cases::{OVERLOAD_WAIT_SECONDS, Proof, prove_own_password};
