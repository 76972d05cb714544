//! # Sessions
//!
//! What a browser's cookie stands for: a random token, of which only the digest is stored.
//!
//! * A new token at every step that proves more (password, second factor, proving again); the former one is dead.
//! * After the password alone, where a second factor is owed, the session is *half*: it reaches nothing but the code page, for
//!   at most ten minutes and five wrong codes. A spent one stays for a while, so that the sign-in page can say what happened.
//! * Idle and absolute limits are checked at every request, not by the chore that deletes old rows.
//! * A new session goes on in the organization in which its person was active last.
//! * A browser that has signed in completely is remembered for that account: it has a counter of wrong passwords of its own.

pub mod rules;

mod events;
mod store;
#[cfg(test)]
mod tests;
mod use_cases;

pub use events::Event;
pub use rules::{HalfStanding, Stage};
pub use store::Session;
pub use use_cases::{
    begin, count_live, count_wrong_code, delete_expired, end, end_all, find, lock, mark_opened, mark_used, promote, prove_again,
};
