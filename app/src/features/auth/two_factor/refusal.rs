//! Why a code, or a set-up, is refused.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;

/// What is wrong about a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum TwoFactorRefusal {
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
    /// The half session has ended.
    #[error("Five wrong codes: sign in again.")]
    FiveWrongCodes,
    /// The new secret is too old, or not from this page.
    #[error("This page was open for too long. Reload it, scan the new QR code, and enter its code.")]
    PendingExpired,
    /// Somebody was faster, perhaps the same person in another window.
    #[error("Two-factor authentication is already turned on. Reload the page.")]
    AlreadySetUp,
    /// There is no factor.
    #[error("Two-factor authentication is not turned on. Reload the page.")]
    NotSetUp,
    /// No password was typed.
    #[error("Enter your password.")]
    NoPassword,
    /// Another password, or locked.
    #[error("The password is wrong.")]
    WrongPassword,
}

impl Refusal for TwoFactorRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoCode | Self::NotSixDigits | Self::WrongCode | Self::UsedCode | Self::NoRecoveryCode | Self::WrongRecoveryCode => {
                Some("code")
            }
            Self::NoPassword | Self::WrongPassword => Some("password"),
            Self::FiveWrongCodes | Self::PendingExpired | Self::AlreadySetUp | Self::NotSetUp => None,
        }
    }
}
