//! What travels when somebody signs in.

use serde::{Deserialize, Serialize};

use crate::values::go_to::Outcome;
use crate::values::secret::secret_debug;

/// What is typed on the sign-in page.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInForm {
    /// Username or e-mail address.
    #[serde(default)]
    pub identifier: String,
    /// The password.
    #[serde(default)]
    pub password: String,
    /// The page to go on to.
    #[serde(default)]
    pub next: String,
}

secret_debug!(SignInForm);

/// How far this browser has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInProgress {
    /// Not signed in.
    Nothing,
    /// The password was right; a code is awaited.
    CodeAwaited,
    /// The password was right, but too many codes were wrong.
    CodesSpent,
    /// Signed in.
    SignedIn,
}

impl Outcome for SignInProgress {}
