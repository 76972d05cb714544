//! What members may do by themselves; pure.

use super::refusal::{LONGEST_MESSAGE, MessageRefusal};
use crate::features::memberships::rules::LastAdministrator;
use crate::values::slug::Slug;

/// Whoever is the last reachable administrator, and so can't leave, has nobody to write to.
pub const fn may_write(stays_because: Option<LastAdministrator>) -> Result<(), MessageRefusal> {
    match stays_because {
        Some(LastAdministrator) => Err(MessageRefusal::NobodyElse),
        None => Ok(()),
    }
}

/// What is sent of a typed message: all of it, without the blanks around it.
pub fn message(typed: &str) -> Result<&str, MessageRefusal> {
    let message = typed.trim();
    if message.is_empty() {
        return Err(MessageRefusal::Empty);
    }
    if message.chars().count() > LONGEST_MESSAGE {
        return Err(MessageRefusal::TooLong);
    }
    Ok(message)
}

/// The slugs that an organization may get, the best first, some at a time: the suggested one, then the same with numbers.
pub fn slug_candidates(suggested: &Slug) -> impl Iterator<Item = Vec<Slug>> + '_ {
    const AT_ONCE: u32 = 50;
    let candidate = |number| if number == 1 { suggested.clone() } else { suggested.numbered(number) };
    (1_u32..).step_by(AT_ONCE as usize).map(move |first| (first..first + AT_ONCE).map(candidate).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_reachable_administrator_writes_to_nobody() {
        assert_eq!(may_write(Some(LastAdministrator)), Err(MessageRefusal::NobodyElse));
        assert_eq!(may_write(None), Ok(()));
    }

    #[test]
    fn a_message_says_something_and_fits() {
        assert_eq!(message(" \n\t "), Err(MessageRefusal::Empty));
        assert_eq!(message("  Please give me access.\n"), Ok("Please give me access."));
        assert!(message(&"é".repeat(LONGEST_MESSAGE)).is_ok());
        assert_eq!(message(&"é".repeat(LONGEST_MESSAGE + 1)), Err(MessageRefusal::TooLong));
    }

    #[test]
    fn a_taken_slug_gets_a_number() {
        let acme = Slug::parse("acme").unwrap();
        let candidates: Vec<Slug> = slug_candidates(&acme).take(3).flatten().collect();
        assert_eq!(candidates[0].as_str(), "acme");
        assert!(candidates[1..].iter().zip(2..).all(|(candidate, number)| candidate.as_str() == format!("acme-{number}")));
        assert_eq!(candidates.len(), 150);
    }

    #[test]
    fn a_long_slug_is_numbered_within_its_limit() {
        let long = Slug::parse(&"a".repeat(Slug::MAXIMUM_LENGTH)).unwrap();
        let candidates = slug_candidates(&long).next().unwrap();
        assert!(candidates.iter().all(|candidate| candidate.as_str().len() == Slug::MAXIMUM_LENGTH));
        assert!(candidates[1].as_str().ends_with("-2"));
    }
}
