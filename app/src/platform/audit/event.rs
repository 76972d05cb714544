//! What a room says of something that happened in it.

use serde_json::Value;
use uuid::Uuid;

use crate::values::ids::{MailId, MembershipId, OrganizationId, UserId};

/// Something that happened, in the past tense.
pub trait Event: Sync {
    /// What it is.
    fn kind(&self) -> Kind;

    /// Whom or what it concerns.
    fn subject(&self) -> Subject;

    /// What changed, in ids, kinds and numbers; stays for ever.
    fn difference(&self) -> Value {
        Value::Object(serde_json::Map::new())
    }

    /// What changed, as it was typed: names, addresses. Erased when the subject is forgotten.
    fn words(&self) -> Option<Value> {
        None
    }
}

/// A kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The stored name, `subject.what`; it never changes.
    pub name: &'static str,
    /// What the activity page calls it.
    pub words: &'static str,
}

impl Kind {
    /// A kind by its stored name and by what people read.
    pub const fn new(name: &'static str, words: &'static str) -> Self {
        Self { name, words }
    }
}

/// Whom or what an event concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An organization.
    Organization(OrganizationId),
    /// A membership, pending ones included.
    Membership(MembershipId),
    /// A person's account; `None` where the name that was typed is nobody's.
    Person(Option<UserId>),
    /// A mail.
    Mail(MailId),
}

impl Subject {
    /// The table's singular.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Organization(_) => "organization",
            Self::Membership(_) => "membership",
            Self::Person(_) => "user",
            Self::Mail(_) => "mail",
        }
    }

    /// The row, if there is one.
    pub fn id(self) -> Option<Uuid> {
        match self {
            Self::Organization(id) => Some(id.as_uuid()),
            Self::Membership(id) => Some(id.as_uuid()),
            Self::Person(id) => id.map(UserId::as_uuid),
            Self::Mail(id) => Some(id.as_uuid()),
        }
    }

    /// The membership, if it is one.
    pub(super) const fn membership(self) -> Option<MembershipId> {
        match self {
            Self::Membership(id) => Some(id),
            Self::Organization(_) | Self::Person(_) | Self::Mail(_) => None,
        }
    }

    /// The person, if it is one.
    pub(super) const fn person(self) -> Option<UserId> {
        match self {
            Self::Person(id) => id,
            Self::Organization(_) | Self::Membership(_) | Self::Mail(_) => None,
        }
    }
}
