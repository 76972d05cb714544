//! `cargo xtask test`: all tests, with a Postgres and a browser of their own.

use std::path::Path;

use crate::database::PrivateDatabase;
use crate::program::{cargo, command, run_openly, run_silently};
use crate::steps::{Failure, step, talking_step};
use crate::workspace::{BROWSER_TESTS, PROGRAM};
use crate::{build, site, tools};

/// Both crates at once: their dependencies then have the same features, and are compiled once.
const SERVER_SIDE: [&str; 8] = ["--locked", "--release", "--package", "app", "--package", "server", "--features", "app/ssr"];
/// Rules, use cases and SQL: the tests that stand beside the code.
const UNIT: [&str; 2] = ["--lib", "--bins"];
/// The tests that speak HTTP with the whole server.
const HTTP: [&str; 2] = ["--test", "*"];

/// Runs one part, or all of them one after another; later parts run even when an earlier one fails.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    match arguments.split_first() {
        None => all(),
        Some((part, rest)) => match part.as_str() {
            "unit" => on_database(|url| tests("unit", &UNIT, rest, url)),
            "http" => on_database(|url| tests("http", &HTTP, rest, url)),
            "browser" => browser(rest),
            unknown => Err(Failure::new(format!("There is no part `{unknown}` of the tests. The parts: unit, http, browser."))),
        },
    }
}

fn all() -> Result<(), Failure> {
    let xtask = talking_step("tests of xtask", || run_openly(cargo(["test", "--locked", "--quiet", "--package", "xtask"])));
    let server_side = on_database(|url| {
        let unit = tests("unit", &UNIT, &[], url);
        let http = tests("http", &HTTP, &[], url);
        unit.and(http)
    });
    let browser = browser(&[]);
    let failed: Vec<String> =
        [xtask, server_side, browser].into_iter().filter_map(Result::err).map(|failure| failure.to_string()).collect();
    if failed.is_empty() {
        println!("All tests passed.");
        return Ok(());
    }
    Err(Failure::new(failed.join("\n")))
}

/// Does something with a running Postgres, and stops it also on failure.
fn on_database(work: impl FnOnce(&str) -> Result<(), Failure>) -> Result<(), Failure> {
    site::ensure()?;
    let database = PrivateDatabase::start("tests")?;
    let result = work(&database.owner_url());
    let stopped = database.stop();
    result.and(stopped)
}

/// Compiles and runs the tests of the server's side; further words go to the test programs, e.g. a part of a test's name.
fn tests(name: &str, targets: &[&str], words: &[String], url: &str) -> Result<(), Failure> {
    step(&format!("build the {name} tests"), || {
        let mut build = cargo(["test", "--no-run"]);
        build.args(SERVER_SIDE).args(targets);
        run_silently(build)
    })?;
    talking_step(name, || {
        let mut test = cargo(["test", "--quiet", "--no-fail-fast"]);
        test.args(SERVER_SIDE).args(targets).arg("--").args(words);
        test.env("DATABASE_URL", url).env("SQLX_OFFLINE", "true");
        run_openly(test)
    })
}

/// Runs the browser tests against the optimized program, which they start themselves.
fn browser(words: &[String]) -> Result<(), Failure> {
    tools::ensure_npm_packages()?;
    tools::ensure_chromium()?;
    tools::ensure_postgres()?;
    build::release()?;
    talking_step("browser", || {
        let program = std::path::absolute(PROGRAM).map_err(Failure::while_doing("find", Path::new(PROGRAM)))?;
        let mut playwright = command("node", ["node_modules/@playwright/test/cli.js", "test"]);
        playwright.args(words).current_dir(BROWSER_TESTS).env("NEXUS_E2E_PROGRAM", program);
        tools::tell_postgres(&mut playwright);
        run_openly(playwright)
    })
}
