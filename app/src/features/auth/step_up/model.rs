//! What is typed to prove who one is.

use serde::{Deserialize, Serialize};

use crate::values::secret::secret_debug;

/// Password and code, where they are asked for.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofFields {
    /// The password.
    #[serde(default)]
    pub password: String,
    /// A code of the authenticator app, where a factor is set up.
    #[serde(default)]
    pub code: String,
}

/// The password alone, where there is no factor yet.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordProof {
    /// The password.
    #[serde(default)]
    pub password: String,
}

secret_debug!(ProofFields, PasswordProof);
