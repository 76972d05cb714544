//! Pages of invitations.

mod cancel_page;
mod invite_page;

pub use cancel_page::CancelInvitationPage;
pub use invite_page::InvitePage;
