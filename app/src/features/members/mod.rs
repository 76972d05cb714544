//! # Members
//!
//! The people of an organization: who they are, what they may do, and how they go.
//!
//! * An organization always keeps a reachable administrator: the last one is neither deactivated nor can they leave.
//! * Nobody changes somebody who holds more than they do.
//! * Deactivating acts at the next request of every open session; the sessions stay for the person's other organizations.
//! * Leaving deactivates the own membership. Its row stays, with what the person had.
//! * With somebody's access end those of their pending invitations that carry something sensitive.
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
