//! Calls of server functions: a page's data while the server writes it, and what an island asks while somebody types.

mod answer;
mod browser;
#[cfg(feature = "ssr")]
mod page;

pub use answer::Answer;
pub use browser::ask;
#[cfg(feature = "ssr")]
pub use page::{Loading, load};
