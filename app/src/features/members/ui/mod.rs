//! Pages of members.

mod deactivate_page;
mod leave_page;
mod member_table;
mod members_page;

pub use deactivate_page::DeactivatePage;
pub use leave_page::LeavePage;
pub use members_page::MembersPage;
