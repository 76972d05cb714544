//! # Step-up
//!
//! Proving once more who one is, before something sensitive: granting a sensitive permission, changing what protects the account.
//!
//! * Asked for when the session's last proof is older than five minutes: the password and, where a factor is set up, a code.
//! * It shares the counters of signing in: whoever guesses here guesses there.
//! * A proof is noted in the session, under a new token, once what it was for has been done.
//!
//! A sensitive form has [`ui::ProofInputs`] in it, its server function takes [`ProofFields`] as its argument `proof`, and its use case
//! runs its work by [`with_proof`].
pub mod model;
pub mod refusal;

#[cfg(feature = "ssr")]
mod use_cases;

#[cfg(feature = "ssr")]
pub mod ui;

pub use model::{PasswordProof, ProofFields};
pub use refusal::ProofRefusal;
#[cfg(feature = "ssr")]
pub use use_cases::{has_recent_proof, prove, prove_password, with_proof};
