//! Who may call and open what.
//!
//! Every server function, every page and every other route has a row in a table: what it answers to each of seven people. One
//! without a row fails.

pub mod cast;
mod foreign_ids;
mod functions;
pub mod pages;

/// Whom every row answers, in this order.
pub const ACTORS: [&str; 7] = ["stranger", "half session", "outsider", "User", "deactivated", "other administrator", "administrator"];
/// The administrator of other organizations, by their place.
pub const OTHER_ADMINISTRATOR: usize = 5;
/// The administrator of `Acme`.
pub const ADMINISTRATOR: usize = 6;
