//! Reads SQL as far as the rules need it: which tables a statement looks at, and what holds them to an organization.
//!
//! No parser of SQL reads all that stands here (`FOR NO KEY UPDATE`, and the pieces that a list's statement is put together from),
//! so this one goes by words and parentheses. Where it isn't sure, it says that nothing holds the table.

mod block;
mod judge;
mod tables;
#[cfg(test)]
mod tests;
mod tokens;

pub use judge::unheld;
pub use tables::tables_of_organizations;
