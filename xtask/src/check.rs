//! `cargo xtask check`: what a change must pass beside the tests.

use std::process::Command;

use crate::program::{cargo, run_silently};
use crate::steps::{Failure, step};
use crate::tools::{self, WASM_TARGET};
use crate::{floors, house, queries, requirements, site, styles};

/// Lints are errors here; while working they are warnings.
const ERRORS: [&str; 3] = ["--", "-D", "warnings"];

/// Runs all checks, and ends with the first that fails; or only the one of the house, which takes a second.
pub fn run(words: &[String]) -> Result<(), Failure> {
    match words {
        [] => all(),
        [only] if only == "house" => house::check(),
        [unknown, ..] => Err(Failure::new(format!("`{unknown}` can't be checked by itself. What can: house."))),
    }
}

fn all() -> Result<(), Failure> {
    tools::ensure_wasm_target()?;
    site::ensure()?;
    step("format", || run_silently(cargo(["fmt", "--all", "--check"])))?;
    house::check()?;
    step("requirements", requirements::check)?;
    step("locked dependencies", floors::check)?;
    step("styles", styles::bundle)?;
    // The two sides apart, because features would be unified; what shares its features, together, because that is quicker.
    let server_side = clippy(&["--package", "app", "--package", "server", "--features", "app/ssr", "--all-targets"]);
    queries::check("lints of the server side, and its queries", server_side)?;
    let browser_side =
        clippy(&["--package", "frontend", "--package", "app", "--features", "app/browser", "--lib", "--target", WASM_TARGET]);
    step("lints of the browser side", || run_silently(browser_side))?;
    step("lints of xtask", || run_silently(clippy(&["--package", "xtask", "--all-targets"])))?;
    if tools::has("cargo-deny") {
        // Advisories need a download, which a check shouldn't depend on.
        step("cargo-deny", || run_silently(cargo(["deny", "--config", ".deny.toml", "check", "bans", "licenses", "sources"])))?;
    } else {
        println!("cargo-deny isn't installed; versions and sources were checked, licenses weren't.");
    }
    println!("All checks passed.");
    Ok(())
}

fn clippy(words: &[&str]) -> Command {
    let mut clippy = cargo(["clippy", "--locked"]);
    clippy.args(words).args(ERRORS);
    clippy
}
