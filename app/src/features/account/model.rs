//! What travels of the own account.

use serde::{Deserialize, Serialize};

use crate::values::go_to::Outcome;

/// One's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Username.
    pub username: String,
    /// Address.
    pub email: String,
    /// Whether two-factor authentication is set up.
    pub has_factor: bool,
    /// Whether it must be.
    pub factor_is_owed: bool,
}

impl Outcome for Account {}
