//! The inputs of every registration.

pub mod islands;

#[cfg(feature = "ssr")]
mod registration_fields;

#[cfg(feature = "ssr")]
pub use registration_fields::RegistrationInputs;
