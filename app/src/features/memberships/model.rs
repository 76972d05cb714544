//! What travels of a membership.

use serde::{Deserialize, Serialize};

/// Where a membership stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberStatus {
    /// Created, but no mail has been queued yet.
    NotNotified,
    /// A link is on its way or waits, and is valid.
    Invited,
    /// The link's time has passed.
    InvitationExpired,
    /// The person belongs to the organization.
    Active,
    /// Access was withdrawn.
    Deactivated,
}

impl MemberStatus {
    /// The badge's word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotNotified => "Not notified",
            Self::Invited => "Invited",
            Self::InvitationExpired => "Invitation expired",
            Self::Active => "Active",
            Self::Deactivated => "Deactivated",
        }
    }

    /// Whether it still waits for its person.
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::NotNotified | Self::Invited | Self::InvitationExpired)
    }
}
