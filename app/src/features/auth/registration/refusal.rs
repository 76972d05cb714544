//! Why a registration can't be completed as typed.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;
use crate::values::display_name::NameError;
use crate::values::password::NewPasswordError;
use crate::values::username::UsernameError;

/// One thing to put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum RegistrationRefusal {
    /// The given name.
    #[error("First name: {0}")]
    FirstName(NameError),
    /// The family name.
    #[error("Last name: {0}")]
    LastName(NameError),
    /// The username is not one.
    #[error("{0}")]
    Username(UsernameError),
    /// A username was typed, and the box that makes one is ticked.
    #[error("To use {typed}, untick the box; to have {generated} made from your name, empty this field.")]
    UsernameBesideTickedBox {
        /// As typed.
        typed: String,
        /// Made from the names.
        generated: String,
    },
    /// Somebody has, or had, the username that the names make.
    #[error("The username {username} is taken. Untick the box and choose another{}.", offered(.alternatives))]
    AutomaticUsernameTaken {
        /// Made from the names.
        username: String,
        /// Free ones.
        alternatives: Vec<String>,
    },
    /// Somebody has, or had, the typed username.
    #[error("The username {username} is taken{}.", offered(.alternatives))]
    UsernameTaken {
        /// As typed.
        username: String,
        /// Free ones.
        alternatives: Vec<String>,
    },
    /// Too short or too long.
    #[error("{0}")]
    Password(NewPasswordError),
    /// Easy to guess.
    #[error("This password is easy to guess. {0}")]
    WeakPassword(String),
    /// The operator's terms must be accepted.
    #[error("Accept the terms to go on.")]
    Terms,
    /// The address has an account by now.
    #[error("This e-mail address has an account already. Sign in with it instead.")]
    AddressTaken,
}

impl Refusal for RegistrationRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::FirstName(_) => Some("first_name"),
            Self::LastName(_) => Some("last_name"),
            Self::Username(_) | Self::UsernameBesideTickedBox { .. } | Self::UsernameTaken { .. } | Self::AutomaticUsernameTaken { .. } => {
                Some("username")
            }
            Self::Password(_) | Self::WeakPassword(_) => Some("password"),
            Self::Terms => Some("terms"),
            Self::AddressTaken => None,
        }
    }
}

fn offered(alternatives: &[String]) -> String {
    if alternatives.is_empty() { String::new() } else { format!(": {} is free", alternatives.join(" or ")) }
}
