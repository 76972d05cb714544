//! The files that the rules look at.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::browser::files_below;
use crate::steps::Failure;

/// Folders with the product's Rust.
const FOLDERS: [&str; 4] = ["app/src", "server/src", "frontend/src", "xtask/src"];
/// Changes of the database.
const MIGRATIONS: &str = "migrations";

/// Texts by their paths in the workspace.
#[derive(Clone, Default)]
pub struct Tree(pub BTreeMap<String, String>);

impl Tree {
    /// What lies in the workspace with this root.
    pub fn read(root: &Path) -> Result<Self, Failure> {
        let mut texts = BTreeMap::new();
        for folder in FOLDERS.into_iter().chain([MIGRATIONS]) {
            for path in files_below(&root.join(folder))? {
                if path.extension().is_some_and(|extension| extension == "rs" || extension == "sql") {
                    let text = fs::read_to_string(&path).map_err(Failure::while_doing("read", &path))?;
                    texts.insert(path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned(), text);
                }
            }
        }
        Ok(Self(texts))
    }

    /// The files in a folder, without those that are there for tests.
    pub fn below<'tree>(&'tree self, folder: &'tree str) -> impl Iterator<Item = (&'tree str, &'tree str)> {
        let files = self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        files.filter(move |(path, _)| path.starts_with(folder) && !is_for_tests(path))
    }

    /// All migrations, in their order.
    pub fn migrations(&self) -> impl Iterator<Item = &str> {
        self.below(MIGRATIONS).map(|(_, text)| text)
    }
}

fn is_for_tests(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/") || path.contains("/testing/")
}
