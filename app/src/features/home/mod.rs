//! # Home
//!
//! The first page after signing in: what one can open, where one belongs, what waits.
//!
//! * `My applications` shows those that the person can open: access was granted, the membership is active, and it holds the
//!   permission to open applications. Nobody sees an application that they have no access to.
//! * Where a second factor is owed and not set up, the organization's applications are not shown; the page says how to go on.
//! * What an application's own address leads to when it can't be opened is a page of this room, with the form to ask.
//! * Where a membership has ended, the page says so.
pub mod api;
pub mod model;

#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;
