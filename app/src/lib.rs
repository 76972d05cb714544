//! # Nexus, the product
//!
//! One crate, compiled twice: with `ssr` for the server and with `hydrate` for the browser.
//!
//! * [`app`]: the shell of every page and the route table
//! * [`paths`]: every address as a function
//! * [`failure`]: the one error shape that crosses the wire
//! * [`values`]: words of the domain that are always valid
//! * [`ui`]: the design system; knows no room
//! * [`features`]: the rooms, each with everything about one feature
//! * `platform` (server only): plumbing without rules

#![recursion_limit = "256"]

pub mod app;
pub mod failure;
pub mod features;
pub mod paths;
pub mod ui;
pub mod values;

#[cfg(feature = "ssr")]
pub mod platform;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod testing;
