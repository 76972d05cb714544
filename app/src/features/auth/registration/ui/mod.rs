//! The inputs of every registration.

mod password_with_meter;
mod registration_fields;

pub use registration_fields::RegistrationInputs;
