//! Why a private Postgres didn't start or stop, and what to do about it.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};

/// A refusal or failure, in plain words.
#[derive(Debug)]
pub enum ClusterError {
    /// No server programs anywhere.
    NoPostgres,
    /// Only servers older than the queries need.
    TooOld {
        /// What is installed.
        installed: String,
        /// The oldest version that will do.
        oldest: u32,
    },
    /// The data was written by a version that isn't installed.
    OtherVersion {
        /// The version that wrote the data.
        written_by: u32,
        /// What is installed.
        installed: String,
    },
    /// The programs lie where the database's user may not go.
    OutOfReach {
        /// The folder.
        folder: PathBuf,
        /// The user that Postgres runs as.
        user: String,
    },
    /// Root has nobody to run Postgres as.
    NoAccount,
    /// The data belongs to another user.
    NotOurs {
        /// The folder.
        folder: PathBuf,
        /// Whom the data belongs to.
        owner: String,
    },
    /// Another process holds the folder.
    AlreadyRunning {
        /// The folder.
        folder: PathBuf,
        /// The process.
        process: Option<u32>,
    },
    /// Processes of a killed Postgres don't end.
    StillInUse {
        /// The folder.
        folder: PathBuf,
        /// The process.
        process: u32,
    },
    /// Somebody else made the folder that the socket should lie in.
    UnsafeFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// One of Postgres' programs said no.
    Failed {
        /// Its name.
        program: &'static str,
        /// What it said.
        said: String,
    },
    /// The server ended, or didn't become ready.
    NotStarted {
        /// Where Postgres writes what happens.
        log: PathBuf,
        /// What it said.
        said: String,
    },
    /// The file system said no.
    File {
        /// What was being done.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the file system said.
        source: io::Error,
    },
}

impl ClusterError {
    /// Names the file and what was being done with it; for `map_err`.
    pub fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { doing, path, source }
    }
}

impl Display for ClusterError {
    fn fmt(&self, text: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPostgres => write!(
                text,
                "No Postgres was found. Install one (Debian and Ubuntu: apt-get install postgresql), name the folder of its programs in NEXUS_POSTGRES_BIN, or set DATABASE_URL to the address of a running one."
            ),
            Self::TooOld { installed, oldest } => write!(
                text,
                "Postgres {oldest} or newer is needed; found: {installed}. Install a newer one, or set DATABASE_URL to the address of a running one."
            ),
            Self::OtherVersion { written_by, installed } => write!(
                text,
                "The data was written by Postgres {written_by}, which isn't installed (found: {installed}). Install it (Debian and Ubuntu: apt-get install postgresql-{written_by}), or move the data to the new version with pg_upgrade."
            ),
            Self::OutOfReach { folder, user } => write!(
                text,
                "Postgres lies in {}, which the user {user} may not enter. Install it for the whole system (Debian and Ubuntu: apt-get install postgresql).",
                folder.display()
            ),
            Self::NoAccount => write!(
                text,
                "Postgres refuses to run as root, and this system has neither a user postgres nor nobody. Add one (useradd --system postgres), or start Nexus as another user."
            ),
            Self::NotOurs { folder, owner } => write!(
                text,
                "The database in {} belongs to the user {owner}. Start Nexus as that user or as root, or choose another folder with NEXUS_DATA_DIR.",
                folder.display()
            ),
            Self::AlreadyRunning { folder, process: Some(process) } => write!(
                text,
                "Nexus is already running on this data directory (process {process}): {}. Stop it first, or choose another folder with NEXUS_DATA_DIR.",
                folder.display()
            ),
            Self::AlreadyRunning { folder, process: None } => write!(
                text,
                "Nexus is already running on this data directory: {}. Stop it first, or choose another folder with NEXUS_DATA_DIR.",
                folder.display()
            ),
            Self::StillInUse { folder, process } => write!(
                text,
                "A Postgres that was killed still has a process on {} (process {process}). Wait for its end, or end it, and start again.",
                folder.display()
            ),
            Self::UnsafeFolder { folder } => write!(
                text,
                "{} was made by somebody else, so the database's socket can't lie there. Remove it, or choose a shorter data folder with NEXUS_DATA_DIR.",
                folder.display()
            ),
            Self::Failed { program, said } => write!(text, "{program} failed. It said:\n{said}"),
            Self::NotStarted { log, said } => write!(text, "Postgres didn't start. The end of its log ({}):\n{said}", log.display()),
            Self::File { doing, path, source } => write!(text, "Couldn't {doing} {}: {source}.", path.display()),
        }
    }
}

impl std::error::Error for ClusterError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            _ => None,
        }
    }
}
