//! Makes a new cluster with the roles and the database that Nexus needs.

use std::fs;
use std::path::Path;

use super::{APPLICATION, Account, Binaries, ClusterError, DATABASE, OWNER, account, folders};

/// Makes the cluster beside its final place and moves it there when it is whole, so that an interrupted first start leaves nothing half-made.
pub fn create(folder: &Path, data: &Path, account: &Account, binaries: &Binaries) -> Result<(), ClusterError> {
    let unfinished = folder.join("data.unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(ClusterError::file("remove", &unfinished))?;
    }
    folders::create_private(&unfinished, account)?;
    let mut initdb = account.command(&binaries.program("initdb"));
    initdb.arg("--pgdata").arg(&unfinished).arg("--username").arg(OWNER);
    initdb.args(["--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--data-checksums"]);
    account::run("initdb", initdb, "")?;

    // The single-user mode needs no client program; there, every line is a statement.
    let statements = format!(
        "CREATE ROLE {APPLICATION} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS\n\
         CREATE DATABASE {DATABASE} OWNER {OWNER}\n\
         REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC\n\
         GRANT CONNECT ON DATABASE {DATABASE} TO {APPLICATION}\n"
    );
    let mut single = account.command(&binaries.program("postgres"));
    single.arg("--single").arg("-D").arg(&unfinished).args(["-c", "exit_on_error=true", "postgres"]);
    account::run("postgres --single", single, &statements)?;
    fs::rename(&unfinished, data).map_err(ClusterError::file("rename", &unfinished))
}
