//! Passwords that somebody is about to choose.
//!
//! Length is the only rule of shape: any character counts, nothing is trimmed, cut or demanded. How easily a password is
//! guessed is judged on the server.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A password of a permitted length.
#[derive(Clone)]
pub struct NewPassword(String);

/// Why a password is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NewPasswordError {
    /// Nothing was typed.
    #[error("Enter a password.")]
    Empty,
    /// Fewer characters than the operator demands.
    #[error("Use at least {minimum} characters. A sentence or a few words are easy to remember.")]
    TooShort {
        /// The fewest characters.
        minimum: usize,
    },
    /// More characters than are hashed in reasonable time.
    #[error("Use at most {} characters.", NewPassword::MAXIMUM_LENGTH)]
    TooLong,
}

impl NewPassword {
    /// The fewest characters, unless the operator demands more.
    pub const DEFAULT_MINIMUM_LENGTH: usize = 15;
    /// The most characters; at four bytes each, the most that is ever hashed is 1,024 bytes.
    pub const MAXIMUM_LENGTH: usize = 256;

    /// Takes a password as it is, blanks included. Refuses those outside `minimum` to 256 characters.
    pub fn parse(text: &str, minimum: usize) -> Result<Self, NewPasswordError> {
        if text.is_empty() {
            return Err(NewPasswordError::Empty);
        }
        // Counting stops early, whatever the size of the input.
        let length = text.chars().take(Self::MAXIMUM_LENGTH + 1).count();
        if length > Self::MAXIMUM_LENGTH {
            return Err(NewPasswordError::TooLong);
        }
        if length < minimum {
            return Err(NewPasswordError::TooShort { minimum });
        }
        Ok(Self(text.to_owned()))
    }

    /// The secret text, for judging and hashing, and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("NewPassword(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(text: &str) -> Result<(), NewPasswordError> {
        NewPassword::parse(text, NewPassword::DEFAULT_MINIMUM_LENGTH).map(|_| ())
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(judge(""), Err(NewPasswordError::Empty));
        assert_eq!(judge(&"é".repeat(14)), Err(NewPasswordError::TooShort { minimum: 15 }));
        assert_eq!(judge(&"é".repeat(15)), Ok(()));
        assert_eq!(judge(&"🦀".repeat(256)), Ok(()));
        assert_eq!(judge(&"a".repeat(257)), Err(NewPasswordError::TooLong));
        assert_eq!(judge(&"a".repeat(1_000_000)), Err(NewPasswordError::TooLong));
    }

    #[test]
    fn the_operator_sets_the_minimum() {
        assert!(NewPassword::parse("12345678", 8).is_ok());
        let refusal = NewPassword::parse("1234567", 8).unwrap_err();
        assert!(refusal.to_string().starts_with("Use at least 8 characters."));
    }

    #[test]
    fn a_password_is_taken_exactly_as_typed() {
        let typed = "  Blanks count, too  ";
        assert_eq!(NewPassword::parse(typed, 15).unwrap().expose(), typed);
    }

    #[test]
    fn debugging_prints_no_secret() {
        assert_eq!(format!("{:?}", NewPassword::parse("correct horse battery", 15).unwrap()), "NewPassword(…)");
    }
}
