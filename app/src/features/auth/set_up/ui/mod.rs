//! The page of a set-up link.

mod set_up_page;

pub use set_up_page::SetUpPage;
