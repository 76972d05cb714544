//! Where Postgres' programs are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Account, ClusterError};

/// The queries are written for this version.
const OLDEST: u32 = 15;

/// A folder with Postgres' server programs.
#[derive(Clone)]
pub struct Binaries {
    /// The folder.
    pub folder: PathBuf,
    /// The version, as Postgres tells it, e.g. `15.18`.
    pub version: String,
    major: u32,
}

impl Binaries {
    /// The path of one program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What a folder holds, if it holds a server.
    fn look_into(folder: &Path) -> Option<Self> {
        let folder = fs::canonicalize(folder).ok()?;
        if !["postgres", "initdb", "pg_ctl"].iter().all(|program| folder.join(program).is_file()) {
            return None;
        }
        let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        let said = String::from_utf8(output.stdout).ok()?;
        let version = said.split_whitespace().nth(2)?.to_owned();
        let major = version.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()?;
        Some(Self { folder, version, major })
    }
}

/// The newest Postgres of the system, or else the first of the other folders; for existing data, the one of its version.
///
/// Refuses, with what to do, when there is none that fits.
pub fn find(others: &[PathBuf], account: &Account, written_by: Option<u32>) -> Result<Binaries, ClusterError> {
    let mut found: Vec<Binaries> = system_folders().iter().filter_map(|folder| Binaries::look_into(folder)).collect();
    found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
    found.extend(others.iter().filter_map(|folder| Binaries::look_into(folder)));

    let (reachable, hidden): (Vec<_>, Vec<_>) = found.into_iter().partition(|binaries| account.can_reach(&binaries.folder));
    let versions: Vec<String> = reachable.iter().map(|binaries| binaries.version.clone()).collect();
    let fits = |binaries: &Binaries| written_by.map_or(binaries.major >= OLDEST, |major| binaries.major == major);
    if let Some(binaries) = reachable.into_iter().find(fits) {
        return Ok(binaries);
    }
    match (written_by, hidden.into_iter().next()) {
        (_, Some(binaries)) => Err(ClusterError::OutOfReach { folder: binaries.folder, user: account.name().to_owned() }),
        (Some(major), None) if !versions.is_empty() => {
            Err(ClusterError::OtherVersion { written_by: major, installed: versions.join(", ") })
        }
        (None, None) if !versions.is_empty() => Err(ClusterError::TooOld { installed: versions.join(", "), oldest: OLDEST }),
        _ => Err(ClusterError::NoPostgres),
    }
}

/// Where the usual systems put the server's programs.
fn system_folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for parent in ["/usr/lib/postgresql", "/usr/lib/postgresql15", "/usr/libexec", "/usr"] {
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("pgsql") || name.starts_with("postgresql") || name.starts_with(|first: char| first.is_ascii_digit()) {
                folders.push(entry.path().join("bin"));
                folders.push(entry.path());
            }
        }
    }
    folders.extend(["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map(PathBuf::from));
    folders
}
