//! The rules of the house that no compiler knows: who may use whom, and what may stand where.
//!
//! Each rule has a file. All of them look at the same reading of the sources, so a check takes about a second.

mod circles;
mod doors;
mod edges;
mod lengths;
mod names;
mod pages;
mod plan;
mod purity;
mod reader;
mod shelves;
mod source;
mod sql;
mod statements;
mod storage;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;

use std::fmt::{self, Display, Formatter};
use std::path::Path;

use crate::steps::{Failure, step};
use names::Names;
use plan::{Exception, Plan};
use source::Source;
use tree::Tree;

/// Something that a rule refuses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    file: String,
    line: usize,
    words: String,
}

impl Finding {
    /// A refusal, with its place.
    pub fn new(file: &str, line: usize, words: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, words: words.into() }
    }
}

impl Display for Finding {
    fn fmt(&self, text: &mut Formatter<'_>) -> fmt::Result {
        write!(text, "  {}:{}: {}", self.file, self.line, self.words)
    }
}

/// What is in the house.
pub struct House {
    /// The product, without its tests.
    app: Vec<Source>,
    /// The other crates, without their tests.
    others: Vec<Source>,
    /// The product's names.
    names: Names,
    /// Who may use whom.
    plan: Plan,
    /// Statements that made the tables.
    migrations: Vec<String>,
}

impl House {
    fn read(tree: &Tree) -> Result<Self, Failure> {
        let read = |folder| tree.below(folder).map(|(path, text)| Source::read(path, text)).collect::<Result<Vec<_>, _>>();
        let app = read("app/src/")?;
        let mut others = read("server/src/")?;
        others.extend(read("frontend/src/")?);
        others.extend(read("xtask/src/")?);
        let names = Names::of(&app);
        Ok(Self { app, others, names, plan: Plan::read(tree), migrations: tree.migrations().map(str::to_owned).collect() })
    }

    /// The server's and the browser's programs.
    fn beside_app(&self) -> impl Iterator<Item = &Source> {
        self.others.iter().filter(|source| !source.path.starts_with("xtask/"))
    }

    /// Everything that a rule refuses, sorted by its place.
    fn findings(&self) -> Vec<Finding> {
        let mut findings = self.plan.unread.clone();
        findings.extend(edges::check(self));
        findings.extend(shelves::check(self));
        findings.extend(circles::check(self));
        findings.extend(storage::check(self));
        findings.extend(doors::check(self));
        findings.extend(pages::check(self));
        findings.extend(purity::check(self));
        findings.extend(statements::check(self));
        findings.sort_by(|one, other| (&one.file, &one.words, one.line).cmp(&(&other.file, &other.words, other.line)));
        // One place of each fault in a file is enough.
        findings.dedup_by(|later, first| later.file == first.file && later.words == first.words);
        findings.sort();
        findings
    }

    /// What the check tells although nothing is refused.
    fn notes(&self) -> Vec<String> {
        let borne = |what: &'static str, edges: &'_ [Exception]| {
            edges.iter().map(|edge| format!("{what}: {} -> {}: {}", edge.from, edge.to, edge.reason)).collect::<Vec<_>>()
        };
        let mut notes = borne("against the order", &self.plan.back);
        notes.extend(borne("reaches a store", &self.plan.stores));
        notes.extend(borne("closes a circle", &self.plan.circles));
        notes.extend(lengths::notes(self));
        notes
    }
}

/// Refuses when a rule is broken, and tells what is borne with.
pub fn check() -> Result<(), Failure> {
    let notes = step("house", || {
        let house = House::read(&Tree::read(Path::new("."))?)?;
        let findings = house.findings();
        if findings.is_empty() {
            return Ok(house.notes());
        }
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        let mut words = vec!["The house has rules that this breaks:".to_owned(), lines.join("\n")];
        if findings.iter().any(|finding| finding.file == plan::PLACE) {
            words.push("As the code is, the list of rooms would read:".to_owned());
            words.extend(edges::true_list(&house));
        }
        Err(Failure::new(words.join("\n")))
    })?;
    for note in notes {
        println!("  {note}");
    }
    Ok(())
}
