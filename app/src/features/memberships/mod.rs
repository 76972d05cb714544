//! # Memberships
//!
//! The table of who belongs to which organization. It has no pages: other rooms tell the stories, this one keeps the facts.
//!
//! * A membership waits for its person (*Not notified*, *Invited*, *Invitation expired*), then is *Active* or *Deactivated*. The
//!   status derives from times; nothing stores it.
//! * Until it is accepted, name, address and drafted username are what the organization typed; then the account's own words take over.
//! * One pending membership per address and organization, one membership per person and organization.
//! * An organization always keeps a reachable administrator: whoever ends one asks [`rules::keeps_a_reachable_administrator`] while it
//!   holds the organization's row.
//! * **Locks are taken in one order: the organization's row, then the membership's.** Whoever adds, ends or removes a membership holds
//!   the organization's (`access::require_alone`, or [`lock_organization`](crate::features::permissions::access::lock_organization)
//!   where no member acts), since the count of its people and of its administrators changes; whoever only gives a person takes the
//!   membership's alone.
pub mod model;
pub mod rules;

#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

pub use model::MemberStatus;
#[cfg(feature = "ssr")]
pub use store::{
    Holder, LapsedOffer, Membership, NewMembership, PendingOffer, Typed, Who, count_reachable_administrators, end, find, give_person,
    insert, lapse_sensitive_offers, list_pending_by, lock, lock_pending, mark_invited, remove_pending,
};
