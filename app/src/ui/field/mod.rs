//! Labelled inputs: label, hint, message and control belong together.

mod checkbox;
mod frame;
mod hidden_field;
mod kind;
mod password_field;
mod select_field;
mod text_area;
mod text_field;

pub use checkbox::Checkbox;
pub use frame::FieldProblem;
pub use hidden_field::HiddenField;
pub use kind::FieldKind;
pub use password_field::PasswordField;
pub use select_field::SelectField;
pub use text_area::TextArea;
pub use text_field::TextField;
