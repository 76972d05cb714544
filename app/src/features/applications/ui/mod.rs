//! Parts that forms share in which access is chosen.

mod access_choices;

pub use access_choices::AccessChoices;
