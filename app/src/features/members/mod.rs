//! # Members
//!
//! The people of an organization: who they are, what they may do, and how they go.
//!
//! * A membership is *Not notified*, *Invited* or *Invitation expired* while it waits for its person, then *Active* or
//!   *Deactivated*. The status derives from times; nothing stores it.
//! * An organization always keeps at least one reachable administrator: an active one, whose registration is complete.
//! * Nobody changes somebody who holds more than they do.
//! * Deactivating acts at the next request of every open session; the sessions stay for the person's other organizations.
pub mod api;
pub mod model;
pub mod refusal;
pub mod rules;
pub mod ui;

#[cfg(feature = "ssr")]
mod emails;
#[cfg(feature = "ssr")]
pub(crate) mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;
