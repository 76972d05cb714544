//! `cargo xtask dev`: builds quickly, starts, and starts again after each change.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use crate::browser::files_below;
use crate::program::{self, command};
use crate::steps::{Failure, is_ending};
use crate::workspace::PROGRAM;
use crate::{build, tools};

/// Where a change asks for a new build.
const WATCHED: [&str; 7] = ["app", "frontend/src", "server/src", "style", "migrations", "Cargo.toml", "Cargo.lock"];
/// How often the files' times are read; editors write a file in several steps, so nobody waits for less.
const INTERVAL: Duration = Duration::from_millis(400);

/// When each watched file was changed.
type Times = BTreeMap<PathBuf, SystemTime>;

/// Builds and serves until Ctrl-C.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    tools::ensure_wasm_target()?;
    tools::ensure_postgres()?;
    let mut seen = times()?;
    let mut server = rebuild(None, arguments)?;
    println!("Watching for changes; Ctrl-C ends.");
    while !is_ending() {
        sleep(INTERVAL);
        let current = times()?;
        if current != seen {
            seen = current;
            server = rebuild(server, arguments)?;
        }
    }
    if let Some(mut server) = server {
        program::end(&mut server)?;
    }
    Ok(())
}

/// Builds and starts again. A mistake in the code is shown and leaves the old program running.
fn rebuild(server: Option<Child>, arguments: &[String]) -> Result<Option<Child>, Failure> {
    if let Err(failure) = build::quick() {
        if !is_ending() {
            println!("{failure}\nWaiting for the next change.");
        }
        return Ok(server);
    }
    if let Some(mut server) = server {
        program::end(&mut server)?;
    }
    let mut program = command(PROGRAM, ["serve"]);
    program.args(arguments);
    tools::tell_postgres(&mut program);
    let child = program.spawn().map_err(Failure::while_doing("start", Path::new(PROGRAM)))?;
    Ok(Some(child))
}

fn times() -> Result<Times, Failure> {
    let mut times = Times::new();
    for watched in WATCHED.map(Path::new) {
        let files = if watched.is_dir() { files_below(watched)? } else { vec![watched.to_owned()] };
        for file in files {
            // A file may vanish between listing and reading.
            if let Ok(changed) = fs::metadata(&file).and_then(|metadata| metadata.modified()) {
                times.insert(file, changed);
            }
        }
    }
    Ok(times)
}
