//! Rules decide: they wait for nothing, and know neither a database, nor a page, nor what time it is.

use super::edges::paths;
use super::{Finding, House};

/// Files that decide.
const DECIDING: [&str; 2] = ["/rules.rs", "/policy.rs"];
/// Names that tell the time.
const CLOCKS: [&str; 4] = ["SystemTime", "Instant", "now_utc", "now_local"];

/// Each thing in a deciding file that doesn't belong there.
pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in house.app.iter().filter(|source| DECIDING.iter().any(|name| source.path.ends_with(name))) {
        findings.extend(source.asyncs.iter().map(|line| Finding::new(&source.path, *line, "rules wait for nothing")));
        for (path, line) in paths(house, source) {
            if let Some(what) = foreign(&path) {
                findings.push(Finding::new(&source.path, line, format!("rules know no {what}: {}", path.join("::"))));
            }
        }
    }
    findings
}

fn foreign(path: &[String]) -> Option<&'static str> {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["sqlx", ..] => Some("database"),
        ["tokio", ..] => Some("runtime"),
        ["crate", "platform", "clock", ..] => Some("clock"),
        [first, ..] if first.starts_with("leptos") => Some("pages"),
        _ if names.iter().any(|name| CLOCKS.contains(name)) => Some("clock"),
        _ => None,
    }
}
