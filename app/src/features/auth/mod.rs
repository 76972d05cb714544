//! # Who somebody is
//!
//! Small rooms about proving who one is. `two_factor` uses `sign_in`, both use `sessions`; none of them the other way round.

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
