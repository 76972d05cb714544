//! # Who somebody is
//!
//! Small rooms about proving who one is. `set_up` uses `registration`; that one and `two_factor` use `sign_in`; whoever begins or
//! ends a session uses `sessions`. None of them the other way round.

/// Becoming somebody: the one process that creates every account.
pub mod registration;
/// The first person and organization of an installation.
pub mod set_up;
/// The password, and leaving again.
pub mod sign_in;
/// The second factor: codes of an app, recovery codes.
pub mod two_factor;

/// What somebody with the machine can do for people.
#[cfg(feature = "ssr")]
pub mod operator;
/// What a browser's cookie stands for.
#[cfg(feature = "ssr")]
pub mod sessions;
