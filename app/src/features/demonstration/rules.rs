//! When everything is to have happened; pure. The same people get the same times, counted back from `now`.

use super::people::{DOMAIN, Person, Standing};
use crate::features::auth::registration::usernames;
use crate::features::memberships::rules::MembershipTimes;
use crate::values::email_address::{EmailAddress, EmailAddressError};
use crate::values::moment::Moment;
use crate::values::username::Username;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How long a link holds by default.
const LINK_VALIDITY: i64 = 72 * HOUR;
/// When the organization was created.
const FIRST_DAY: i64 = 394 * DAY;

/// The times of one membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) created_at: Moment,
    pub(super) membership: MembershipTimes,
    pub(super) visited_at: Option<Moment>,
}

/// Username and address of a person.
pub(super) fn names(person: &Person) -> Result<(Username, EmailAddress), EmailAddressError> {
    let username = usernames::generate(person.first_name, person.last_name, "");
    let email = EmailAddress::parse(&format!("{username}@{DOMAIN}"))?;
    Ok((username, email))
}

/// When the person with this place in the list came, and what followed.
pub(super) fn times(place: usize, person: &Person, now: Moment) -> Times {
    let place = i64::try_from(place).unwrap_or(0);
    let created_at = now.minus(age(place, person.standing));
    let joined_at = created_at.plus(20 * MINUTE + (place * 7 + 3) % 60 * HOUR + place % 50 * MINUTE);
    let is_founder = place == 0;
    let has_joined = matches!(person.standing, Standing::Active | Standing::Deactivated);
    let invited_at = (!is_founder && person.standing != Standing::NotNotified).then_some(created_at);
    let activated_at = has_joined.then_some(if is_founder { created_at } else { joined_at });
    let deactivated_at = (person.standing == Standing::Deactivated).then(|| now.minus((19 + place * 11 % 60) * DAY + 5 * HOUR));
    let visited_at = match (activated_at, deactivated_at) {
        (Some(_), Some(left)) => Some(left.minus(2 * DAY + place * 13 % 9 * HOUR)),
        (Some(joined), None) => Some(now.minus(idle(place)).max(joined)),
        (None, _) => None,
    };
    let link_expires_at = invited_at.map(|at| at.plus(LINK_VALIDITY));
    Times { created_at, membership: MembershipTimes { invited_at, link_expires_at, activated_at, deactivated_at }, visited_at }
}

/// How long ago somebody was added.
fn age(place: i64, standing: Standing) -> i64 {
    match standing {
        Standing::Active => FIRST_DAY - place * 8 * DAY - place * 37 % 240 * MINUTE,
        Standing::Deactivated => (120 + place * 23 % 100) * DAY + place * 5 % 9 * HOUR,
        Standing::Expired => (6 + place * 5 % 17) * DAY + place * 3 % 8 * HOUR,
        Standing::Invited => 2 * HOUR + place * 11 % 60 * HOUR + place * 17 % 60 * MINUTE,
        Standing::NotNotified => 5 * HOUR + place * 7 % 20 * HOUR,
    }
}

