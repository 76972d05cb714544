//! # Values
//!
//! Words of the domain that are always valid: a value that exists has passed its rule, in the browser and on the server.
//!
//! * Nothing here reads a clock, a database or randomness; whoever needs one passes the result in.
//! * Each type has one `parse`, whose error is a sentence for the person who typed.
//! * Values travel as plain text and are checked again on arrival.

/// Names that people read: of persons, organizations and their kind.
pub mod display_name;
/// E-mail addresses: kept as typed, compared without regard to case.
pub mod email_address;
/// Where a finished form leads.
pub mod go_to;
/// Identifiers, one type per table, and the reference number of a fault.
pub mod ids;
/// Points in time, to the microsecond.
pub mod moment;
/// One page of a long list: its size, its place and its total.
pub mod page;
/// Passwords that somebody is about to choose.
pub mod password;
/// What holds a secret, and is printed nowhere.
pub(crate) mod secret;
/// The part of an address (URL) that names an organization.
pub mod slug;
/// What all typed text has in common: hidden characters, and the conversions of checked text.
pub(crate) mod text;
/// Secrets that links and cookies carry.
pub mod token;
/// Usernames: unique over all organizations and times.
pub mod username;

pub use display_name::{Label, NameError, OrganizationName, PersonName};
pub use email_address::{EmailAddress, EmailAddressError};
pub use ids::{ApplicationId, IncidentId, LinkId, MailId, MembershipId, OrganizationId, SessionId, UserId};
pub use moment::Moment;
pub use page::{Cursor, Page, PageSize, Total};
pub use password::{NewPassword, NewPasswordError};
pub use slug::{Slug, SlugError};
pub use token::{Token, TokenDigest, TokenError, TokenPurpose};
pub use username::{Username, UsernameError};
