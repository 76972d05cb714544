//! # Links
//!
//! A link is a secret sent to somebody; whoever follows it needs no session.
//!
//! * Only the digest of its token is stored, and the row, not the link, says what it is for: a link for one purpose is unknown to
//!   every other.
//! * Looking at a link changes nothing, however often. It is used up once, in the statement that checks that it is still live.
//! * It is live until it is used, void, or past; a void one says why.
//! * Its membership may go before it does: the row stays, so that its page can say what happened.
mod rules;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

pub use rules::{Life, State, VoidReason, state};
#[cfg(feature = "ssr")]
pub use store::{Link, NewLink, end_time, find, find_open, issue, life, mark_used, void};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Creates the first account and its organization.
    SetUp,
    /// Completes a registration, or accepts an invitation.
    Invitation,
}

impl Purpose {
    /// Those by which somebody registers: the helpers of that form answer them and no others.
    pub const REGISTERING: [Self; 2] = [Self::SetUp, Self::Invitation];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::Invitation => "invitation",
        }
    }
}

/// How a link reached somebody. Only a mailed one shows that a mailbox is theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// By mail.
    Mailed,
    /// On the operator's screen.
    Printed,
}

impl Channel {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mailed => "mailed",
            Self::Printed => "printed",
        }
    }
}
