//! The rooms of the product, one folder for each feature, with the same file names in every room.
//!
//! A room reaches another only through what its `mod.rs` makes public, and only where these lists have the edge. `cargo xtask check`
//! reads them: it refuses an edge that is missing, and one that nothing makes.
//!
//! Who uses whom, from the shared ground upward: a room uses rooms whose lines stand above its own. `members/ui` is what only the
//! pages of `members` use.
//!
//! ```text rooms
//! # shared ground
//! audit             ->
//! permissions       -> audit
//! help/ui           -> permissions
//! organizations     -> audit, permissions
//!
//! # accounts
//! auth/sessions     ->
//! auth/operator     -> audit
//! auth/sign_in      -> audit, permissions, auth/sessions
//! auth/registration -> audit, auth/sign_in
//! auth/two_factor   -> audit, permissions, auth/sessions, auth/sign_in
//! auth/set_up       -> audit, organizations, auth/sessions, auth/registration
//! account           -> permissions
//! account/ui        -> help, auth/sign_in
//!
//! # the people of an organization
//! members           -> audit, permissions, organizations
//! invitations       -> audit, permissions, organizations, auth/sessions, auth/registration, auth/two_factor, members
//!
//! # around
//! home              -> permissions
//! home/ui           -> organizations, invitations
//! mailbox           ->
//! demonstration     -> audit, permissions, auth/registration, auth/two_factor
//! ```
//!
//! Edges that lead back down, and so make circles of rooms:
//!
//! ```text back
//! audit      -> permissions: a row names a role
//! members/ui -> invitations: the list shows what is done to a row that waits
//! ```
//!
//! Rooms that reach another room's `store`:
//!
//! ```text stores
//! invitations -> members: both write memberships, which have no room of their own
//! ```
//!
//! What the shelves `platform`, `ui` and `values` know of rooms:
//!
//! ```text shelves
//! platform/outbox -> audit: a mail that is given up leaves a row
//! ```
//!
//! Files that use another file by which they are used, of a room or a shelf:
//!
//! ```text circles
//! audit/store.rs                  -> audit/record.rs: a row is written of its cause
//! invitations/ui/link_problem.rs  -> invitations/ui/complete_page.rs: both pages have the same card
//! organizations/refusal.rs        -> organizations/rules.rs: the refusal names the longest message
//! platform/db/store.rs            -> platform/db/mod.rs: statements run in the transaction that is defined beside the pool
//! platform/mailer/smtp.rs         -> platform/mailer/mod.rs: both have the same errors
//! platform/mailer/mod.rs          -> platform/outbox/mod.rs: the development mailbox is a table of the outbox
//! platform/outbox/store.rs        -> platform/outbox/mod.rs: rows become what the outbox tells
//! platform/randomness.rs          -> platform/incidents.rs: that it fails is a fault, and a fault has a random number
//! platform/throttle/store.rs      -> platform/throttle/mod.rs: rows become what the counters tell
//! ui/call/browser.rs              -> ui/call/mod.rs: both sides of a call have the same answer
//! ui/call/server.rs               -> ui/call/mod.rs: both sides of a call have the same answer
//! ```

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
