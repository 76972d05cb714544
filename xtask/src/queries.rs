//! The query data in app/.sqlx: what Postgres says about each query, so that building needs no database.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::database::PrivateDatabase;
use crate::program::{cargo, run_silently};
use crate::site;
use crate::steps::{Failure, step};

/// The committed data, one file per query.
const COMMITTED: &str = "app/.sqlx";
/// The crate whose macros write the data when it is compiled.
const COMPILED: &str = "app/src/lib.rs";

/// The contents of the data's files, by their names.
type Queries = BTreeMap<String, Vec<u8>>;

/// `cargo xtask prepare`: writes the data anew.
pub fn prepare() -> Result<(), Failure> {
    let check = cargo(["check", "--locked", "--package", "app", "--features", "ssr", "--all-targets"]);
    let current = describe("describe the queries", check)?;
    let folder = Path::new(COMMITTED);
    let committed = read(folder)?;
    fs::create_dir_all(folder).map_err(Failure::while_doing("make", folder))?;
    for name in committed.keys().filter(|name| !current.contains_key(*name)) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(Failure::while_doing("remove", &path))?;
    }
    for (name, content) in current.iter().filter(|(name, content)| committed.get(*name) != Some(*content)) {
        let path = folder.join(name);
        fs::write(&path, content).map_err(Failure::while_doing("write", &path))?;
    }
    println!("{COMMITTED} holds {} queries.", current.len());
    Ok(())
}

/// Refuses when the committed data isn't what the migrations and the queries give. `compiling` compiles all queries of the application,
/// and may have more to refuse: one compilation serves both.
pub fn check(name: &str, compiling: Command) -> Result<(), Failure> {
    let current = describe(name, compiling)?;
    let committed = read(Path::new(COMMITTED))?;
    let differences = differences(&committed, &current);
    if differences.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "The query data isn't current:\n{}\nWrite it anew, and commit it: cargo xtask prepare",
        differences.join("\n")
    )))
}

/// What compiling the application says of its queries, against a database that holds exactly the migrations.
fn describe(name: &str, mut compiling: Command) -> Result<Queries, Failure> {
    site::ensure()?;
    let database = PrivateDatabase::start("queries")?;
    let url = database.migrated()?;
    let folder = std::path::absolute("target/xtask/queries").map_err(Failure::while_doing("find", Path::new("target")))?;
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Failure::while_doing("remove", &folder))?;
    }
    fs::create_dir_all(&folder).map_err(Failure::while_doing("make", &folder))?;

    let compiled = step(name, || {
        let _touched = Touched::new(Path::new(COMPILED))?;
        compiling.env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", &folder).env("DATABASE_URL", url);
        run_silently(compiling)
    });
    database.stop()?;
    compiled?;
    read(&folder)
}

/// A source file that Cargo takes for changed: it doesn't know that the macros look at a database. At the end the file gets
/// its time back, or all that was built from it would be built again.
struct Touched {
    path: PathBuf,
    before: SystemTime,
    now: SystemTime,
}

impl Touched {
    fn new(path: &Path) -> Result<Self, Failure> {
        let before = fs::metadata(path).and_then(|file| file.modified()).map_err(Failure::while_doing("read", path))?;
        // A file written just now has the file system's own time.
        let witness = Path::new("target/xtask/now");
        let now = fs::write(witness, "").and_then(|()| fs::metadata(witness)?.modified());
        let now = now.map_err(Failure::while_doing("write", witness))?;
        set_time(path, now).map_err(Failure::while_doing("touch", path))?;
        Ok(Self { path: path.to_owned(), before, now })
    }
}

impl Drop for Touched {
    fn drop(&mut self) {
        // A file that was edited meanwhile keeps its time: the edit must be seen.
        if fs::metadata(&self.path).and_then(|file| file.modified()).is_ok_and(|time| time == self.now) {
            // Without its old time the next build takes longer, and that is all.
            let _ = set_time(&self.path, self.before);
        }
    }
}

fn set_time(path: &Path, time: SystemTime) -> std::io::Result<()> {
    fs::File::options().append(true).open(path)?.set_modified(time)
}

fn read(folder: &Path) -> Result<Queries, Failure> {
    let mut queries = Queries::new();
    if !folder.exists() {
        return Ok(queries);
    }
    for entry in fs::read_dir(folder).map_err(Failure::while_doing("read", folder))?.flatten() {
        let path = entry.path();
        let content = fs::read(&path).map_err(Failure::while_doing("read", &path))?;
        queries.insert(entry.file_name().to_string_lossy().into_owned(), content);
    }
    Ok(queries)
}

/// One line per file that is missing, not needed or different, with the beginning of its query.
fn differences(committed: &Queries, current: &Queries) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, content) in current {
        match committed.get(name) {
            None => lines.push(format!("  missing: {name}: {}", query_of(content))),
            Some(other) if other != content => {
                lines.push(format!("  stale: {name}: {}", query_of(content)));
            }
            Some(_) => {}
        }
    }
    for (name, content) in committed.iter().filter(|(name, _)| !current.contains_key(*name)) {
        lines.push(format!("  no longer used: {name}: {}", query_of(content)));
    }
    lines
}

fn query_of(content: &[u8]) -> String {
    let data: serde_json::Value = serde_json::from_slice(content).unwrap_or_default();
    let query = data["query"].as_str().unwrap_or_default();
    query.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_name_missing_stale_and_unused_files() {
        let file = |name: &str, query: &str| (name.to_owned(), format!(r#"{{"query":"{query}"}}"#).into_bytes());
        let committed = Queries::from([file("a", "SELECT 1"), file("b", "SELECT 2"), file("c", "SELECT 3")]);
        let current = Queries::from([file("a", "SELECT 1"), file("b", "SELECT 22"), file("d", "SELECT 4")]);
        assert_eq!(differences(&committed, &current), ["  stale: b: SELECT 22", "  missing: d: SELECT 4", "  no longer used: c: SELECT 3"]);
        assert!(differences(&committed, &committed).is_empty());
    }
}