/// How long ago somebody was last seen: most people today or this week, some for a while not.
fn idle(place: i64) -> i64 {
    match place % 10 {
        0..=3 => (4 + place * 19 % 90) * MINUTE,
        4..=6 => (3 + place * 5 % 20) * HOUR,
        7 | 8 => (1 + place * 3 % 6) * DAY + 2 * HOUR,
        _ => (9 + place * 7 % 40) * DAY + 4 * HOUR,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::features::demonstration::people::{APPLICATIONS, LABEL, ORGANIZATION, PEOPLE, SLUG};
    use crate::features::memberships::MemberStatus;
    use crate::features::memberships::rules::status;
    use crate::features::permissions::Role;
    use crate::platform::folding;
    use crate::values::display_name::{Label, OrganizationName, PersonName};
    use crate::values::slug::Slug;

    const NOW: Moment = Moment::from_microseconds(1_795_000_000_000_000);

    #[test]
    fn every_status_is_there_and_follows_from_the_times() {
        let mut counts = [0; 5];
        for (place, person) in PEOPLE.iter().enumerate() {
            let times = times(place, person, NOW);
            let found = status(times.membership, NOW);
            let (index, expected) = match person.standing {
                Standing::Active => (0, MemberStatus::Active),
                Standing::Deactivated => (1, MemberStatus::Deactivated),
                Standing::Invited => (2, MemberStatus::Invited),
                Standing::NotNotified => (3, MemberStatus::NotNotified),
                Standing::Expired => (4, MemberStatus::InvitationExpired),
            };
            assert_eq!(found, expected, "{}", person.first_name);
            counts[index] += 1;
        }
        assert_eq!(counts, [44, 4, 6, 3, 3]);
    }

    #[test]
    fn nothing_happens_before_its_cause_or_after_now() {
        let first = times(0, &PEOPLE[0], NOW).created_at;
        for (place, person) in PEOPLE.iter().enumerate() {
            let times = times(place, person, NOW);
            let MembershipTimes { activated_at, deactivated_at, link_expires_at, .. } = times.membership;
            let order = [Some(first), Some(times.created_at), activated_at, times.visited_at, deactivated_at, Some(NOW)];
            let order: Vec<_> = order.into_iter().flatten().collect();
            assert!(order.is_sorted(), "{}: {times:?}", person.first_name);
            assert!(activated_at.zip(link_expires_at).is_none_or(|(joined, until)| joined < until), "{}", person.first_name);
        }
    }

    #[test]
    fn the_inviting_administrators_were_there_first() {
        let last_to_join = (0..3).filter_map(|place| times(place, &PEOPLE[place], NOW).membership.activated_at).max();
        for (place, person) in PEOPLE.iter().enumerate().skip(3) {
            assert!(Some(times(place, person, NOW).created_at) > last_to_join);
        }
        assert!(
            PEOPLE[..3].iter().all(|person| person.role == Role::Administrator && person.standing == Standing::Active && person.has_factor)
        );
    }

    #[test]
    fn everybody_has_a_name_a_username_and_an_address_of_their_own() {
        let mut usernames = HashSet::new();
        for person in &PEOPLE {
            for name in [person.first_name, person.last_name] {
                assert_eq!(PersonName::parse(name).map(String::from).as_deref(), Ok(name));
                assert!(!folding::fold(name).is_empty());
            }
            let (username, email) = names(person).unwrap();
            assert!(email.as_str().starts_with(username.as_str()));
            assert!(username.as_str().contains('.'), "{username}");
            assert!(usernames.insert(username.to_string()), "{username} twice");
        }
        assert!(OrganizationName::parse(ORGANIZATION).is_ok() && Label::parse(LABEL).is_ok() && Slug::parse(SLUG).is_ok());
    }

    #[test]
    fn granted_levels_exist_and_sensitive_ones_go_with_a_factor_once_the_person_is_here() {
        let mut is_offered = false;
        for person in &PEOPLE {
            let mut levels = APPLICATIONS.iter().zip(person.access);
            let is_sensitive = person.extra.iter().any(|permission| permission.is_sensitive())
                || levels.any(|(application, level)| {
                    application.levels[..usize::try_from(level).unwrap()].iter().any(|level| level.is_sensitive)
                });
            let is_here = matches!(person.standing, Standing::Active | Standing::Deactivated);
            assert!(!is_sensitive || !is_here || person.has_factor, "{}", person.last_name);
            is_offered |= is_sensitive && person.standing == Standing::Invited;
        }
        assert!(is_offered, "somebody is invited to something sensitive");
    }

    #[test]
    fn there_are_sixty_members_three_administrators_and_three_applications() {
        let administrators = PEOPLE.iter().filter(|person| person.role == Role::Administrator).count();
        assert_eq!((PEOPLE.len(), administrators, APPLICATIONS.len()), (60, 3, 3));
    }
}
