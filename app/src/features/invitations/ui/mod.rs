//! Pages of invitations: asking, and joining.

mod cancel_page;
mod complete_page;
mod invite_page;
mod link_problem;

pub use cancel_page::{CancelInvitationDialog, CancelInvitationPage};
pub use complete_page::CompletePage;
pub use invite_page::InvitePage;
