//! Why the example organization is not filled in.

use crate::platform::incidents::Fault;

/// Why nothing was filled in; nothing was changed either.
#[derive(Debug, thiserror::Error)]
pub enum FillRefusal {
    /// Its place in addresses is somebody else's.
    #[error("Nothing was filled in: there is an organization at /organizations/{slug} that is not the example. Use another database.")]
    OrganizationTaken {
        /// The place.
        slug: &'static str,
    },
    /// Usernames or addresses of example people belong to others.
    #[error("Nothing was filled in: these usernames or addresses of example people belong to somebody else here: {}. Use another database.", names.join(", "))]
    NamesTaken {
        /// Which ones.
        names: Vec<String>,
    },
    /// Passwords could not be hashed now.
    #[error("Nothing was filled in: too many passwords are being checked at the moment. Try again.")]
    Overloaded,
    /// It is ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<sqlx::Error> for FillRefusal {
    fn from(error: sqlx::Error) -> Self {
        Self::Fault(error.into())
    }
}
