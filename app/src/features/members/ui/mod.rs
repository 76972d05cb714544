//! Pages of members.

mod deactivate_page;
mod member_table;
mod members_page;

pub use deactivate_page::DeactivatePage;
pub use members_page::MembersPage;
