//! What the invited see: the page of their link, and what waits for them on the home page.

mod complete_page;
mod link_problem;
mod waiting_invitations;

pub use complete_page::CompletePage;
pub use waiting_invitations::WaitingInvitations;
