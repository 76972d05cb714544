//! # Two factors
//!
//! Beside the password, a code: completing a sign-in, and looking after the own factor.
//!
//! * The half session of the password lasts ten minutes and five wrong codes, then the password is asked for again.
//! * Looking at the set-up page writes nothing: the new secret travels sealed in the form, for that person and for fifteen
//!   minutes. A correct code turns the factor on.
//! * Setting up after more than five minutes since the last proof asks for the password; new recovery codes always ask for
//!   password and code.
//! * Secrets and codes are shown once. Using a recovery code, and every change of the factor, is told by mail.
pub mod api;
pub mod model;
pub mod refusal;

#[cfg(feature = "ssr")]
mod drawing;
#[cfg(feature = "ssr")]
mod emails;
#[cfg(feature = "ssr")]
mod events;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;

#[cfg(feature = "ssr")]
pub use events::Event;
