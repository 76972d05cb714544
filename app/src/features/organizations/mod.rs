//! # Organizations
//!
//! A tenant, and what every active member sees of it: the overview.
//!
//! * Every active member sees their own role and applications, may write to the administrators, and may leave.
//! * Without the permission to open applications the overview shows none.
//! * An organization always keeps at least one reachable administrator, so the last one can't leave. That is decided while
//!   the organization's row is held: of two who leave at the same instant one stays.
//! * Leaving deactivates the membership. Its row stays, with what the person had.
//! * A message goes by mail to every other active administrator and says where to answer; five in an hour.
//! * Whoever may not open a page of the organization is told to contact an administrator, with the form to do it.
//!
//! Other rooms use `ui::OrganizationFrame` around their pages, `ui::ForbiddenPage` where a member lacks a right,
//! and `use_cases::{summary, create, end_sensitive_offers_of}`.
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
