//! The list of rules names the tests that prove them: each must exist, and so must every rule that code or tests name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::browser::files_below;
use crate::steps::Failure;

/// The list.
const LIST: &str = "server/tests/it/requirements.md";
/// Where tests stand, and rules are named.
const FOLDERS: [&str; 6] = ["app/src", "server/src", "server/tests", "xtask/src", "end2end/tests", "end2end/fixtures"];

/// Refuses when the list names a test that is not there, or is named for a rule that it lacks.
pub fn check() -> Result<(), Failure> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        for path in files_below(Path::new(folder))? {
            if path.extension().is_some_and(|extension| extension == "rs" || extension == "ts") {
                let text = fs::read_to_string(&path).map_err(Failure::while_doing("read", &path))?;
                files.push((path, text));
            }
        }
    }
    let list = fs::read_to_string(LIST).map_err(Failure::while_doing("read", Path::new(LIST)))?;
    let faults = faults(&list, &files);
    if faults.is_empty() { Ok(()) } else { Err(Failure::new(format!("{LIST} isn't true:\n{}", faults.join("\n")))) }
}

/// One line per fault.
fn faults(list: &str, files: &[(PathBuf, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (file, test) in named_tests(list) {
        if !files.iter().any(|(path, text)| path.ends_with(file) && holds(text, test)) {
            let elsewhere = files.iter().find(|(_, text)| holds(text, test));
            let hint = elsewhere.map_or_else(String::new, |(path, _)| format!("; it stands in {}", path.display()));
            faults.push(format!("  {file} holds no test `{test}`{hint}"));
        }
    }
    let rules = ids(list);
    for (path, text) in files {
        faults.extend(ids(text).difference(&rules).map(|id| format!("  {} names {id}, which is no rule", path.display())));
    }
    faults
}

/// The tests that the list names, as file and name.
fn named_tests(list: &str) -> impl Iterator<Item = (&str, &str)> {
    list.split('`').skip(1).step_by(2).filter_map(|code| code.split_once("::"))
}

/// Whether a file holds a test of this name; a Playwright test's is its title.
fn holds(text: &str, name: &str) -> bool {
    [format!("fn {name}("), format!("test('{name}'"), format!("test(\"{name}\"")].iter().any(|written| text.contains(written.as_str()))
}

/// The ids of rules that stand in a text.
fn ids(text: &str) -> BTreeSet<&str> {
    text.match_indices("S-")
        .filter(|(position, _)| !text[..*position].ends_with(|before: char| before.is_ascii_alphanumeric()))
        .filter_map(|(position, _)| text.get(position..position + 4))
        .filter(|id| id[2..].bytes().all(|byte| byte.is_ascii_digit()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(list: &str) -> Vec<String> {
        let files = [
            ("app/src/room/tests.rs", "//! Doors (S-01).\nasync fn a_door_is_shut(pool: PgPool) {}"),
            ("end2end/tests/doors.spec.ts", "test('a door is shut, too', { tag: '@plain' }, async () => {})"),
        ];
        faults(list, &files.map(|(path, text)| (PathBuf::from(path), text.to_owned())))
    }

    #[test]
    fn tests_that_are_there_are_found() {
        assert_eq!(found("| S-01 | `room/tests.rs::a_door_is_shut`, `doors.spec.ts::a door is shut, too` |"), [""; 0]);
    }

    #[test]
    fn a_test_that_is_not_there_fails_and_one_that_moved_is_told() {
        assert_eq!(found("| S-01 | `tests.rs::a_door` |"), ["  tests.rs holds no test `a_door`"]);
        let moved = found("| S-01 | `doors.rs::a_door_is_shut` |");
        assert_eq!(moved, ["  doors.rs holds no test `a_door_is_shut`; it stands in app/src/room/tests.rs"]);
    }

    #[test]
    fn a_rule_that_the_list_lacks_fails() {
        assert_eq!(found("| S-02 | *Not built.* |"), ["  app/src/room/tests.rs names S-01, which is no rule"]);
    }
}
