//! # Applications
//!
//! Software that an organization's people open, and who has which level of it.
//!
//! * Per application a member has no access, or one level of its ordered list; each contains those below it.
//! * Whoever holds a sensitive level, or one that contains it, must sign in with two factors.
//! * Nobody gives more access than they have, unless they decide about applications.
//! * An application opens for whoever was granted access and holds the permission to open applications. That is checked at every
//!   opening; without access its name is told to nobody, and whoever is no active member of its organization is told that there is no
//!   such page.
//! * Where a second factor is owed and not set up, nothing of the organization opens.
//!
//! Forms in which access is chosen share [`ui::AccessChoices`] and [`Access`].
pub mod api;
pub mod model;
pub mod rules;

#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;

pub use model::Access;
#[cfg(feature = "ssr")]
pub use store::{NewApplication, NewLevel, give, insert, list_offered};
