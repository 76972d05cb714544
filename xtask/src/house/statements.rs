//! A statement on what belongs to organizations names the organization in its condition.
//!
//! Where it can't, because it looks for something over all of them, the documentation of its function or of its file says why, in a
//! sentence that begins with [`EXCUSE`].

use std::collections::HashSet;

use super::source::{EXCUSE, Source};
use super::{Finding, House, sql};

/// Tables whose rows aren't an organization's although they name one, and why.
const NOT_OWNED: [(&str, &str); 2] = [
    ("sessions", "they are a person's; the organization is the one that was opened last"),
    ("usernames", "they are unique over all organizations; the organization is the one that holds a draft"),
];

/// Each statement without an organization that nothing excuses, and each excuse for nothing.
pub fn check(house: &House) -> Vec<Finding> {
    let mut tables = sql::tables_of_organizations(house.migrations.iter().map(String::as_str));
    let mut findings = Vec::new();
    for (table, reason) in NOT_OWNED {
        if !tables.remove(table) {
            let words = format!("{table} is listed as not owned ({reason}), and carries no organization's id");
            findings.push(Finding::new("xtask/src/house/statements.rs", 1, words));
        }
    }
    for source in house.app.iter().chain(house.beside_app()) {
        findings.extend(check_file(source, &tables));
    }
    findings
}

fn check_file(source: &Source, tables: &HashSet<String>) -> Vec<Finding> {
    let is_file_excused = source.head.contains(EXCUSE);
    let mut findings = Vec::new();
    let mut excused = HashSet::new();
    for literal in &source.literals {
        let unheld = sql::unheld(&literal.text, tables);
        if unheld.is_empty() {
            continue;
        }
        if literal.is_excused || is_file_excused {
            excused.insert(literal.owner.as_str());
            continue;
        }
        let words = format!(
            "{}: no condition holds {} to an organization; if none can, its documentation says why: `{EXCUSE}…`",
            literal.owner,
            unheld.join(", ")
        );
        findings.push(Finding::new(&source.path, literal.line, words));
    }
    for excuse in source.excuses.iter().filter(|excuse| !excused.contains(excuse.owner.as_str())) {
        findings.push(Finding::new(&source.path, excuse.line, format!("{}: there is nothing to excuse", excuse.owner)));
    }
    if is_file_excused && excused.is_empty() {
        findings.push(Finding::new(&source.path, 1, "there is nothing to excuse in this file"));
    }
    findings
}
