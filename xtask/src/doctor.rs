//! `cargo xtask doctor`: which tools are there, and how to get the others.

use std::path::Path;

use crate::cluster::{Account, find_binaries};
use crate::program::{command, output_of};
use crate::tools::{self, OPTIMIZER, PLAYWRIGHT, WASM_TARGET};

/// Prints one line per tool.
pub fn run() {
    for (program, remedy) in [
        ("rustc", "install Rust with rustup"),
        ("cargo", "install Rust with rustup"),
        ("cargo-clippy", "rustup component add clippy"),
        ("rustfmt", "rustup component add rustfmt"),
    ] {
        tell(program, output_of(command(program, ["--version"])), remedy);
    }
    let target = tools::has_wasm_target().then(|| "installed".to_owned());
    tell(WASM_TARGET, target, "cargo xtask build installs it, or: rustup target add wasm32-unknown-unknown");
    match Account::for_database().and_then(|account| find_binaries(&tools::postgres_folders(), &account, None)) {
        Ok(binaries) => tell("postgres", Some(format!("{} in {}", binaries.version, binaries.folder.display())), ""),
        Err(error) => tell("postgres", None, &format!("cargo xtask run installs it. {error}")),
    }
    tell(
        "node",
        output_of(command("node", ["--version"])),
        "apt-get install nodejs (without it the browser's side isn't optimized, and there are no browser tests)",
    );
    tell("npm", output_of(command("npm", ["--version"])), "apt-get install npm");
    let packaged = |path: &str| Path::new(path).exists().then(|| "installed".to_owned());
    let optimizer = packaged(OPTIMIZER).and_then(|_| output_of(command("node", [OPTIMIZER, "--version"])));
    tell("wasm-opt", optimizer, "cargo xtask build installs it, or: npm ci --prefix end2end");
    let playwright = packaged(PLAYWRIGHT).and_then(|_| output_of(command("node", [PLAYWRIGHT, "--version"])));
    tell("playwright", playwright, "cargo xtask test installs it, or: npm ci --prefix end2end");
    let chromium = tools::chromium().and_then(|path| output_of(command(path, ["--version"])));
    tell("chromium", chromium, "cargo xtask test installs it, or: apt-get install chromium");
    tell("cargo-deny", output_of(command("cargo-deny", ["--version"])), "optional: cargo install cargo-deny");
}

fn tell(name: &str, found: Option<String>, remedy: &str) {
    match found {
        Some(version) => println!("{name:<24} {version}"),
        None => println!("{name:<24} missing; {remedy}"),
    }
}
