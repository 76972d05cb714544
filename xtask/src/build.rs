//! Builds both sides into one program.

use std::path::Path;

use crate::browser::{self, Quality};
use crate::program::{cargo_in, run_silently};
use crate::steps::{Failure, step};
use crate::workspace::{PROGRAM, SHIPPED, SHIPPED_PROGRAM};
use crate::{site, styles, tools, weight};

/// `cargo xtask build`.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => shipped(),
        ["site"] => optimized_site(),
        _ => Err(Failure::new("`cargo xtask build` takes nothing, or `site`.")),
    }
}

/// The program as it is shipped and measured.
pub fn shipped() -> Result<(), Failure> {
    announce(SHIPPED_PROGRAM);
    optimized_site()?;
    server_side(SHIPPED)
}

/// The program to work with, with the same files for browsers as the one that is shipped: the browser tests prove them.
pub fn working() -> Result<(), Failure> {
    announce(PROGRAM);
    optimized_site()?;
    server_side("release")
}

/// The program to work with, as soon as possible: what browsers get isn't optimized.
pub fn quick() -> Result<(), Failure> {
    site(Quality::Quick)?;
    server_side("release")
}

fn announce(program: &str) {
    if !Path::new(program).exists() {
        println!("The first build takes some minutes; later ones only build what changed.");
    }
}

fn optimized_site() -> Result<(), Failure> {
    tools::ensure_wasm_target()?;
    if !tools::has("npm") {
        println!(
            "Node and npm are missing, so the browser's side isn't optimized: it is about twice as large. To change that: apt-get install nodejs npm"
        );
    } else if let Err(failure) = tools::ensure_npm_packages() {
        println!("The npm packages can't be installed, so the browser's side isn't optimized: it is about twice as large.\n{failure}");
    }
    site(Quality::Optimized)
}

/// What browsers get.
fn site(quality: Quality) -> Result<(), Failure> {
    let browser_side = browser::build(quality)?;
    let css = step("styles", styles::bundle)?;
    let files = site::write_all(browser_side, &css)?;
    match quality {
        Quality::Optimized if browser::is_optimized() => weight::guard(&files),
        Quality::Optimized | Quality::Quick => Ok(()),
    }
}

fn server_side(profile: &str) -> Result<(), Failure> {
    step("server side", || run_silently(cargo_in(profile, ["build", "--package", "server", "--bin", "nexus"])))
}
