//! A private Postgres, so that Nexus runs on a machine where nobody has set one up.
//!
//! - The cluster lives in one folder and is kept over restarts: `data` (Postgres' own files), `run` (the socket), `lock`, `postgres.log`.
//! - It listens on a Unix socket in a folder that only its own user may enter, and on no network address: that folder is its password.
//! - Started by root, Postgres runs as the user `postgres`, or else `nobody`, because it refuses to run as root.
//! - One process at a time: a second start on the same folder is refused. What a killed process left running is stopped first.
//! - Postgres gets a process group of its own: Ctrl-C reaches the program, which stops Postgres after its last request.
//!
//! Only the standard library is used here, because `cargo xtask` compiles these files, too. All calls block.

mod account;
mod binaries;
mod create;
mod error;
mod folders;
mod leftovers;

use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

pub use account::Account;
pub use binaries::{Binaries, find as find_binaries};
pub use error::ClusterError;

/// Owns the database and everything in it: migrations run as this superuser.
pub const OWNER: &str = "nexus_owner";
/// The role of the running application: it may sign in, and has only the rights that migrations grant.
pub const APPLICATION: &str = "nexus_app";
/// The application's database.
pub const DATABASE: &str = "nexus";

/// Recovery after a crash replays the write-ahead log, which may take a while.
const READY_WITHIN: Duration = Duration::from_mins(2);
/// How long `pg_ctl` waits for the last sessions to end.
const STOP_SECONDS: &str = "60";

/// What to start, and where.
pub struct Options {
    /// A folder that belongs to this cluster alone; made when missing. The parent must let other users pass (0711, not 0700) when root starts it.
    pub folder: PathBuf,
    /// Folders with Postgres' programs, looked into after the system's own.
    pub binaries: Vec<PathBuf>,
    /// Postgres settings beside this module's own.
    pub settings: Vec<(&'static str, &'static str)>,
}

/// A started cluster, and what its owner should be told about the start.
pub struct Started {
    /// The running cluster.
    pub cluster: Cluster,
    /// Plain sentences, e.g. that the data lies elsewhere than asked for.
    pub notices: Vec<String>,
}

/// A running Postgres; dropping it stops it.
pub struct Cluster {
    account: Account,
    binaries: Binaries,
    data: PathBuf,
    sockets: PathBuf,
    server: Option<Child>,
    /// Held as long as the cluster runs; the kernel gives it back when this process ends in whatever way.
    _lock: File,
}

impl Cluster {
    /// Starts the cluster of a folder, and makes it first when there is none.
    ///
    /// Refuses when no Postgres is found, when another process holds the folder, or when Postgres itself doesn't start.
    pub fn start(options: &Options) -> Result<Started, ClusterError> {
        let mut notices = Vec::new();
        let account = Account::for_database()?;
        let (folder, moved) = folders::place(&options.folder, &account)?;
        notices.extend(moved);
        folders::create_passable(&folder)?;
        let data = folder.join("data");
        let account = account.or_owner_of(&data)?;
        let lock = lock(&folder)?;
        let binaries = find_binaries(&options.binaries, &account, written_by(&data))?;
        if let Some(process) = leftovers::stop(&data, &account, &binaries)? {
            notices.push(format!("Stopped the Postgres that an earlier run left behind (process {process})."));
        }
        if !data.join("PG_VERSION").exists() {
            create::create(&folder, &data, &account, &binaries)?;
        }
        let sockets = folders::sockets(&folder, &account)?;
        let log = folder.join("postgres.log");
        let server = launch(&data, &sockets, &log, options, &account, &binaries)?;
        let mut cluster = Self { account, binaries, data, sockets, server: Some(server), _lock: lock };
        cluster.wait_until_ready(&log)?;
        Ok(Started { cluster, notices })
    }

    /// The address of one database for one role, as sqlx and libpq read it.
    pub fn url(&self, role: &str, database: &str) -> String {
        format!("postgres://{role}@localhost/{database}?host={}", percent_encoded(&self.sockets))
    }

