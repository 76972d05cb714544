//! Parts that forms share in which a role is chosen.

mod role_choice;

pub use role_choice::RoleChoice;
