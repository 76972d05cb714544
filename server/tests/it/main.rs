//! The server over real HTTP: every test has a database, a port and browsers of its own.

#![expect(clippy::format_collect, clippy::format_push_string, reason = "what is sent reads better so, and its speed does not matter")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on ends")]

mod audit_coverage;
mod authorization;
mod bad_input;
mod compression;
mod cost;
mod cross_site;
mod encoding;
mod faults;
mod forms;
mod functions;
mod garbage;
mod headers;
mod hosts;
mod invitations;
mod isolation;
mod limits;
mod links;
mod mail;
mod markup;
mod members;
mod restart;
mod secret_inputs;
mod secrets;
mod sign_in;
mod source;
mod support;
mod without_scripts;
