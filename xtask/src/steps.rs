//! A run is a row of steps, each named, timed and ended early by its first failure.

use std::fmt::{self, Display, Formatter};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Why a command ended early, in plain words, with what to do where something can be done.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure with these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// Names the file and what was being done with it; for `map_err`.
    pub fn while_doing(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |error| Self(format!("Couldn't {doing} {}: {error}.", path.display()))
    }
}

impl Display for Failure {
    fn fmt(&self, text: &mut Formatter<'_>) -> fmt::Result {
        text.write_str(&self.0)
    }
}

impl From<crate::cluster::ClusterError> for Failure {
    fn from(error: crate::cluster::ClusterError) -> Self {
        Self(error.to_string())
    }
}

/// Does a step whose own output is only worth reading when it fails, and prints `name … 12.3 s`.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    print!("{name} … ");
    flush();
    let begun = Instant::now();
    let result = work();
    println!("{}{:.1} s", if result.is_err() { "failed after " } else { "" }, begun.elapsed().as_secs_f32());
    flush();
    result
}

/// Does a step that talks while it works, and prints `name … 12.3 s` after it.
pub fn talking_step<T>(name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    println!("{name} …");
    flush();
    let begun = Instant::now();
    let result = work();
    println!("{name} … {}{:.1} s", if result.is_err() { "failed after " } else { "" }, begun.elapsed().as_secs_f32());
    flush();
    result
}

fn flush() {
    // A closed output must not end the work.
    let _ = io::stdout().flush();
}

/// Which signals have come.
struct Signals {
    interrupt: Arc<AtomicBool>,
    terminate: Arc<AtomicBool>,
}

static SIGNALS: OnceLock<Signals> = OnceLock::new();

/// From now on Ctrl-C ends the current step, and what was started is stopped in good order.
pub fn heed_signals() -> Result<(), Failure> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let signals = SIGNALS.get_or_init(|| Signals { interrupt: Arc::default(), terminate: Arc::default() });
    let registered = [(SIGINT, &signals.interrupt), (SIGTERM, &signals.terminate), (SIGHUP, &signals.terminate)]
        .into_iter()
        .try_for_each(|(signal, flag)| signal_hook::flag::register(signal, Arc::clone(flag)).map(drop));
    registered.map_err(|error| Failure::new(format!("Couldn't heed signals: {error}.")))
}

/// Whether the run was asked to end.
pub fn is_ending() -> bool {
    SIGNALS.get().is_some_and(|signals| signals.interrupt.load(Ordering::Relaxed)) || was_terminated()
}

/// Whether only this process was told to end: unlike Ctrl-C, that doesn't reach the programs it started.
pub fn was_terminated() -> bool {
    SIGNALS.get().is_some_and(|signals| signals.terminate.load(Ordering::Relaxed))
}
