//! Statements stand in a `store`, and a room's store is reached by that room alone.

use super::edges::{paths, room_of};
use super::plan::{Exception, PLACE};
use super::source::{Segments, Source};
use super::{Finding, House};

/// The module that holds the statements of a room, or of a part of the platform.
const STORE: &str = "store";

/// Each statement that stands elsewhere, each reach into somebody else's store that the list doesn't bear with, and each that it
/// does for nothing.
pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut is_used = vec![false; house.plan.stores.len()];
    for source in &house.app {
        findings.extend(statements_outside(source, &paths(house, source).collect::<Vec<_>>()));
        findings.extend(reaches(house, source, &mut is_used));
    }
    for source in house.beside_app() {
        findings.extend(statements_outside(source, &paths(house, source).collect::<Vec<_>>()));
    }
    let unused = house.plan.stores.iter().zip(is_used).filter(|(_, is_used)| !is_used);
    findings.extend(
        unused.map(|(Exception { from, to, line, .. }, _)| Finding::new(PLACE, *line, format!("{from} doesn't reach the store of {to}"))),
    );
    findings
}

fn statements_outside(source: &Source, paths: &[(Segments, usize)]) -> Vec<Finding> {
    if source.path.ends_with("/store.rs") || source.path.contains("/store/") {
        return Vec::new();
    }
    let named = paths.iter().filter(|(path, _)| is_statement(path)).map(|(path, line)| (path.join("::"), *line));
    let run = source.executions.iter().map(|line| ("a text that is run as a statement".to_owned(), *line));
    named.chain(run).map(|(what, line)| Finding::new(&source.path, line, format!("{what} belongs in a store"))).collect()
}

/// Whether a path names something of sqlx that makes a statement of a text.
fn is_statement(path: &[String]) -> bool {
    let makes = |name: &String| name.starts_with("query") || ["raw_sql", "QueryBuilder", "*"].contains(&name.as_str());
    path.first().is_some_and(|first| first == "sqlx") && path.iter().any(makes)
}

fn reaches(house: &House, source: &Source, is_used: &mut [bool]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let from = room_of(&house.names, &source.module);
    for (path, line) in paths(house, source) {
        let Some(to) = room_of(&house.names, &path).filter(|to| from.as_ref() != Some(to)) else { continue };
        if (1..path.len()).all(|at| path[at] != STORE || !house.names.has_module(&path[..=at])) {
            continue;
        }
        let listed = house.plan.stores.iter().position(|edge| Some(&edge.from) == from.as_ref() && edge.to == to);
        if let Some(listed) = listed {
            is_used[listed] = true;
        } else {
            let words = format!("{} is in the store of {to}: ask for what that room passes on", path.join("::"));
            findings.push(Finding::new(&source.path, line, words));
        }
    }
    findings
}