    /// Ends all sessions and stops Postgres; open transactions are rolled back.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.shut_down()
    }

    fn shut_down(&mut self) -> Result<(), ClusterError> {
        let Some(mut server) = self.server.take() else {
            return Ok(());
        };
        if !matches!(server.try_wait(), Ok(None)) {
            return Ok(());
        }
        let stopped = pg_ctl_stop(&self.data, &self.account, &self.binaries);
        if stopped.is_err() {
            // Better a recovery at the next start than a Postgres that nobody looks after.
            let _ = server.kill();
        }
        server.wait().map_err(ClusterError::file("wait for the end of", &self.data))?;
        stopped
    }

    /// Postgres writes `ready` into its pid file once it takes connections.
    fn wait_until_ready(&mut self, log: &Path) -> Result<(), ClusterError> {
        let pid_file = self.data.join("postmaster.pid");
        let begun = Instant::now();
        loop {
            let Some(server) = self.server.as_mut() else {
                return Ok(());
            };
            let process = server.id().to_string();
            if server.try_wait().map_err(ClusterError::file("wait for", &self.data))?.is_some() {
                self.server = None;
                return Err(ClusterError::NotStarted { log: log.to_owned(), said: last_lines(log) });
            }
            let state = fs::read_to_string(&pid_file).unwrap_or_default();
            if state.lines().next() == Some(process.as_str()) && state.lines().last().is_some_and(|line| line.trim() == "ready") {
                return Ok(());
            }
            if begun.elapsed() > READY_WITHIN {
                return Err(ClusterError::NotStarted { log: log.to_owned(), said: last_lines(log) });
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nobody is left to be told; the next start deals with what remains.
        let _ = self.shut_down();
    }
}

/// Takes the folder for this process, or says who has it.
fn lock(folder: &Path) -> Result<File, ClusterError> {
    let path = folder.join("lock");
    let failed = || ClusterError::file("lock", &path);
    let mut file = File::options().create(true).read(true).write(true).truncate(false).open(&path).map_err(failed())?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            file.read_to_string(&mut holder).map_err(failed())?;
            return Err(ClusterError::AlreadyRunning { folder: folder.to_owned(), process: holder.trim().parse().ok() });
        }
        Err(TryLockError::Error(source)) => return Err(failed()(source)),
    }
    file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(failed())?;
    Ok(file)
}

/// The major version that wrote the data, when there is data.
fn written_by(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// Starts the server process itself; it is not ready yet.
fn launch(
    data: &Path,
    sockets: &Path,
    log: &Path,
    options: &Options,
    account: &Account,
    binaries: &Binaries,
) -> Result<Child, ClusterError> {
    // The log before this one is kept: it says why the last run ended.
    if log.exists() {
        let previous = log.with_extension("previous.log");
        fs::rename(log, &previous).map_err(ClusterError::file("rename", log))?;
    }
    let output = File::create(log).map_err(ClusterError::file("write", log))?;
    let errors = output.try_clone().map_err(ClusterError::file("write", log))?;
    let mut postgres = account.command(&binaries.program("postgres"));
    postgres.arg("-D").arg(data);
    let mut set = |name: &str, value: &str| {
        postgres.arg("-c").arg(format!("{name}={value}"));
    };
    set("listen_addresses", "");
    set("unix_socket_directories", &format!("\"{}\"", sockets.display()));
    set("unix_socket_permissions", "0700");
    set("cluster_name", "nexus");
    set("timezone", "UTC");
    set("log_timezone", "UTC");
    for (name, value) in &options.settings {
        set(name, value);
    }
    postgres.stdin(Stdio::null()).stdout(output).stderr(errors).process_group(0);
    postgres.spawn().map_err(ClusterError::file("start", &binaries.program("postgres")))
}

/// Ends sessions at once, but in good order, and waits for the end.
fn pg_ctl_stop(data: &Path, account: &Account, binaries: &Binaries) -> Result<(), ClusterError> {
    let mut pg_ctl = account.command(&binaries.program("pg_ctl"));
    pg_ctl.args(["stop", "--silent", "--wait", "--mode=fast", "--timeout", STOP_SECONDS]).arg("--pgdata").arg(data);
    account::run("pg_ctl stop", pg_ctl, "")
}

fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}

/// A path as a value in an address.
fn percent_encoded(path: &Path) -> String {
    let encode = |byte: &u8| match byte {
        b'/' | b'-' | b'.' | b'_' => char::from(*byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    path.as_os_str().as_encoded_bytes().iter().map(encode).collect::<Vec<_>>().concat()
}
