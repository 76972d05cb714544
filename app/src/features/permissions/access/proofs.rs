//! What the door hands out: proofs of who was let through, and why others were not.
//!
//! Apart from the door: these small pieces are compiled into every use case, which a changed line of the door need not be.

use crate::failure::{Failure, Refusal};
use crate::features::permissions::permission::Permissions;
use crate::features::permissions::role::Role;
use crate::platform::audit::Cause;
use crate::platform::incidents::{Fault, failure};
use crate::platform::request::Origin;
use crate::values::email_address::EmailAddress;
use crate::values::ids::{MembershipId, OrganizationId, SessionId, UserId};
use crate::values::moment::Moment;
use crate::values::slug::Slug;

/// Proof that somebody is signed in with everything their account demands. Only [`super::signed_in`] and [`super::require`] make one.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and none follows from another")]
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person.
    pub user: UserId,
    /// The session that the request came with.
    pub session: SessionId,
    /// Where they read their mail.
    pub email: EmailAddress,
    /// Whether they have shown that the mailbox is theirs.
    pub is_email_proved: bool,
    /// Whether the account is about to be closed.
    pub is_closing: bool,
    /// When they last proved who they are with everything they have.
    pub proved_at: Moment,
    /// When the door was passed: the start of the transaction, where there is one.
    pub now: Moment,
    /// Whether two-factor authentication is set up.
    pub has_factor: bool,
    /// Whether any active membership holds something sensitive, so that a factor is owed.
    pub factor_is_owed: bool,
    /// The organization opened last.
    pub last_organization: Option<OrganizationId>,
    pub(super) origin: Origin,
}

/// Proof that a member may do what they asked for in an organization. Only [`super::require`] can make one: it has checked the session,
/// the membership's status, the permission, and the second factor where something sensitive is held; in the transaction that writes,
/// where there is one.
#[derive(Clone, Debug)]
pub struct Allowed {
    pub(super) organization: OrganizationId,
    pub(super) slug: Slug,
    pub(super) organization_name: String,
    pub(super) label: String,
    pub(super) link_validity_seconds: i64,
    pub(super) membership: MembershipId,
    pub(super) member_since: Option<Moment>,
    pub(super) role: Role,
    pub(super) held: Permissions,
    pub(super) signed_in: SignedIn,
}

/// Why the door stays shut.
#[derive(Debug)]
pub enum Denied {
    /// No session, or it has ended.
    SignedOut,
    /// A second factor must be set up first.
    TwoFactorDue,
    /// No such organization, or not an active member of it: the same answer.
    NotFound,
    /// A member without the right.
    Forbidden,
    /// The check itself failed: that is a no.
    Fault(Fault),
}

impl<R: Refusal> From<Denied> for Failure<R> {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::SignedOut => Self::SignedOut,
            Denied::TwoFactorDue => Self::TwoFactorDue,
            Denied::NotFound => Self::NotFound,
            Denied::Forbidden => Self::Forbidden,
            Denied::Fault(fault) => failure(&fault),
        }
    }
}

impl From<Fault> for Denied {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<sqlx::Error> for Denied {
    fn from(error: sqlx::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl Allowed {
    /// The organization.
    pub const fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// The organization's part of addresses.
    pub const fn slug(&self) -> &Slug {
        &self.slug
    }

    /// The organization's name.
    pub fn organization_name(&self) -> &str {
        &self.organization_name
    }

    /// What the organization calls itself in general.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// How long the organization's links are valid.
    pub const fn link_validity_seconds(&self) -> i64 {
        self.link_validity_seconds
    }

    /// The acting person, as every page knows them.
    pub const fn signed_in(&self) -> &SignedIn {
        &self.signed_in
    }

    /// The acting person.
    pub const fn actor(&self) -> UserId {
        self.signed_in.user
    }

    /// The acting person's membership.
    pub const fn membership(&self) -> MembershipId {
        self.membership
    }

    /// When the acting person joined; an active member has.
    pub fn member_since(&self) -> Moment {
        self.member_since.unwrap_or(self.now())
    }

    /// The acting person's role.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// What the acting person holds: nobody gives more.
    pub const fn held(&self) -> Permissions {
        self.held
    }

    /// When the door was passed: the start of the transaction, where there is one.
    pub const fn now(&self) -> Moment {
        self.signed_in.now
    }

    /// Who causes an audit row, where and when.
    pub fn cause(&self) -> Cause {
        self.signed_in.cause().within(self.organization)
    }
}

impl SignedIn {
    /// Who causes an audit row outside of any organization.
    pub fn cause(&self) -> Cause {
        Cause::from_origin(&self.origin, self.now).by(self.user)
    }
}
