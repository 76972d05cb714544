//! The texts of the guides.

mod managing_people;
mod permissions;
mod signing_in;
mod two_factor;

pub use managing_people::ManagingPeople;
pub use permissions::Permissions;
pub use signing_in::SigningIn;
pub use two_factor::TwoFactor;
