//! The second factor on the screen.

mod code_page;
mod recovery_codes;
mod set_up_form;
mod settings_page;

pub use code_page::TwoFactorPage;
pub use settings_page::TwoFactorSettingsPage;
