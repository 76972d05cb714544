//! When an installation may be set up; pure.

use super::refusal::SetUpRefusal;
use crate::features::auth::links::{self, Life, State};
use crate::values::moment::Moment;

/// How long a printed link is valid.
pub const LINK_SECONDS: i64 = 72 * 3_600;

/// Only a live link, and only while there is nobody. That somebody was faster counts for more than the link's time.
pub fn may_set_up(life: Life, has_people: bool, now: Moment) -> Result<(), SetUpRefusal> {
    match links::state(life, now) {
        _ if has_people => Err(SetUpRefusal::Done),
        State::Used | State::Void(_) => Err(SetUpRefusal::Done),
        State::Expired => Err(SetUpRefusal::Expired),
        State::Live => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_microseconds(1_000_000_000);

    fn link(seconds_left: i64, is_used: bool) -> Life {
        Life { expires_at: NOW.plus(seconds_left), is_used, void: None }
    }

    #[test]
    fn a_live_link_sets_up_while_there_is_nobody() {
        assert_eq!(may_set_up(link(1, false), false, NOW), Ok(()));
        assert_eq!(may_set_up(link(LINK_SECONDS, false), false, NOW), Ok(()));
    }

    #[test]
    fn a_links_time_ends_at_its_last_instant() {
        assert_eq!(may_set_up(link(0, false), false, NOW), Err(SetUpRefusal::Expired));
        assert_eq!(may_set_up(link(-1, false), false, NOW), Err(SetUpRefusal::Expired));
    }

    #[test]
    fn the_first_person_ends_every_link() {
        assert_eq!(may_set_up(link(1, true), true, NOW), Err(SetUpRefusal::Done));
        assert_eq!(may_set_up(link(1, false), true, NOW), Err(SetUpRefusal::Done));
        assert_eq!(may_set_up(link(-1, false), true, NOW), Err(SetUpRefusal::Done));
    }
}
