//! Builds both sides into one program.

use std::path::Path;

use crate::browser::{self, Quality};
use crate::program::{cargo, run_silently};
use crate::steps::{Failure, step};
use crate::workspace::PROGRAM;
use crate::{site, styles, tools};

/// `cargo xtask build`: the optimized program.
pub fn release() -> Result<(), Failure> {
    if !Path::new(PROGRAM).exists() {
        println!("The first build takes some minutes; later ones only build what changed.");
    }
    tools::ensure_wasm_target()?;
    if !tools::has("npm") {
        println!(
            "Node and npm are missing, so the browser's side isn't optimized: it is about twice as large. To change that: apt-get install nodejs npm"
        );
    } else if let Err(failure) = tools::ensure_npm_packages() {
        println!("The npm packages can't be installed, so the browser's side isn't optimized: it is about twice as large.\n{failure}");
    }
    site(Quality::Optimized)?;
    step("server side", || run_silently(cargo(["build", "--locked", "--package", "server", "--release"])))
}

/// The program for working on it: built quickly, unoptimized.
pub fn quick() -> Result<(), Failure> {
    site(Quality::Quick)?;
    step("server side", || run_silently(cargo(["build", "--locked", "--package", "server"])))
}

/// What browsers get.
pub fn site(quality: Quality) -> Result<(), Failure> {
    let browser_side = browser::build(quality)?;
    let css = step("styles", styles::bundle)?;
    site::write_all(browser_side, &css)
}
