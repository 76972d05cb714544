//! # Signing in and out
//!
//! With username or e-mail address, in any case, and the password.
//!
//! * The screen always says the same: whether the name is unknown, the password wrong, or sign-in locked, also to the right
//!   password; and after the same time.
//! * Where a second factor is set up, the password only opens the code page.
//! * Every outcome leaves a row of activity; those of failures are committed although the sign-in is refused.
pub mod api;
pub mod model;
pub mod refusal;
pub mod rules;

#[cfg(feature = "ssr")]
mod events;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;
