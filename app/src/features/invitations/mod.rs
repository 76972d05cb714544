//! # Invitations
//!
//! An administrator asks people, by e-mail address, to join an organization.
//!
//! * An invitation is a membership that waits for its person: name, address and role belong to this organization alone, and
//!   two organizations that invite the same address see nothing of each other.
//! * One pending invitation per address and organization; asking again leads to the open one.
//! * Opening a link changes nothing, however often; only the submitted form does. Unknown and forged tokens share one answer;
//!   expired, withdrawn and used ones each say what to do next.
//! * A link is valid for the organization's time, 72 hours by default; its person can ask for a new one, to the same address.
//! * Accepting against cancelling has one winner: both lock the membership.
//! * Nobody offers more than they hold, also not by the time it is accepted.
pub mod api;
pub mod model;
pub mod refusal;
pub mod rules;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod address_list;
#[cfg(feature = "ssr")]
mod emails;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;
