//! # Invitations
//!
//! An administrator asks people, by e-mail address, to join an organization.
//!
//! * An invitation is a membership that waits for its person: name, address and role belong to this organization alone, and
//!   two organizations that invite the same address see nothing of each other.
//! * One pending invitation per address and organization; asking again leads to the open one.
//! * A link is valid for the organization's time, 72 hours by default. A new one voids those before it.
//! * Nobody offers more than they hold, also not by the time it is accepted; nobody changes an invitation that offers more.
//! * At most so many mails a day and organization (operator setting); the rest stay *Not notified*.
//! * **Everybody who is ever added is added by [`offering::offer`]**: it alone writes membership, drafted username, access, link, mail
//!   and audit row, in the caller's transaction.
//!
//! How the invited answer is told in `accepting`.
pub mod api;
pub mod model;
pub mod refusal;
pub mod rules;

#[cfg(feature = "ssr")]
mod address_list;
#[cfg(feature = "ssr")]
mod emails;
#[cfg(feature = "ssr")]
mod events;
#[cfg(feature = "ssr")]
mod issue;
#[cfg(feature = "ssr")]
mod issuing;
#[cfg(feature = "ssr")]
pub mod offering;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
pub(crate) mod tests;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;

#[cfg(feature = "ssr")]
pub use events::Event;
#[cfg(feature = "ssr")]
pub use issue::{AskedBy, Issue};
#[cfg(feature = "ssr")]
pub use issuing::issue_link;
#[cfg(feature = "ssr")]
pub use use_cases::{lapse_sensitive_offers, withdraw};
