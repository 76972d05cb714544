//! Why a proof is refused.

use serde::{Deserialize, Serialize};

use crate::failure::{Failure, Refusal};
use crate::features::auth::codes::refusal::CodeRefusal;

/// What is wrong with a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ProofRefusal {
    /// No password was typed.
    #[error("Enter your password.")]
    NoPassword,
    /// Another password, or locked.
    #[error("The password is wrong.")]
    WrongPassword,
    /// Something about the code.
    #[error(transparent)]
    Code(#[from] CodeRefusal),
}

impl Refusal for ProofRefusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoPassword | Self::WrongPassword => Some("password"),
            Self::Code(refusal) => refusal.field(),
        }
    }
}

/// Whether a form that failed so must ask for the proof. `proof_of` gives a refusal's proof, if it is about one.
pub fn asks_for_proof<R>(failure: &Failure<R>, proof_of: impl Fn(&R) -> Option<ProofRefusal>) -> bool {
    matches!(failure, Failure::Refused(refusals) if refusals.iter().any(|refusal| proof_of(refusal).is_some()))
}
