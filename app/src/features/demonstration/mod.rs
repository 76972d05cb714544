//! # The example organization
//!
//! What `nexus demo` fills in: an organization like a real one, with people in every status, for looking around and trying out.
//!
//! * It is added beside whatever is there. Nothing of others is read or changed, and where a username or an address belongs to
//!   somebody else, nothing is filled in at all.
//! * Filling in once more changes nothing and says again how to sign in.
//! * All of it is one transaction, and every step leaves the row of activity that the product would have left.
//! * **This is the only room that invents times**: people have joined over the past year, which no use case could write.
//! * No mail is queued and no link is issued: nobody has these mailboxes. `Send again` issues a real link.
//! * The password is the installation's own, made from its secret key: the same for every example person and every run, and
//!   known to nobody who has not run the command.
mod people;
mod refusal;
mod rules;
mod store;
mod use_cases;

pub use refusal::FillRefusal;
pub use use_cases::{Filled, SignInFacts, fill};
