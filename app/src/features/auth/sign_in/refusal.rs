//! Why somebody is not let in.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;

/// Why signing in is refused. There is one answer for everything that must not be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SignInRefusal {
    /// No name was typed.
    #[error("Enter your username or e-mail address.")]
    NoIdentifier,
    /// No password was typed.
    #[error("Enter your password.")]
    NoPassword,
    /// Nobody of that name, another password, or locked.
    #[error("The username, address or password is wrong.")]
    Wrong,
}

impl Refusal for SignInRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoIdentifier => Some("identifier"),
            Self::NoPassword => Some("password"),
            Self::Wrong => None,
        }
    }
}
