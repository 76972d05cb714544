//! Where things lie. All paths are relative to the workspace's root, which `enter` makes the current folder.

use std::path::Path;

use crate::steps::Failure;

/// The program to work with, as `run`, `dev` and the browser tests build it.
pub const PROGRAM: &str = "target/release/nexus";
/// Cargo's profile of the program that is shipped and measured.
pub const SHIPPED: &str = "shipped";
/// The program that is shipped and measured, as `build` leaves it.
pub const SHIPPED_PROGRAM: &str = "target/shipped/nexus";
/// What browsers get; embedded into the program.
pub const SITE: &str = "target/site";
/// Results that a later run can use again.
pub const CACHE: &str = "target/xtask";
/// The browser tests, and the tools that npm brings.
pub const BROWSER_TESTS: &str = "end2end";

/// Goes to the workspace's root, from whatever folder below it the command was given in.
pub fn enter() -> Result<(), Failure> {
    let here = std::env::current_dir().map_err(Failure::while_doing("find the current folder", Path::new(".")))?;
    let root = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
    let root = root.ok_or_else(|| Failure::new("This isn't a checkout of Nexus: no folder above holds xtask/Cargo.toml."))?;
    std::env::set_current_dir(root).map_err(Failure::while_doing("go to", root))
}
