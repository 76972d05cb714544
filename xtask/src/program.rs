//! Runs other programs.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::steps::{Failure, is_ending, was_terminated};
use crate::workspace;

/// How long a program may take to end after it was asked to.
const END_WITHIN: Duration = Duration::from_secs(90);

/// A command, told by its words; the environment is the caller's without what Cargo set for xtask itself.
pub fn command<Word: AsRef<OsStr>>(program: &str, words: impl IntoIterator<Item = Word>) -> Command {
    let mut command = Command::new(program);
    command.args(words);
    // These differ between `cargo build` and `cargo xtask build`; build scripts that watch them would run again each time.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "CARGO" || text == "LD_LIBRARY_PATH" {
            command.env_remove(&name);
        }
    }
    command
}

/// Cargo with these words.
pub fn cargo<Word: AsRef<OsStr>>(words: impl IntoIterator<Item = Word>) -> Command {
    command("cargo", words)
}

/// Cargo with these words, in a profile that alone decides what is compiled incrementally: what is shipped or measured is not, whatever
/// `CARGO_INCREMENTAL` says for the work beside it.
pub fn cargo_in<Word: AsRef<OsStr>>(profile: &str, words: impl IntoIterator<Item = Word>) -> Command {
    let mut cargo = cargo(words);
    cargo.args(["--locked", "--profile", profile]).env_remove("CARGO_INCREMENTAL");
    cargo
}

/// Runs a command to its end; its output is shown only when it fails.
pub fn run_silently(command: Command) -> Result<(), Failure> {
    said_by(command).map(drop)
}

/// What a command says until its end, complaints included; when it fails, the failure says it.
pub fn said_by(mut command: Command) -> Result<String, Failure> {
    let log = Path::new(workspace::CACHE).join(format!("output-{}.log", std::process::id()));
    let failed = || Failure::while_doing("write", &log);
    fs::create_dir_all(workspace::CACHE).map_err(failed())?;
    let output = File::create(&log).map_err(failed())?;
    let errors = output.try_clone().map_err(failed())?;
    command.stdin(Stdio::null()).stdout(output).stderr(errors);
    let status = run_to_end(&mut command);
    let said = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
    fs::remove_file(&log).map_err(failed())?;
    if status?.success() {
        return Ok(said);
    }
    Err(Failure::new(format!("{}\nThis command failed: {}", said.trim_end(), shown(&command))))
}

/// Runs a command to its end; it shares our input and output.
pub fn run_openly(mut command: Command) -> Result<(), Failure> {
    if run_to_end(&mut command)?.success() {
        return Ok(());
    }
    Err(Failure::new(format!("This command failed: {}", shown(&command))))
}

/// What a command prints, when it can be run and succeeds.
pub fn output_of(mut command: Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Asks a program to end, waits, and ends it by force when it doesn't.
pub fn end(child: &mut Child) -> Result<ExitStatus, Failure> {
    ask_to_end(child);
    wait_for_end(child)
}

/// Starts a program and waits for it; when we are told to end, it is, too.
fn run_to_end(command: &mut Command) -> Result<ExitStatus, Failure> {
    if is_ending() {
        return Err(Failure::new("Interrupted."));
    }
    let mut child = command.spawn().map_err(|error| Failure::new(format!("Couldn't start {}: {error}.", shown(command))))?;
    loop {
        if let Some(status) = child.try_wait().map_err(not_waited)? {
            return if is_ending() { Err(Failure::new("Interrupted.")) } else { Ok(status) };
        }
        if is_ending() {
            // Ctrl-C has reached the program already: a second signal might spoil its tidying up.
            if was_terminated() {
                ask_to_end(&child);
            }
            wait_for_end(&mut child)?;
            return Err(Failure::new("Interrupted."));
        }
        sleep(Duration::from_millis(20));
    }
}

fn ask_to_end(child: &Child) {
    // The standard library can only kill. A program that has ended already needs no signal.
    let _ = Command::new("kill").args(["-TERM", &child.id().to_string()]).stderr(Stdio::null()).status();
}

fn wait_for_end(child: &mut Child) -> Result<ExitStatus, Failure> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(not_waited)? {
            return Ok(status);
        }
        if begun.elapsed() > END_WITHIN {
            child.kill().map_err(not_waited)?;
        }
        sleep(Duration::from_millis(20));
    }
}

fn not_waited(error: std::io::Error) -> Failure {
    Failure::new(format!("Couldn't wait for a program: {error}."))
}

/// A command as one could type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
