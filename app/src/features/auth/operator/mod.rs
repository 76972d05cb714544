//! # The operator's help
//!
//! What somebody with the machine can do for people who can't help themselves: `nexus admin`.
//!
//! * Unlocking lifts the locks of wrong passwords and codes.
//! * Resetting the second factor removes it with its recovery codes and ends every session. The duty to have one stays, so the
//!   person is led to setting up a new one after the password.
//! * Each leaves a row of activity without an actor, and the reset is told by mail.
mod emails;
mod events;
#[cfg(test)]
mod tests;
mod use_cases;

pub use use_cases::{reset_two_factor, unlock};
