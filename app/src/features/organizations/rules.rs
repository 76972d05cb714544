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

/// The suggested slug, or the same with the smallest number that makes it free.
pub fn free_slug(suggested: &Slug, taken: &[String]) -> Slug {
    let is_free = |slug: &Slug| !taken.iter().any(|taken| taken == slug.as_str());
    if is_free(suggested) {
        return suggested.clone();
    }
    // One more number than there are taken slugs: one of them is free.
    let numbers = 2..=u32::try_from(taken.len()).unwrap_or(u32::MAX - 2) + 2;
    numbers.map(|number| suggested.numbered(number)).find(is_free).unwrap_or_else(|| suggested.clone())
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
    fn a_taken_slug_gets_the_smallest_free_number() {
        let acme = Slug::parse("acme").unwrap();
        let taken = |slugs: &[&str]| slugs.iter().map(|slug| (*slug).to_owned()).collect::<Vec<_>>();
        assert_eq!(free_slug(&acme, &[]).as_str(), "acme");
        assert_eq!(free_slug(&acme, &taken(&["acme-2", "acme-corporation"])).as_str(), "acme");
        assert_eq!(free_slug(&acme, &taken(&["acme"])).as_str(), "acme-2");
        assert_eq!(free_slug(&acme, &taken(&["acme", "acme-2", "acme-4"])).as_str(), "acme-3");
        assert_eq!(free_slug(&acme, &taken(&["acme", "acme-2", "acme-3"])).as_str(), "acme-4");
    }

    #[test]
    fn a_long_slug_is_numbered_within_its_limit() {
        let long = Slug::parse(&"a".repeat(Slug::MAXIMUM_LENGTH)).unwrap();
        let free = free_slug(&long, &[long.as_str().to_owned()]);
        assert_eq!(free.as_str().len(), Slug::MAXIMUM_LENGTH);
        assert!(free.as_str().ends_with("-2"));
    }
}
