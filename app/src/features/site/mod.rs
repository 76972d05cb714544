//! # The site
//!
//! What stands around every page: the header with the current organization, the profile menu, the theme, the footer.
//!
//! * The header names the current organization and the person's role in it at all times. It is read anew for every page,
//!   also for another search or part of a list, so a role changed elsewhere shows at the next one.
//! * The current organization is the one in the address, else the one opened last, else the first by name; always one of those
//!   that the person is an active member of.
//! * A half session, an idle one and a spent one are nobody.
//! * A menu shows what its address would let the person do; the server decides.
pub mod api;
pub mod model;
pub mod rules;

#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;
