//! Signing in and out on the screen.

mod sign_in_page;
mod sign_out_form;

pub use sign_in_page::SignInPage;
pub use sign_out_form::SignOutForm;
