//! Private databases for tests and for the query data, below target/.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cluster::{Cluster, DATABASE, OWNER, Options};
use crate::sql::Connection;
use crate::steps::{Failure, step};
use crate::tools;

/// Forward-only changes of the database, in the order of their names.
const MIGRATIONS: &str = "migrations";
/// The database that the query data is read from; made anew each time.
const DESCRIBED: &str = "described";

/// A Postgres that is stopped at the end, whatever happens before.
pub struct PrivateDatabase(Cluster);

impl PrivateDatabase {
    /// Starts the cluster of this name, and keeps it for the next time.
    pub fn start(name: &str) -> Result<Self, Failure> {
        tools::ensure_postgres()?;
        step("start Postgres", || {
            let options = Options {
                folder: Path::new("target/postgres").join(name),
                binaries: tools::postgres_folders(),
                // What is in it can be made again, so nothing waits for the disk.
                settings: vec![("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off"), ("max_connections", "200")],
            };
            let started = Cluster::start(&options)?;
            for notice in started.notices {
                println!("{notice}");
            }
            Ok(Self(started.cluster))
        })
    }

    /// The address for the superuser, who may make databases: `#[sqlx::test]` does.
    pub fn owner_url(&self) -> String {
        self.0.url(OWNER, DATABASE)
    }

    /// The address of a database to which exactly the migrations were applied.
    pub fn migrated(&self) -> Result<String, Failure> {
        step("migrate", || {
            let mut owner = Connection::open(&self.owner_url())?;
            // Neither runs in a transaction, and statements sent together share one.
            owner.execute(&format!("DROP DATABASE IF EXISTS {DESCRIBED} WITH (FORCE)"))?;
            owner.execute(&format!("CREATE DATABASE {DESCRIBED}"))?;
            let url = self.0.url(OWNER, DESCRIBED);
            let mut database = Connection::open(&url)?;
            for migration in migrations()? {
                let statements = fs::read_to_string(&migration).map_err(Failure::while_doing("read", &migration))?;
                database.execute(&statements).map_err(|failure| Failure::new(format!("{} failed: {failure}", migration.display())))?;
            }
            Ok(url)
        })
    }

    /// Stops it, and says so when that fails.
    pub fn stop(self) -> Result<(), Failure> {
        Ok(self.0.stop()?)
    }
}

fn migrations() -> Result<Vec<PathBuf>, Failure> {
    let folder = Path::new(MIGRATIONS);
    let entries = fs::read_dir(folder).map_err(Failure::while_doing("read", folder))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "sql"));
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::{APPLICATION, ClusterError, Started};

    /// A folder for one test, gone at its end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("nexus-test-{name}-{}", std::process::id());
            Self(Path::new("/tmp").join(name))
        }

        fn start(&self) -> Result<Started, ClusterError> {
            Cluster::start(&Options { folder: self.0.clone(), binaries: tools::postgres_folders(), settings: vec![("fsync", "off")] })
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn data_is_kept_over_a_restart() {
        let folder = Folder::new("restart");
        let started = folder.start().unwrap();
        let url = started.cluster.url(OWNER, DATABASE);
        Connection::open(&url).unwrap().execute("CREATE TABLE kept (); INSERT INTO kept DEFAULT VALUES").unwrap();
        started.cluster.stop().unwrap();
        assert!(Connection::open(&url).is_err());

        let started = folder.start().unwrap();
        Connection::open(&url).unwrap().execute("SELECT 1 / count(*) FROM kept").unwrap();
        assert!(started.notices.is_empty());
    }

    #[test]
    fn the_application_may_sign_in_but_make_nothing() {
        let folder = Folder::new("rights");
        let started = folder.start().unwrap();
        let mut application = Connection::open(&started.cluster.url(APPLICATION, DATABASE)).unwrap();
        application.execute("SELECT 1").unwrap();
        for statement in
            ["CREATE TABLE mine ()", "CREATE SCHEMA mine", "CREATE TEMPORARY TABLE mine ()", "CREATE ROLE mine", "CREATE DATABASE mine"]
        {
            assert!(application.execute(statement).is_err(), "{statement}");
        }
    }

    #[test]
    fn a_second_start_names_the_process_that_runs() {
        let folder = Folder::new("second");
        let _started = folder.start().unwrap();
        let refusal = folder.start().map(drop).unwrap_err().to_string();
        let expected = format!("Nexus is already running on this data directory (process {})", std::process::id());
        assert!(refusal.starts_with(&expected), "{refusal}");
    }

    #[test]
    fn a_long_path_gets_a_short_socket() {
        let folder = Folder::new(&"long".repeat(30));
        let started = folder.start().unwrap();
        Connection::open(&started.cluster.url(OWNER, DATABASE)).unwrap();
    }

    #[test]
    fn a_postgres_that_nobody_looks_after_is_stopped_first() {
        let folder = Folder::new("orphan");
        let _abandoned = folder.start().unwrap();
        // What a killed process leaves: Postgres runs, and the folder's lock is free again.
        fs::remove_file(folder.0.join("lock")).unwrap();
        let started = folder.start().unwrap();
        assert!(started.notices.iter().any(|notice| notice.contains("left behind")), "{:?}", started.notices);
        Connection::open(&started.cluster.url(OWNER, DATABASE)).unwrap();
    }
}
