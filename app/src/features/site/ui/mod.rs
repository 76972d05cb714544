//! What stands around every page.

mod profile_menu;
mod site_footer;
mod site_header;
mod theme_switch;

pub use site_footer::SiteFooter;
pub use site_header::SiteHeader;
pub use theme_switch::{ChosenTheme, ThemeSwitch};
