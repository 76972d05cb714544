//! The home page, and the page that opens an application.

mod home_page;
mod open_application_page;

pub use home_page::HomePage;
pub use open_application_page::OpenApplicationPage;
