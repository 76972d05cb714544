//! `cargo xtask test`: all tests, with a Postgres and a browser of their own.

use std::path::Path;

use crate::database::PrivateDatabase;
use crate::program::{cargo, command, run_openly, run_silently};
use crate::steps::{Failure, step, talking_step};
use crate::unit_tests::{self, Tested};
use crate::workspace::{BROWSER_TESTS, PROGRAM};
use crate::{build, site, tools};

/// Rules, use cases and SQL: the tests that stand beside the code. The program itself has none.
const UNIT: [&str; 1] = ["--lib"];
/// The tests that speak HTTP with the whole server.
const HTTP: [&str; 2] = ["--test", "*"];

/// Runs one part, or all of them one after another; later parts run even when an earlier one fails.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    match arguments.split_first() {
        None => all(),
        Some((part, rest)) => match part.as_str() {
            "unit" => unit(rest),
            "http" => on_database(|url| tests("http", &Tested::BOTH, &HTTP, rest, url)),
            "browser" => browser(rest),
            unknown => Err(Failure::new(format!("There is no part `{unknown}` of the tests. The parts: unit, http, browser."))),
        },
    }
}

fn all() -> Result<(), Failure> {
    let xtask = talking_step("tests of xtask", || run_openly(cargo(["test", "--locked", "--quiet", "--package", "xtask"])));
    let server_side = on_database(|url| {
        let unit = tests("unit", &Tested::BOTH, &UNIT, &[], url);
        let http = tests("http", &Tested::BOTH, &HTTP, &[], url);
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

/// Runs the unit tests that the words name, and compiles only the crates that hold them.
fn unit(words: &[String]) -> Result<(), Failure> {
    let holding = unit_tests::holding(words)?;
    let packages = match holding.as_slice() {
        [one] => one.packages(),
        _ => &Tested::BOTH,
    };
    on_database(|url| tests("unit", packages, &UNIT, words, url))
}

/// Runs one test that speaks HTTP, on a database that runs already, with these settings.
pub fn one(name: &str, url: &str, settings: &[(&str, &str)]) -> Result<(), Failure> {
    let mut test = cargo(["test", "--locked", "--release", "--quiet"]);
    test.args(Tested::BOTH).args(HTTP).args(["--", "--exact", name]);
    test.env("DATABASE_URL", url).env("SQLX_OFFLINE", "true").envs(settings.iter().copied());
    run_silently(test)
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
fn tests(name: &str, packages: &[&str], targets: &[&str], words: &[String], url: &str) -> Result<(), Failure> {
    let test = |options: &[&str]| {
        let mut test = cargo(["test", "--locked", "--release"]);
        test.args(options).args(packages).args(targets);
        test
    };
    step(&format!("build the {name} tests"), || run_silently(test(&["--no-run"])))?;
    talking_step(name, || {
        let mut test = test(&["--quiet", "--no-fail-fast"]);
        test.arg("--").args(words);
        test.env("DATABASE_URL", url).env("SQLX_OFFLINE", "true");
        tools::tell_postgres(&mut test);
        run_openly(test)
    })
}

/// Runs the browser tests against the working program, which they start themselves.
fn browser(words: &[String]) -> Result<(), Failure> {
    tools::ensure_npm_packages()?;
    tools::ensure_chromium()?;
    tools::ensure_postgres()?;
    build::working()?;
    talking_step("browser", || {
        let program = std::path::absolute(PROGRAM).map_err(Failure::while_doing("find", Path::new(PROGRAM)))?;
        let mut playwright = command("node", ["node_modules/@playwright/test/cli.js", "test"]);
        playwright.args(words).current_dir(BROWSER_TESTS).env("NEXUS_E2E_PROGRAM", program);
        tools::tell_postgres(&mut playwright);
        run_openly(playwright)
    })
}
