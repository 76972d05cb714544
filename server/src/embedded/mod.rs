//! The embedded default: a private Postgres and a secret key in a folder, for an installation without settings.
//!
//! It is used only when `DATABASE_URL` is not set, and stopped with the program.

pub mod cluster;

use std::path::{Path, PathBuf};

use cluster::{Cluster, ClusterError, Options, Started};

/// The database that the product lives in.
const DATABASE: &str = "nexus";
/// The role that owns the schema.
const OWNER: &str = "nexus_owner";

/// A running embedded database.
pub struct Embedded {
    cluster: Cluster,
    /// Folder of the secret key.
    pub folder: PathBuf,
    /// Address under the application's role.
    pub application_url: String,
    /// Address under the owner's role.
    pub owner_url: String,
}

/// Starts the database kept in `data_dir`, making it on the first start; prints what the person should know. Postgres' programs are
/// the system's, or else those in the folder `programs`.
pub fn start(data_dir: &Path, programs: Option<PathBuf>) -> Result<Embedded, ClusterError> {
    std::fs::create_dir_all(data_dir).map_err(ClusterError::file("create the folder", data_dir))?;
    let folder = std::path::absolute(data_dir).map_err(ClusterError::file("find the folder", data_dir))?;
    let Started { cluster, notices } =
        Cluster::start(&Options { folder: folder.join("postgres"), binaries: programs.into_iter().collect(), settings: Vec::new() })?;
    for notice in notices {
        println!("{notice}");
    }
    let application_url = cluster.url(app::platform::db::APPLICATION_ROLE, DATABASE);
    let owner_url = cluster.url(OWNER, DATABASE);
    Ok(Embedded { cluster, folder, application_url, owner_url })
}

impl Embedded {
    /// Stops the database after everything that uses it.
    pub fn stop(self) -> Result<(), ClusterError> {
        self.cluster.stop()
    }
}
