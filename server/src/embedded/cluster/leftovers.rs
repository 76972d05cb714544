//! What a killed run left behind: a Postgres that still runs, or a pid file without one.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Account, Binaries, ClusterError, pg_ctl_stop};

/// Postgres' processes end by themselves soon after the first of them was killed.
const GONE_WITHIN: Duration = Duration::from_secs(20);

/// Makes the data free for a start, and tells which process was stopped for it. The caller holds the folder's lock, so a running Postgres has no owner.
///
/// Refuses when processes remain.
pub fn stop(data: &Path, account: &Account, binaries: &Binaries) -> Result<Option<u32>, ClusterError> {
    let pid_file = data.join("postmaster.pid");
    let Ok(written) = fs::read_to_string(&pid_file) else {
        return Ok(None);
    };
    let first: Option<u32> = written.lines().next().and_then(|line| line.trim().parse().ok());
    let running = processes(data);
    let stopped = first.filter(|process| running.contains(process));
    if stopped.is_some() {
        pg_ctl_stop(data, account, binaries)?;
    }
    let begun = Instant::now();
    while let Some(process) = processes(data).first().copied() {
        if begun.elapsed() > GONE_WITHIN {
            return Err(ClusterError::StillInUse { folder: data.to_owned(), process });
        }
        sleep(Duration::from_millis(100));
    }
    // After a restart of the machine the number may belong to another Postgres, which would keep this one from starting.
    if pid_file.exists() && cfg!(target_os = "linux") {
        fs::remove_file(&pid_file).map_err(ClusterError::file("remove", &pid_file))?;
    }
    Ok(stopped)
}

/// The processes that work in the data folder: Postgres' own do, nobody else's.
fn processes(data: &Path) -> Vec<u32> {
    let Ok(data) = fs::canonicalize(data) else {
        return Vec::new();
    };
    let numbers = fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.filter(|number: &u32| fs::read_link(format!("/proc/{number}/cwd")).is_ok_and(|folder| folder == data)).collect()
}
