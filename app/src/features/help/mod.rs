//! # Help
//!
//! Guides in plain words, open to everybody, signed in or not.
//!
//! * Mails, the activation page and places that grant something link the guide that fits; the footer lists all of them.
//! * A guide describes what is there, in the words of the screens. Whoever changes a screen changes its guide.
//! * There is nothing to load: a guide is part of the program.
pub mod model;

#[cfg(feature = "ssr")]
pub mod ui;
