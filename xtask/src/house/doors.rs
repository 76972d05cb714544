//! Whether code is the server's or the browser's is decided at doors: where modules are declared and passed on, and in a few files
//! more.

use super::{Finding, House};

/// Files that ask for a feature although they are no `mod.rs` or `lib.rs`, and why.
const FURTHER_DOORS: [(&str, &str); 1] = [("app/src/values/ids.rs", "only the server knows the database's types")];

/// Each question for a feature in any other file, and each door without one.
pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in house.app.iter().chain(&house.others) {
        if FURTHER_DOORS.iter().any(|(path, _)| *path == source.path) {
            continue;
        }
        let is_door = source.path.ends_with("/mod.rs") || source.path.ends_with("/lib.rs");
        for feature in source.features.iter().filter(|feature| !(is_door && feature.is_at_door)) {
            let words = "only `mod` and `use` lines of a `mod.rs` or `lib.rs` ask for a feature, and the files that doors.rs lists";
            findings.push(Finding::new(&source.path, feature.line, words));
        }
    }
    for (path, reason) in FURTHER_DOORS {
        if house.app.iter().all(|source| source.path != path || source.features.is_empty()) {
            let words = format!("{path} is listed as a door ({reason}), and asks for no feature");
            findings.push(Finding::new("xtask/src/house/doors.rs", 1, words));
        }
    }
    findings
}
