//! Why a code is refused.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;

/// What is wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CodeRefusal {
    /// Nothing was typed.
    #[error("Enter the code from your authenticator app.")]
    NoCode,
    /// Not six digits.
    #[error("The authentication code has 6 digits.")]
    NotSixDigits,
    /// Not the code of this moment.
    #[error("The code is wrong. Enter the one that your authenticator app shows now.")]
    WrongCode,
    /// The right code, for the second time.
    #[error("This code has been used already. Wait until your authenticator app shows the next one.")]
    UsedCode,
    /// Nothing was typed.
    #[error("Enter one of your recovery codes.")]
    NoRecoveryCode,
    /// None of the codes that are left.
    #[error("The recovery code is wrong, or has been used already.")]
    WrongRecoveryCode,
}

impl Refusal for CodeRefusal {
    fn field(&self) -> Option<&'static str> {
        Some("code")
    }
}
