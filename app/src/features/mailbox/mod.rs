//! # The development mailbox
//!
//! Where mail can be read while no mail server is set, so that a newcomer can try everything on one machine.
//!
//! * It exists only with the embedded database on a loopback address; anywhere else every address of it is "not found".
//! * It holds exactly what a mail server would have got: both parts of each mail, newest first.
//! * A message is shown in a frame that runs nothing and leads nowhere; its links stand beside it as a list.
//! * Nothing in it can be changed, and nobody needs to sign in: it would be of no use to somebody who is being invited.

pub mod api;
pub mod model;
pub mod rules;

#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
mod use_cases;

#[cfg(feature = "ssr")]
pub mod ui;

#[cfg(feature = "ssr")]
pub use use_cases::message_html;
