//! Why a member can't be changed.

use serde::{Deserialize, Serialize};

use crate::failure::Refusal;
use crate::features::memberships::rules::LastAdministrator;

/// Why somebody can't be deactivated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum DeactivateRefusal {
    /// The organization would have nobody left to administer it.
    #[error("{name} is the only administrator who can be reached. The organization needs a second one first.")]
    LastAdministrator {
        /// Who.
        name: String,
    },
    /// They hold something that the acting person does not.
    #[error("{name} holds more permissions than you do. Ask an administrator.")]
    HoldsMore {
        /// Who.
        name: String,
    },
    /// One's own membership.
    #[error("This is you. To go, choose Leave on the organization's Overview.")]
    Yourself,
    /// Not active: pending, or deactivated already.
    #[error("{name} is not active: the status is {status}.")]
    NotActive {
        /// Who.
        name: String,
        /// The status' word.
        status: String,
    },
}

impl Refusal for DeactivateRefusal {}

/// Why a member can't leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum LeaveRefusal {
    /// Nobody else could manage the organization afterwards.
    #[error(transparent)]
    LastAdministrator(LastAdministrator),
}

impl Refusal for LeaveRefusal {}
