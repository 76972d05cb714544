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
//! auth/sessions     ->
//! auth/links        ->
//! auth/people       ->
//! permissions       -> auth/sessions
//! permissions/ui    ->
//! memberships       -> permissions
//! applications      -> permissions
//! help/ui           -> permissions
//!
//! # accounts
//! auth/password     -> auth/people
//! auth/codes        -> permissions, auth/people, auth/password
//! auth/step_up      -> permissions, auth/sessions, auth/password, auth/codes
//! auth/sign_in      -> permissions, auth/sessions, auth/password
//! auth/registration -> auth/links, auth/people
//! auth/two_factor   -> permissions, auth/sessions, auth/people, auth/password, auth/codes, auth/step_up
//! auth/two_factor/ui -> auth/sign_in
//! auth/operator     -> auth/sessions, auth/people, auth/codes
//! account           -> permissions, auth/people
//! site              -> permissions
//! site/ui           -> help, auth/sign_in
//!
//! # an organization
//! organizations     -> permissions, auth/people, memberships, applications
//! auth/set_up       -> auth/sessions, auth/links, auth/people, auth/registration, memberships, organizations
//! invitations       -> permissions, auth/links, auth/registration, auth/step_up, memberships, applications, organizations
//! accepting         -> permissions, auth/sessions, auth/links, auth/people, auth/registration, memberships, organizations, invitations
//! members           -> permissions, auth/sessions, memberships, organizations, invitations
//!
//! # around
//! home              -> permissions, applications, accepting
//! home/ui           -> organizations
//! mailbox           ->
//! demonstration     -> permissions, auth/people, auth/codes, auth/registration, auth/two_factor, memberships, applications, organizations, invitations, accepting, members
//! ```

/// What an invited person meets.
pub mod accepting;
/// One's own account.
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
/// What stands around every page.
pub mod site;
