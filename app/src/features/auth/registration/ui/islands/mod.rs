//! What answers while somebody fills in a registration. Each stands beside the server's inputs, and listens to them.

pub mod password_meter;
pub mod username_offers;

pub use password_meter::password_meter;
pub use username_offers::username_offers;
