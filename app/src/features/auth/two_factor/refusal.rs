//! Why completing a sign-in, or a set-up, is refused.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;
use crate::features::auth::codes::refusal::CodeRefusal;
use crate::features::auth::step_up::ProofRefusal;

/// What is wrong about a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum TwoFactorRefusal {
    /// Something about a code.
    #[error(transparent)]
    Code(CodeRefusal),
    /// Something about the proof that was asked for.
    #[error(transparent)]
    Proof(ProofRefusal),
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
}

impl TwoFactorRefusal {
    /// What is wrong with the proof, if it is about that.
    pub const fn proof(&self) -> Option<ProofRefusal> {
        match self {
            Self::Proof(refusal) => Some(*refusal),
            _ => None,
        }
    }
}

impl Refusal for TwoFactorRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Code(refusal) => refusal.field(),
            Self::Proof(refusal) => refusal.field(),
            Self::FiveWrongCodes | Self::PendingExpired | Self::AlreadySetUp | Self::NotSetUp => None,
        }
    }
}
