//! # Set-up
//!
//! The first person and the first organization of an installation.
//!
//! * A server that starts and finds nobody prints a link. It is valid for 72 hours and only as long as there is nobody: the first
//!   use of any printed link ends them all. Several servers may each print one; all of them work until then.
//! * Opening the link changes nothing; only the submitted form does. Of two forms sent at the same instant one makes the
//!   organization, and the other is told.
//! * Unknown and forged links share one answer. An expired one says how to get another, a used one leads to signing in.
//! * The account comes to be like every other, through registration. Its address is not proved: the link was printed, not mailed.
//! * Whoever sets up is Administrator, holds something sensitive, and is led to two-factor authentication next.
pub mod api;
pub mod model;
pub mod refusal;
pub mod rules;

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;

#[cfg(feature = "ssr")]
pub use use_cases::issue_link;
