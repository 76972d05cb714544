//! What a person types to complete their registration.

use serde::{Deserialize, Serialize};

use crate::values::go_to::Outcome;
use crate::values::secret::secret_debug;

/// The inputs that every form shares by which somebody gets an account.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationFields {
    /// Given name.
    #[serde(default)]
    pub first_name: String,
    /// Family name.
    #[serde(default)]
    pub last_name: String,
    /// `on` when the username is made from the names.
    #[serde(default)]
    pub automatic_username: String,
    /// The username, where it is typed.
    #[serde(default)]
    pub username: String,
    /// The username that the page itself put into its input.
    #[serde(default)]
    pub offered_username: String,
    /// The password.
    #[serde(default)]
    pub password: String,
    /// `on` when the terms are accepted.
    #[serde(default)]
    pub terms: String,
}

secret_debug!(RegistrationFields);

/// The username that somebody's names make, while they are typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsernameSuggestion {
    /// Made from the names.
    pub username: String,
    /// Whether it can be had.
    pub is_free: bool,
    /// Free ones that are like it; empty when it is free itself.
    pub alternatives: Vec<String>,
}

impl Outcome for UsernameSuggestion {}

/// How good a password is, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordJudgement {
    /// Whether it would be accepted.
    pub is_accepted: bool,
    /// 0 to 4, for the meter.
    pub score: u8,
    /// `Too short`, `Easy to guess`, `Good`, `Very good`.
    pub words: String,
    /// What would help.
    pub advice: Option<String>,
}

impl Outcome for PasswordJudgement {}
