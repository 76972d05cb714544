//! Who causes something, when and from where.

use crate::platform::request::{Origin, Working};
use crate::values::ids::{OrganizationId, UserId};
use crate::values::moment::Moment;

/// Who causes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person, signed in or just being signed in.
    Person(UserId),
    /// Somebody with the machine.
    Operator,
    /// The program by itself.
    System,
    /// A stranger: nobody is known.
    Nobody,
}

impl Actor {
    /// The stored name.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Operator => "operator",
            Self::System => "system",
            Self::Nobody => "nobody",
        }
    }

    /// The person, if it is one.
    pub const fn person(self) -> Option<UserId> {
        match self {
            Self::Person(user) => Some(user),
            Self::Operator | Self::System | Self::Nobody => None,
        }
    }
}

/// Who causes something, when, from where, and in which organization.
#[derive(Clone, Debug)]
pub struct Cause {
    organization: Option<OrganizationId>,
    actor: Actor,
    at: Moment,
    origin: Origin,
}

impl Cause {
    /// A request, so far nobody's and in no organization; `at` is the start of the transaction.
    pub fn of(request: &Working, at: Moment) -> Self {
        Self::from_origin(request.origin(), at)
    }

    /// The same, where only the request's origin is at hand.
    pub fn from_origin(origin: &Origin, at: Moment) -> Self {
        Self { organization: None, actor: Actor::Nobody, at, origin: origin.clone() }
    }

    /// Somebody with the machine.
    pub fn of_operator(at: Moment) -> Self {
        Self { organization: None, actor: Actor::Operator, at, origin: Origin::default() }
    }

    /// The program by itself.
    pub fn of_system(at: Moment) -> Self {
        Self { actor: Actor::System, ..Self::of_operator(at) }
    }

    /// The same, by a person.
    #[must_use]
    pub fn by(self, user: UserId) -> Self {
        Self { actor: Actor::Person(user), ..self }
    }

    /// The same, in an organization: its activity shows it.
    #[must_use]
    pub fn within(self, organization: OrganizationId) -> Self {
        Self { organization: Some(organization), ..self }
    }

    /// Start of the transaction.
    pub const fn at(&self) -> Moment {
        self.at
    }

    /// Who.
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    /// Where, if in an organization.
    pub const fn organization(&self) -> Option<OrganizationId> {
        self.organization
    }

    /// From where.
    pub(super) const fn origin(&self) -> &Origin {
        &self.origin
    }
}
