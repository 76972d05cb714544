//! # Who somebody is
//!
//! Small rooms about proving who one is, from those that others stand on to those that stand on them: `people`, `links`, `sessions`;
//! `password`, `codes`, `registration`; `sign_in`, `step_up`;
//! `two_factor`, `set_up`, `operator`.

/// Codes of the second factor, and trying one.
pub mod codes;
/// Secrets that were sent to somebody.
pub mod links;
/// Becoming somebody: the one process that creates every account.
pub mod registration;
/// The first person and organization of an installation.
pub mod set_up;
/// The password, and leaving again.
pub mod sign_in;
/// Proving once more who one is, before something sensitive.
pub mod step_up;
/// The second factor: codes of an app, recovery codes.
pub mod two_factor;

/// What somebody with the machine can do for people.
#[cfg(feature = "ssr")]
pub mod operator;
/// Trying a password.
#[cfg(feature = "ssr")]
pub mod password;
/// The accounts.
#[cfg(feature = "ssr")]
pub mod people;
/// What a browser's cookie stands for.
#[cfg(feature = "ssr")]
pub mod sessions;
