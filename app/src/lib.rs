//! # Nexus, the product
//!
//! One crate, compiled twice: with `ssr` the whole of it for the server, which writes every page; with `browser` what islands are
//! made of for the browser: models, signatures of server functions, and the few parts of [`ui`] that both sides know.
//!
//! * `app` (server only): the shell of every page and the route table
//! * [`paths`]: every address as a function
//! * [`failure`]: the one error shape that crosses the wire
//! * [`values`]: words of the domain that are always valid
//! * [`ui`]: the design system; knows no room
//! * [`features`]: the rooms, each with everything about one feature
//! * `platform` (server only): plumbing without rules

#![recursion_limit = "256"]

pub mod failure;
pub mod features;
pub mod paths;
pub mod ui;
pub mod values;

#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod platform;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod testing;
