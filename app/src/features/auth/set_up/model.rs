//! What travels between server and browser during the set-up.

use serde::{Deserialize, Serialize};

use crate::values::go_to::Outcome;
use crate::values::secret::secret_debug;

/// What the page of a set-up link shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SetUpLink {
    /// The form.
    Open {
        /// Fewest characters of a password.
        password_minimum: usize,
        /// Terms to be accepted.
        terms_url: Option<String>,
    },
    /// That somebody was here before.
    Done,
    /// How to get a new link.
    Expired,
    /// That this is no link of ours.
    Unknown,
}

impl Outcome for SetUpLink {}

/// The first person and their organization, as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpForm {
    /// The link's secret.
    #[serde(default)]
    pub token: String,
    /// E-mail address.
    #[serde(default)]
    pub email: String,
    /// Name of the organization.
    #[serde(default)]
    pub organization_name: String,
    /// What it calls itself in general.
    #[serde(default)]
    pub label: String,
}

secret_debug!(SetUpForm);
