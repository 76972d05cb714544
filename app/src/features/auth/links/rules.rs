//! Where a link stands; pure.

use crate::values::moment::Moment;

/// Why a link died before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoidReason {
    /// What it led to was taken back.
    Withdrawn,
    /// A newer link was sent.
    Replaced,
    /// The person declined.
    Declined,
}

impl VoidReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Withdrawn, Self::Replaced, Self::Declined];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Replaced => "replaced",
            Self::Declined => "declined",
        }
    }
}

/// A link's life, as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Until when it is valid.
    pub expires_at: Moment,
    /// Whether it was used.
    pub is_used: bool,
    /// Why it died before its time.
    pub void: Option<VoidReason>,
}

/// Where a link stands at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be used.
    Live,
    /// Its time has passed.
    Expired,
    /// It was used.
    Used,
    /// It died before its time.
    Void(VoidReason),
}

/// A link is live until it is used, void or past; what happened to it comes before its time.
pub fn state(life: Life, now: Moment) -> State {
    match (life.is_used, life.void) {
        (true, _) => State::Used,
        (false, Some(reason)) => State::Void(reason),
        (false, None) if life.expires_at.is_after(now) => State::Live,
        (false, None) => State::Expired,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_microseconds(1_000_000_000);
    const LIVE: Life = Life { expires_at: NOW.plus(1), is_used: false, void: None };

    #[test]
    fn a_link_is_live_to_the_last_microsecond_of_its_time() {
        assert_eq!(state(LIVE, NOW), State::Live);
        assert_eq!(state(Life { expires_at: NOW, ..LIVE }, NOW), State::Expired);
    }

    #[test]
    fn what_happened_to_a_link_comes_before_its_time() {
        let past = Life { expires_at: NOW.minus(9), ..LIVE };
        for reason in VoidReason::ALL {
            assert_eq!(state(Life { void: Some(reason), ..past }, NOW), State::Void(reason));
            assert_eq!(state(Life { void: Some(reason), ..LIVE }, NOW), State::Void(reason));
        }
        assert_eq!(state(Life { is_used: true, ..past }, NOW), State::Used);
        assert_eq!(state(Life { is_used: true, ..LIVE }, NOW), State::Used);
    }
}
