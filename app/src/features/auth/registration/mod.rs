//! # Registration
//!
//! The one process by which every account comes to be: the first person's, and later each invited one's.
//!
//! * Names are plain; the username is made from them unless the person types another.
//! * A username is unique over all organizations and all times; nobody learns where it is used.
//! * The password is long enough and hard to guess, also for somebody who knows the person and the organization; the meter judges
//!   by the same words as the form.
//! * Hashing happens before the transaction, so that no connection waits for it.
pub mod api;
pub mod model;
pub mod refusal;
pub mod rules;
pub mod ui;

#[cfg(feature = "ssr")]
mod events;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;
#[cfg(feature = "ssr")]
pub mod usernames;

#[cfg(feature = "ssr")]
pub use events::Event;
#[cfg(feature = "ssr")]
pub use use_cases::{PreparedAccount, claim_username, create_account, draft_username, free_draft, prepare, refusals_without_address};
