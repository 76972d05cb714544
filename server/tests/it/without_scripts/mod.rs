//! The plain path of every form and page: what a browser does in which no script runs.
//!
//! One journey through each flow is a browser test with JavaScript turned off; here are its variants.

mod inviting;
mod pages;
mod proving;
mod registering;
