//! The server: from a request to the product's pages and server functions.

pub mod codings;
pub mod commands;
pub mod config;
pub mod connections;
pub mod demo;
pub mod embedded;
pub mod forms;
pub mod housekeeping;
pub mod limits;
pub mod mailbox;
pub mod middleware;
pub mod pages;
pub mod plain_page;
pub mod probes;
pub mod router;
pub mod secret_key;
pub mod site;
pub mod telemetry;
pub mod theme;
pub mod worker;
