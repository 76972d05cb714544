//! The system user that Postgres runs as: ourselves, or an unprivileged user when we are root.

use std::fs::{self, Metadata};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::ClusterError;

/// Users that Postgres may run as when root starts it, best first.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];

/// A system user, by number.
#[derive(Clone)]
struct Identity {
    name: String,
    user: u32,
    group: u32,
}

/// Who runs Postgres' programs and owns its files.
#[derive(Clone)]
pub struct Account {
    /// None: whoever runs this program.
    other: Option<Identity>,
}

impl Account {
    /// The account for a new cluster.
    ///
    /// Refuses when root has no unprivileged user to hand over to.
    pub fn for_database() -> Result<Self, ClusterError> {
        if own_user() != Some(0) {
            return Ok(Self { other: None });
        }
        let known = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let other = UNPRIVILEGED.iter().find_map(|name| identities(&known).find(|identity| identity.name == *name));
        other.map(|identity| Self { other: Some(identity) }).ok_or(ClusterError::NoAccount)
    }

    /// The same, or the account that already owns the data: root can act as anybody, others only as themselves.
    pub fn or_owner_of(self, data: &Path) -> Result<Self, ClusterError> {
        let Ok(metadata) = fs::metadata(data) else {
            return Ok(self);
        };
        match &self.other {
            Some(identity) if identity.user == metadata.uid() => Ok(self),
            Some(_) => Ok(Self { other: Some(owner(&metadata)) }),
            None if own_user().is_none_or(|user| user == metadata.uid()) => Ok(self),
            None => Err(ClusterError::NotOurs { folder: data.to_owned(), owner: owner(&metadata).name }),
        }
    }

    /// A command that will run as this account, in `/`, with an environment that no setting of the caller reaches.
    ///
    /// The standard library clears the supplementary groups of a child that root starts under another user.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8").env("TZ", "UTC").current_dir("/");
        if let Some(identity) = &self.other {
            command.uid(identity.user).gid(identity.group);
        }
        command
    }

    /// Hands a file over to this account.
    pub fn own(&self, path: &Path) -> Result<(), ClusterError> {
        let Some(identity) = &self.other else {
            return Ok(());
        };
        chown(path, Some(identity.user), Some(identity.group)).map_err(ClusterError::file("change the owner of", path))
    }

    /// Whether a file is this account's own.
    pub fn owns(&self, metadata: &Metadata) -> bool {
        let user = self.other.as_ref().map(|identity| identity.user).or_else(own_user);
        user.is_none_or(|user| user == metadata.uid())
    }

    /// Whether this account may pass through every existing folder of an absolute path.
    pub fn can_reach(&self, path: &Path) -> bool {
        let Some(identity) = &self.other else {
            return true;
        };
        let Some(existing) = path.ancestors().find_map(|ancestor| fs::canonicalize(ancestor).ok()) else {
            return false;
        };
        existing.ancestors().filter_map(|folder| fs::metadata(folder).ok()).all(|metadata| {
            let may_pass = match (metadata.uid() == identity.user, metadata.gid() == identity.group) {
                (true, _) => 0o100,
                (false, true) => 0o010,
                (false, false) => 0o001,
            };
            metadata.mode() & may_pass != 0
        })
    }

    /// The account's name, for messages.
    pub fn name(&self) -> &str {
        self.other.as_ref().map_or("this user", |identity| identity.name.as_str())
    }
}

/// Runs one of Postgres' programs to its end, with something to read.
pub fn run(name: &'static str, mut command: Command, input: &str) -> Result<(), ClusterError> {
    let failed = || ClusterError::file("run", Path::new(name));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed())?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends early closes its input; its own words, read below, say why.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(failed())?;
    if output.status.success() {
        return Ok(());
    }
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(ClusterError::Failed { program: name, said: said.trim().to_owned() })
}

/// The number of the user who runs this program, where the system tells.
fn own_user() -> Option<u32> {
    fs::metadata("/proc/self").ok().map(|metadata| metadata.uid())
}

fn owner(metadata: &Metadata) -> Identity {
    let known = fs::read_to_string(PathBuf::from("/etc/passwd")).unwrap_or_default();
    let unnamed = Identity { name: format!("number {}", metadata.uid()), user: metadata.uid(), group: metadata.gid() };
    identities(&known).find(|identity| identity.user == metadata.uid()).unwrap_or(unnamed)
}

/// The users in a text of the form of `/etc/passwd`.
fn identities(known: &str) -> impl Iterator<Item = Identity> {
    known.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?.to_owned();
        let user = fields.nth(1)?.parse().ok()?;
        let group = fields.next()?.parse().ok()?;
        Some(Identity { name, user, group })
    })
}
