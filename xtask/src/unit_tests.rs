//! Which crates hold the unit tests that somebody asks for: only those are compiled.

use std::fs;
use std::path::Path;

use crate::browser::files_below;
use crate::steps::Failure;

/// A crate with unit tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested {
    /// The product's.
    App,
    /// The server's.
    Server,
}

impl Tested {
    /// All of them.
    const ALL: [Self; 2] = [Self::App, Self::Server];

    /// Cargo's words for all of them at once: their dependencies then have the same features, and are compiled once.
    pub const BOTH: [&str; 6] = ["--package", "app", "--package", "server", "--features", "app/ssr"];

    /// Cargo's words for one alone. What they depend on was compiled for both.
    pub fn packages(self) -> &'static [&'static str] {
        match self {
            Self::App => &["--package", "app", "--features", "ssr"],
            Self::Server => &["--package", "server"],
        }
    }

    fn sources(self) -> &'static str {
        match self {
            Self::App => "app/src",
            Self::Server => "server/src",
        }
    }
}

/// The crates that hold a test whose name has one of the words in it; all of them when no word is a part of a name.
pub fn holding(words: &[String]) -> Result<Vec<Tested>, Failure> {
    // Options of the test programs begin with a dash.
    let parts: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.starts_with('-')).collect();
    if parts.is_empty() {
        return Ok(Tested::ALL.to_vec());
    }
    let mut holding = Vec::new();
    for tested in Tested::ALL {
        if has_test(Path::new(tested.sources()), &parts)? {
            holding.push(tested);
        }
    }
    if holding.is_empty() {
        return Err(Failure::new(format!("No unit test has a name with {} in it.", parts.join(" or "))));
    }
    Ok(holding)
}

fn has_test(sources: &Path, parts: &[&str]) -> Result<bool, Failure> {
    for path in files_below(sources)?.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let text = fs::read_to_string(path).map_err(Failure::while_doing("read", path))?;
        let module = path.strip_prefix(sources).unwrap_or(path).with_extension("");
        let module = module.to_string_lossy().replace('/', "::");
        let module = module.strip_suffix("::mod").unwrap_or(&module);
        if names(module, &text).iter().any(|name| parts.iter().any(|part| name.contains(part))) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What the tests of a file may be called. Its other functions are among them, too: that only compiles more.
fn names(module: &str, text: &str) -> Vec<String> {
    if !text.contains("#[test]") && !text.contains("::test") {
        return Vec::new();
    }
    let functions = text.lines().filter_map(|line| {
        let (before, after) = line.split_once("fn ")?;
        let is_declared = before.split_whitespace().all(|word| word == "async" || word.starts_with("pub"));
        is_declared.then(|| after.split(['(', '<']).next().unwrap_or(after))
    });
    functions.flat_map(|function| [format!("{module}::{function}"), format!("{module}::tests::{function}")]).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::program::{cargo, output_of};

    /// Dependencies with their features, as Cargo would compile them.
    fn dependencies(packages: &[&str], edges: &str) -> HashSet<String> {
        let mut tree = cargo(["tree", "--locked", "--edges", edges, "--prefix", "none", "--format", "{p} {f}"]);
        tree.args(packages);
        let tree = output_of(tree).unwrap();
        tree.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
    }

    #[test]
    fn the_tests_of_one_crate_use_what_was_compiled_for_both() {
        // What the program is made of, and that with what runs while it is compiled: the same crate may be in both with other features.
        for edges in ["normal,dev,no-proc-macro", "normal,build,dev"] {
            let both = dependencies(&Tested::BOTH, edges);
            for alone in Tested::ALL {
                let alone = dependencies(alone.packages(), edges);
                let of_its_own: Vec<&String> = alone.difference(&both).collect();
                assert_eq!(
                    of_its_own,
                    [] as [&String; 0],
                    "these would be compiled anew: the workspace's Cargo.toml says how to share them"
                );
            }
        }
    }

    const FILE: &str =
        "fn beside() {}\n#[cfg(test)]\nmod tests {\n    #[sqlx::test]\n    async fn a_page_is_found(pool: PgPool) {\n    }\n}\n";

    #[test]
    fn a_test_is_found_by_a_part_of_its_name() {
        let names = names("features::members::rules", FILE);
        for part in ["members", "rules::tests::a_page", "page_is"] {
            assert!(names.iter().any(|name| name.contains(part)), "{part}: {names:?}");
        }
        assert!(!names.iter().any(|name| name.contains("PgPool")), "{names:?}");
    }

    #[test]
    fn a_file_without_tests_holds_none() {
        assert_eq!(names("features::members::rules", "fn a_page_is_found() {}"), [] as [String; 0]);
    }

    #[test]
    fn words_of_both_crates_ask_for_both() {
        let root = Path::new("..");
        assert!(has_test(&root.join("app/src"), &["values::"]).unwrap());
        assert!(!has_test(&root.join("server/src"), &["values::"]).unwrap());
        assert!(has_test(&root.join("server/src"), &["values::", "config::"]).unwrap());
    }
}
