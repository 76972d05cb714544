//! What travels between server and browser during the set-up.

use serde::{Deserialize, Serialize};

use crate::features::auth::registration::model::RegistrationFields;
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
    /// Given name.
    #[serde(default)]
    pub first_name: String,
    /// Family name.
    #[serde(default)]
    pub last_name: String,
    /// E-mail address.
    #[serde(default)]
    pub email: String,
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
    /// Name of the organization.
    #[serde(default)]
    pub organization_name: String,
    /// What it calls itself in general.
    #[serde(default)]
    pub label: String,
}

secret_debug!(SetUpForm);

impl SetUpForm {
    /// The inputs that every registration has.
    pub fn registration(&self) -> RegistrationFields {
        RegistrationFields {
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            automatic_username: self.automatic_username.clone(),
            username: self.username.clone(),
            offered_username: self.offered_username.clone(),
            password: self.password.clone(),
            terms: self.terms.clone(),
        }
    }
}
