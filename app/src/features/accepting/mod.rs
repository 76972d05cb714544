//! # Accepting
//!
//! What an invited person meets: the page of their link, accepting, declining, and every dead end resolved.
//!
//! * Opening a link changes nothing, however often; only the submitted form does. Unknown and forged tokens share one answer;
//!   expired, withdrawn and used ones each say what to do next.
//! * Whoever has no account completes the registration and belongs; whoever has one signs in, then accepts or declines, by the link
//!   or from the home page, where only a proved address counts.
//! * A link that ran out is renewed by its person, to the same address; three times an hour for each invitation.
//! * Accepting against cancelling has one winner: both lock the membership. Accepting twice gives one membership.
//! * What is sensitive is only given while whoever offered it still holds it.
//! * From the page of a link that leads nowhere any more, a message reaches the administrators.
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
pub(crate) mod tests;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;

#[cfg(feature = "ssr")]
pub use events::Event;
