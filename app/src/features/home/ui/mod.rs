//! The home page, and the page that opens an application.

mod home_page;
mod open_application_page;
mod waiting_invitations;

pub use home_page::HomePage;
pub use open_application_page::OpenApplicationPage;
pub use waiting_invitations::WaitingInvitations;
