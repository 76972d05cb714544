//! # Account
//!
//! One's own account: the same in all of one's organizations.
pub mod api;
pub mod model;

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub(crate) mod use_cases;
