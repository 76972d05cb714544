//! `cargo xtask`: everything that is done to Nexus rather than in it, each with one command.
//!
//! It installs what a step needs and doesn't find, does nothing twice, and says in one line what each step took.

mod bench;
mod browser;
mod build;
mod check;
#[path = "../../server/src/embedded/cluster/mod.rs"]
mod cluster;
mod compress;
mod database;
mod dev;
mod doctor;
mod floors;
mod house;
mod program;
mod queries;
mod requirements;
mod run;
mod site;
mod sql;
mod steps;
mod styles;
mod test;
mod tools;
mod unit_tests;
mod weight;
mod workspace;

use std::process::ExitCode;

use steps::Failure;

/// The commands, as `cargo xtask` lists them.
const COMMANDS: &str = "\
cargo xtask run [arguments]           build everything and start Nexus; the arguments go to `nexus serve`
cargo xtask test [unit|http|browser]  run all tests, or one part; further arguments go to that part's runner
cargo xtask check [house]             format, rules of the house, lints, query data: what a change must pass beside the tests; or only the rules
cargo xtask build [site]              both sides, as they are shipped: target/shipped/nexus holds everything; or only what browsers get, with its weight
cargo xtask dev [arguments]           build quickly, start, and start again after each change
cargo xtask prepare                   write app/.sqlx anew, after a query or a migration changed
cargo xtask bench [P-n ...]           measure the performance goals
cargo xtask doctor                    which tools are there, and the command that gets each missing one";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Finds the command and hands it the rest.
fn dispatch(arguments: &[String]) -> Result<(), Failure> {
    let Some((command, rest)) = arguments.split_first() else {
        println!("{COMMANDS}");
        return Ok(());
    };
    workspace::enter()?;
    steps::heed_signals()?;
    match command.as_str() {
        "run" => run::run(rest),
        "test" => test::run(rest),
        "check" => check::run(rest),
        "build" => build::run(rest),
        "dev" => dev::run(rest),
        "prepare" => queries::prepare(),
        "bench" => bench::run(rest),
        "doctor" => {
            doctor::run();
            Ok(())
        }
        unknown => Err(Failure::new(format!("There is no command `{unknown}`. These are the commands:\n{COMMANDS}"))),
    }
}
