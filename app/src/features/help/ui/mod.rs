//! The list of guides, and a guide.

mod guide_page;
mod guides;
mod help_page;

pub use guide_page::GuidePage;
pub use help_page::HelpPage;
