//! A link that is about to be mailed.

use super::model::Offer;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId, UserId};
use crate::values::moment::Moment;

/// A mailed link about to be issued.
pub struct Issue<'issue> {
    /// The organization.
    pub organization: OrganizationId,
    /// The membership that waits.
    pub membership: MembershipId,
    /// Where the mail goes.
    pub email: &'issue EmailAddress,
    /// What it says.
    pub offer: &'issue Offer,
    /// Start of the transaction.
    pub now: Moment,
    /// Who wants it.
    pub asked_by: AskedBy,
}

/// Who asked for an invitation's mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedBy {
    /// A member, who stands behind the invitation from now on.
    Member(UserId),
    /// The operator, or a program that an organization trusts.
    Program,
    /// The invited person, whose link had run out. Such a mail is free.
    Invited,
}
