//! The part of an address (URL) that names an organization.

use serde::{Deserialize, Serialize};

use super::text::text_value;

/// Names an organization in an address: `a-z`, `0-9` and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text cannot name an organization in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SlugError {
    /// Fewer than two characters.
    #[error("Use at least {} characters.", Slug::MINIMUM_LENGTH)]
    TooShort,
    /// Longer than its limit.
    #[error("Use at most {} characters.", Slug::MAXIMUM_LENGTH)]
    TooLong,
    /// Something other than small letters, digits and hyphens.
    #[error("Use only the letters a to z, digits and hyphens.")]
    Character,
    /// A hyphen at the beginning or end.
    #[error("Begin and end with a letter or a digit.")]
    HyphenAtEdge,
    /// A word that addresses use themselves.
    #[error("This word is reserved. Choose another.")]
    Reserved,
}

// `/organizations/new` is the page that creates one.
const RESERVED: [&str; 1] = ["new"];
const FALLBACK: &str = "organization";

impl Slug {
    /// The fewest characters.
    pub const MINIMUM_LENGTH: usize = 2;
    /// The most characters.
    pub const MAXIMUM_LENGTH: usize = 60;

    /// Reads a slug. Refuses whatever would not stand in an address as it is.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        if text.len() < Self::MINIMUM_LENGTH {
            return Err(SlugError::TooShort);
        }
        if text.len() > Self::MAXIMUM_LENGTH {
            return Err(SlugError::TooLong);
        }
        if !text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            return Err(SlugError::Character);
        }
        if text.starts_with('-') || text.ends_with('-') {
            return Err(SlugError::HyphenAtEdge);
        }
        if RESERVED.contains(&text) {
            return Err(SlugError::Reserved);
        }
        Ok(Self(text.to_owned()))
    }

    /// Proposes one for a name that has been transliterated to ASCII.
    pub fn suggest(ascii_name: &str) -> Self {
        let mut slug = String::new();
        for character in ascii_name.chars() {
            if character.is_ascii_alphanumeric() {
                slug.push(character.to_ascii_lowercase());
            } else if !matches!(character, '\'' | '.') && !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            if slug.len() == Self::MAXIMUM_LENGTH {
                break;
            }
        }
        let slug = slug.trim_end_matches('-');
        Self::parse(slug).unwrap_or_else(|_| Self(if slug.is_empty() { FALLBACK.to_owned() } else { format!("{slug}-{FALLBACK}") }))
    }

    /// The same with a number, for when it is taken: `acme-2`.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let ending = format!("-{number}");
        let kept: String = self.0.chars().take(Self::MAXIMUM_LENGTH - ending.len()).collect();
        Self(format!("{}{ending}", kept.trim_end_matches('-')))
    }
}

text_value!(Slug, SlugError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_digits_and_hyphens_make_a_slug() {
        for text in ["ab", "acme", "acme-2", "7-eleven", "a--b", &"x".repeat(60)] {
            assert_eq!(Slug::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        for (text, expected) in [
            ("", SlugError::TooShort),
            ("a", SlugError::TooShort),
            ("Acme", SlugError::Character),
            ("a b", SlugError::Character),
            ("a/b", SlugError::Character),
            ("a.b", SlugError::Character),
            ("café", SlugError::Character),
            ("a\0", SlugError::Character),
            ("-a", SlugError::HyphenAtEdge),
            ("a-", SlugError::HyphenAtEdge),
            ("new", SlugError::Reserved),
            (&"x".repeat(61), SlugError::TooLong),
        ] {
            assert_eq!(Slug::parse(text), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn a_suggestion_is_always_a_slug() {
        for (name, expected) in [
            ("Acme Corporation", "acme-corporation"),
            ("  O'Neill & Sons, Ltd. ", "oneill-sons-ltd"),
            ("Bei Jing ", "bei-jing"),
            ("--", "organization"),
            ("", "organization"),
            ("X", "x-organization"),
            ("New", "new-organization"),
        ] {
            assert_eq!(Slug::suggest(name).as_str(), expected);
        }
        let long = Slug::suggest(&"ab ".repeat(100));
        assert_eq!(Slug::parse(long.as_str()).unwrap(), long);
    }

    #[test]
    fn a_taken_slug_gets_a_number_within_the_limit() {
        assert_eq!(Slug::parse("acme").unwrap().numbered(2).as_str(), "acme-2");
        let longest = Slug::parse(&format!("{}-b", "a".repeat(58))).unwrap();
        let numbered = longest.numbered(2);
        assert_eq!(numbered.as_str(), format!("{}-2", "a".repeat(58)));
        for number in [10, u32::MAX] {
            assert!(Slug::parse(longest.numbered(number).as_str()).is_ok());
        }
    }
}
