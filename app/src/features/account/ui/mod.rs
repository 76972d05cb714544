//! The page about oneself.

mod account_page;

pub use account_page::AccountPage;
