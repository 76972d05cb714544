//! How long a half session and a proof hold.

use crate::values::moment::Moment;

/// Longest time between the password and the code, in seconds.
pub const HALF_SESSION_SECONDS: i64 = 600;
/// Wrong codes that end a half session.
pub const MOST_WRONG_CODES: i32 = 5;
/// How long a proof counts for changing what protects the account, in seconds.
pub const RECENT_PROOF_SECONDS: i64 = 300;

/// What the person has proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The password; the second factor is owed.
    Password,
    /// Everything that the account demands.
    Full,
}

impl Stage {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Full => "full",
        }
    }

    /// Reads a stored name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Password, Self::Full].into_iter().find(|stage| stage.as_str() == name)
    }
}

/// Whether a half session still leads somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HalfStanding {
    /// A code is awaited.
    Open,
    /// Too many codes were wrong.
    Spent,
    /// It took too long.
    Expired,
}

/// Whether a session that began with the password at `created_at` may still be completed with a code.
pub const fn half_standing(created_at: Moment, wrong_codes: i32, now: Moment) -> HalfStanding {
    if now.seconds_since(created_at) >= HALF_SESSION_SECONDS {
        return HalfStanding::Expired;
    }
    if wrong_codes >= MOST_WRONG_CODES { HalfStanding::Spent } else { HalfStanding::Open }
}

/// Whether the last proof is recent enough to change what protects the account.
pub const fn is_recent_proof(proved_at: Moment, now: Moment) -> bool {
    now.seconds_since(proved_at) < RECENT_PROOF_SECONDS
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Moment = Moment::from_microseconds(1_000_000_000);

    #[test]
    fn a_half_session_waits_ten_minutes_for_its_code() {
        assert_eq!(half_standing(START, 0, START), HalfStanding::Open);
        assert_eq!(half_standing(START, 0, START.plus(599)), HalfStanding::Open);
        assert_eq!(half_standing(START, 0, START.plus(600)), HalfStanding::Expired);
    }

    #[test]
    fn five_wrong_codes_spend_a_half_session() {
        assert_eq!(half_standing(START, 4, START), HalfStanding::Open);
        assert_eq!(half_standing(START, 5, START), HalfStanding::Spent);
        assert_eq!(half_standing(START, 6, START), HalfStanding::Spent);
        assert_eq!(half_standing(START, 5, START.plus(600)), HalfStanding::Expired);
    }

    #[test]
    fn a_proof_counts_for_five_minutes() {
        assert!(is_recent_proof(START, START.plus(299)));
        assert!(!is_recent_proof(START, START.plus(300)));
    }

    #[test]
    fn a_stage_is_read_as_it_was_written() {
        for stage in [Stage::Password, Stage::Full] {
            assert_eq!(Stage::parse(stage.as_str()), Some(stage));
        }
        assert_eq!(Stage::parse("half"), None);
    }
}
