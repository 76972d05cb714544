//! The rooms of the product, one folder for each feature, with the same file names in every room.
//!
//! A room reaches another only through what its `mod.rs` makes public. Allowed edges:
//!
//! * every room → `permissions`, `audit`; these two know each other: the door tells who causes a row, a row names a right
//! * `invitations` → `members`, `organizations`, `auth`
//! * `members` → `organizations`, and its pages → `invitations`: the list shows what is done to a row that waits
//! * `auth` → `organizations`, which a first visit founds
//! * `home` → `invitations`, `organizations`; `account` → `auth`, `help`; `demonstration` → `members`, `auth`
//!
//! Of the platform, the outbox alone knows a room: a mail that is given up leaves a row of `audit`.

/// What an invited person meets.
pub mod accepting;
/// One's own account, and what the header shows of it.
pub mod account;
/// Software that an organization's people open.
pub mod applications;
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
/// Who belongs where: the table.
pub mod memberships;
/// Organizations and their first page.
pub mod organizations;
/// Who may do what.
pub mod permissions;
