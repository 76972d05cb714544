//! Where a cluster's files lie, and who may enter.

use std::fs::{self, DirBuilder, Metadata, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::{Account, ClusterError};

/// Where clusters go that can't lie where they were asked to.
const ELSEWHERE: &str = "/var/lib/nexus";
/// A socket's address holds 107 bytes; this is what `/.s.PGSQL.5432` leaves, with a little room.
const LONGEST_SOCKET_FOLDER: usize = 88;

/// The folder to use, and a notice when it isn't the one asked for.
pub fn place(requested: &Path, account: &Account) -> Result<(PathBuf, Option<String>), ClusterError> {
    let requested = std::path::absolute(requested).map_err(ClusterError::file("find", requested))?;
    if account.can_reach(&requested) {
        return Ok((requested, None));
    }
    let folder = Path::new(ELSEWHERE).join(name_of(&requested));
    let notice =
        format!("The database lies in {}, because the user {} may not enter {}.", folder.display(), account.name(), requested.display());
    Ok((folder, Some(notice)))
}

/// Makes a folder and its missing parents, each such that the database's user may pass, whatever the umask.
pub fn create_passable(folder: &Path) -> Result<(), ClusterError> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_passable(parent)?;
    }
    match fs::create_dir(folder) {
        Err(source) if source.kind() != ErrorKind::AlreadyExists => Err(ClusterError::file("make the folder", folder)(source)),
        _ => fs::set_permissions(folder, Permissions::from_mode(0o711)).map_err(ClusterError::file("open the folder", folder)),
    }
}

/// Makes a folder that only the account may enter.
pub fn create_private(folder: &Path, account: &Account) -> Result<(), ClusterError> {
    DirBuilder::new().mode(0o700).create(folder).map_err(ClusterError::file("make the folder", folder))?;
    account.own(folder)
}

/// The folder of the socket: beside the data, or somewhere short when that path is too long for a socket. Whatever lay in it is stale.
pub fn sockets(folder: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    let beside = folder.join("run");
    let sockets = if beside.as_os_str().len() <= LONGEST_SOCKET_FOLDER {
        beside
    } else {
        // Only root may write to /run; others share /tmp, hence the check below.
        let parent = if may_write_to("/run") { "/run" } else { "/tmp" };
        Path::new(parent).join(format!("nexus-{:016x}", fingerprint(folder)))
    };
    match fs::symlink_metadata(&sockets) {
        Ok(metadata) if metadata.is_dir() && account.owns(&metadata) && is_private(&metadata) => {
            for file in [".s.PGSQL.5432", ".s.PGSQL.5432.lock"].map(|name| sockets.join(name)) {
                match fs::remove_file(&file) {
                    Err(source) if source.kind() != ErrorKind::NotFound => {
                        return Err(ClusterError::file("remove", &file)(source));
                    }
                    _ => {}
                }
            }
        }
        Ok(_) => return Err(ClusterError::UnsafeFolder { folder: sockets }),
        Err(_) => create_private(&sockets, account)?,
    }
    Ok(sockets)
}

/// Whether nobody but the owner may do anything with a folder.
fn is_private(metadata: &Metadata) -> bool {
    const OTHERS: u32 = 0o077;
    metadata.mode() & OTHERS == 0
}

/// Whether this process may make folders here.
fn may_write_to(parent: &str) -> bool {
    let probe = Path::new(parent).join(format!("nexus-probe-{}", std::process::id()));
    fs::create_dir(&probe).and_then(|()| fs::remove_dir(&probe)).is_ok()
}

/// A readable name that differs for every folder.
fn name_of(folder: &Path) -> String {
    let readable = folder.components().rev().take(3).map(|component| component.as_os_str().to_string_lossy().replace(['.', '/'], ""));
    let mut parts: Vec<String> = readable.filter(|part| !part.is_empty()).collect();
    parts.reverse();
    format!("{}-{:08x}", parts.join("-"), fingerprint(folder) & 0xffff_ffff)
}

/// FNV-1a: unlike the standard library's hashes, the same in every version of the compiler.
fn fingerprint(path: &Path) -> u64 {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
