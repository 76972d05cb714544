//! The rooms of the product, one folder for each feature, with the same file names in every room.
//!
//! Allowed edges: every room may use `permissions` and `audit`; `invitations` uses `members`, `applications`, `auth` and
//! `organizations`; `members` uses `organizations`, `auth` and `home` use nothing else; `demonstration` uses `auth`. A room reaches
//! another only through what its `mod.rs` makes public. No cycles, but one of pages: the list of `members` shows what `invitations`
//! does to a row.

/// One's own account, and what the header shows of it.
pub mod account;
/// What happened, one row each.
pub mod audit;
/// Signing in and out, two factors, registration, the first visit.
pub mod auth;
/// The example organization that `nexus demo` fills in.
#[cfg(feature = "ssr")]
pub mod demonstration;
/// Guides.
pub mod help;
/// The first page after signing in.
pub mod home;
/// Asking somebody, by address, to join an organization. The example room.
pub mod invitations;
/// Mail that was delivered while no mail server is set.
pub mod mailbox;
/// The people of an organization.
pub mod members;
/// Organizations and their first page.
pub mod organizations;
/// Who may do what.
pub mod permissions;
