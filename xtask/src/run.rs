//! `cargo xtask run`: from a fresh checkout to a running Nexus.

use std::os::unix::process::CommandExt;

use crate::program::command;
use crate::steps::Failure;
use crate::workspace::PROGRAM;
use crate::{build, tools};

/// Installs what is missing, builds, and becomes the program: Ctrl-C and the exit code are its own.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    // With an address given, the database is somebody else's matter.
    if std::env::vars_os().all(|(name, _)| name != "DATABASE_URL") {
        tools::ensure_postgres()?;
    }
    build::working()?;
    let mut program = command(PROGRAM, ["serve"]);
    program.args(arguments);
    tools::tell_postgres(&mut program);
    let error = program.exec();
    Err(Failure::new(format!("Couldn't start {PROGRAM}: {error}.")))
}
