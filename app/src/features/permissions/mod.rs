//! # Permissions
//!
//! What a member may do in one organization.
//!
//! * A role is only a preset of permissions; the member's own set decides.
//! * An Administrator always holds every permission. For the other roles single ones can be added and taken away.
//! * Whoever holds a sensitive permission must sign in with two factors.
//! * Every action needs one permission, or nothing but an active membership: [`policy::needs`] is the whole table.
//! * The interface asks the same table and hides what the server would refuse; that is a courtesy, never the check.

/// The single permissions and sets of them.
pub mod permission;
/// What can be done, and which permission each needs.
pub mod policy;
/// The roles and their presets.
pub mod role;

#[cfg(feature = "ssr")]
pub mod access;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
pub mod stored;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
/// Parts of forms.
#[cfg(feature = "ssr")]
pub mod ui;

pub use permission::{Permission, Permissions};
pub use policy::Action;
pub use role::Role;
