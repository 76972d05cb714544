//! Usernames.

use serde::{Deserialize, Serialize};

use super::text::{is_hidden, text_value};

/// The name that somebody signs in with: 3 to 32 characters of `a-z 0-9 . - _`, no dot at an edge or beside another.
///
/// It never contains an `@`, so it cannot be mistaken for an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Username(String);

/// Why a text is no username.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum UsernameError {
    /// Nothing was typed.
    #[error("Enter a username.")]
    Empty,
    /// Fewer than three characters.
    #[error("Use at least {} characters.", Username::MINIMUM_LENGTH)]
    TooShort,
    /// More than 32 characters.
    #[error("Use at most {} characters.", Username::MAXIMUM_LENGTH)]
    TooLong,
    /// A blank inside.
    #[error("A username has no spaces. Use a dot or a hyphen instead.")]
    Space,
    /// A character that cannot be seen.
    #[error("The username contains a hidden character. Type it instead of pasting it.")]
    Hidden,
    /// Any other character that usernames don't have.
    #[error("A username cannot contain “{0}”. Use the letters a to z, digits, dots, hyphens and underscores.")]
    Character(char),
    /// A dot at the beginning or end.
    #[error("A username neither begins nor ends with a dot.")]
    DotAtEdge,
    /// Two dots in a row.
    #[error("A username has no two dots in a row.")]
    DoubleDot,
}

impl Username {
    /// The fewest characters.
    pub const MINIMUM_LENGTH: usize = 3;
    /// The most characters.
    pub const MAXIMUM_LENGTH: usize = 32;

    /// Reads a username; capital letters become small ones, blanks around it are dropped.
    pub fn parse(text: &str) -> Result<Self, UsernameError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(UsernameError::Empty);
        }
        // Characters come first: of an address or a whole name, what is wrong is not its length.
        let unsuitable = text.chars().find(|character| !matches!(character, 'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_'));
        if let Some(character) = unsuitable {
            return Err(match character {
                _ if character.is_whitespace() => UsernameError::Space,
                _ if is_hidden(character) => UsernameError::Hidden,
                _ => UsernameError::Character(character),
            });
        }
        if text.len() < Self::MINIMUM_LENGTH {
            return Err(UsernameError::TooShort);
        }
        if text.len() > Self::MAXIMUM_LENGTH {
            return Err(UsernameError::TooLong);
        }
        if text.starts_with('.') || text.ends_with('.') {
            return Err(UsernameError::DotAtEdge);
        }
        if text.contains("..") {
            return Err(UsernameError::DoubleDot);
        }
        Ok(Self(text.to_ascii_lowercase()))
    }

    /// For somebody whose name and address leave nothing to make a username from.
    pub fn unnamed() -> Self {
        Self("user".to_owned())
    }

    /// The form for comparing: one account per key, over all organizations and times.
    pub fn key(&self) -> &str {
        &self.0
    }
}

text_value!(Username, UsernameError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_permitted_characters_make_a_username() {
        for text in ["ann", "ann.smith", "zoe.oneill", "anna-lena_2", "a.b", "007", "_-_", &"x".repeat(32)] {
            assert_eq!(Username::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn capital_letters_are_folded_so_that_case_makes_no_second_account() {
        let typed = Username::parse(" Ann.SMITH ").unwrap();
        assert_eq!(typed.key(), "ann.smith");
        assert_eq!(typed, Username::parse("ann.smith").unwrap());
    }

    #[test]
    fn each_mistake_has_its_own_words() {
        for (text, expected) in [
            ("", UsernameError::Empty),
            (" ", UsernameError::Empty),
            ("ab", UsernameError::TooShort),
            (&"x".repeat(33), UsernameError::TooLong),
            ("ann smith", UsernameError::Space),
            ("ann\tsmith", UsernameError::Space),
            ("ann\u{200b}smith", UsernameError::Hidden),
            ("ann\0smith", UsernameError::Hidden),
            ("ann@example.org", UsernameError::Character('@')),
            ("zoë", UsernameError::Character('ë')),
            ("\u{212a}en", UsernameError::Character('\u{212a}')),
            (".ann", UsernameError::DotAtEdge),
            ("ann.", UsernameError::DotAtEdge),
            ("...", UsernameError::DotAtEdge),
            ("ann..smith", UsernameError::DoubleDot),
        ] {
            assert_eq!(Username::parse(text), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn the_username_of_somebody_unnamed_is_one() {
        assert_eq!(Username::parse(Username::unnamed().as_str()), Ok(Username::unnamed()));
    }

    #[test]
    fn a_username_is_checked_again_on_arrival() {
        assert_eq!(serde_json::from_str::<Username>("\"Ann.Smith\"").unwrap().as_str(), "ann.smith");
        assert!(serde_json::from_str::<Username>("\"a\"").is_err());
    }
}
