//! Pages of members.

mod actions_page;
mod deactivate_page;
mod leave_page;
mod member_table;
mod members_page;
mod row_actions;

pub use actions_page::MemberActionsPage;
pub use deactivate_page::DeactivatePage;
pub use leave_page::LeavePage;
pub use members_page::MembersPage;
