//! # Organizations
//!
//! A tenant, and what every active member sees of it: the overview.
//!
//! * Every active member sees their own role and applications, and may write to the administrators.
//! * Without the permission to open applications the overview shows none.
//! * A message goes by mail to every other reachable administrator and says where to answer; five in an hour.
//! * Whoever may not open a page of the organization is told to contact an administrator, with the form to do it.
//!
//! Other rooms put their pages into [`ui::OrganizationPage`], and show [`ui::ForbiddenPage`] where a member lacks a right.
pub mod api;
pub mod model;
pub mod refusal;
pub mod rules;

#[cfg(feature = "ssr")]
mod emails;
#[cfg(feature = "ssr")]
mod events;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;

#[cfg(feature = "ssr")]
pub use events::Event;
#[cfg(feature = "ssr")]
pub use store::{NewOrganization, insert, list_administrators};
#[cfg(feature = "ssr")]
pub use use_cases::{create, summary};
