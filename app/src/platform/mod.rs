//! Server plumbing without rules of the product: database, request, secrets, mail, limits.

pub mod audit;
pub mod clock;
pub mod db;
pub mod folding;
pub mod incidents;
pub mod letter;
pub mod mailer;
pub mod outbox;
pub mod passwords;
pub mod randomness;
pub mod request;
pub mod respond;
pub mod sealing;
pub mod settings;
pub mod state;
pub mod throttle;

pub use respond::serve;
