//! No file uses another that uses it, on whatever way.
//!
//! A file uses the one that defines what it names, whichever modules pass that on; so a `mod.rs` doesn't use what it only passes on.
//! What leads from room to room is the matter of the list of rooms.

use std::collections::{BTreeMap, BTreeSet};

use super::edges::room_of;
use super::names::Home;
use super::plan::{Exception, PLACE};
use super::{Finding, House};

/// Files that each file uses, with the line and the path of the first use.
type Uses = BTreeMap<usize, BTreeMap<usize, (usize, String)>>;

/// Each circle, once, at the file that comes first in the alphabet.
pub fn check(house: &House) -> Vec<Finding> {
    let uses = uses(house);
    let borne = borne(house);
    let mut findings = Vec::new();
    let mut told = BTreeSet::new();
    for file in 0..house.app.len() {
        let circle = circle(&uses, file, &borne);
        if circle.is_empty() || !told.insert(circle.clone()) {
            continue;
        }
        let edges = edges_within(house, &uses, &circle, &borne);
        findings.push(Finding::new(&house.app[file].path, 1, format!("these files use each other:\n{}", edges.join("\n"))));
    }
    findings.extend(untrue(house, &uses, &borne));
    findings
}

fn uses(house: &House) -> Uses {
    let rooms: Vec<Option<String>> = house.app.iter().map(|source| room_of(&house.names, &source.module)).collect();
    let mut uses = Uses::new();
    for (from, source) in house.app.iter().enumerate() {
        let is_passed_on = |name: &str| !source.mentions.iter().any(|mention| mention.path.first().is_some_and(|first| first == name));
        let imports = source.imports.iter().filter(|import| !(import.is_public && (import.name == "*" || is_passed_on(&import.name))));
        let imports = imports.map(|import| (&import.module, &import.path, import.line, import.name == "*"));
        let mentions = source.mentions.iter().map(|mention| (&mention.module, &mention.path, mention.line, false));
        for (module, path, line, takes_all) in imports.chain(mentions) {
            let to = match house.names.home(module, path) {
                Home::File(to) => to,
                // A module that is imported is only a shorter way to what is named through it.
                Home::Module(to) if takes_all => to,
                Home::Module(_) | Home::Elsewhere => continue,
            };
            let is_other_room = rooms[from].is_some() && rooms[to].is_some() && rooms[from] != rooms[to];
            if to != from && !is_other_room {
                let first = || (line, house.names.rooted(module, path).join("::"));
                uses.entry(from).or_default().entry(to).or_insert_with(first);
            }
        }
    }
    uses
}

/// The edges that the list bears with.
fn borne(house: &House) -> BTreeSet<(usize, usize)> {
    let file = |name: &str| house.app.iter().position(|source| name_of(&source.path) == name);
    house.plan.circles.iter().filter_map(|edge| Some((file(&edge.from)?, file(&edge.to)?))).collect()
}

/// A file as the list names it.
fn name_of(path: &str) -> &str {
    path.strip_prefix("app/src/").map_or(path, |path| path.strip_prefix("features/").unwrap_or(path))
}

/// The files that a file reaches and that reach it.
fn circle(uses: &Uses, file: usize, borne: &BTreeSet<(usize, usize)>) -> BTreeSet<usize> {
    let reached = reached(uses, file, borne);
    reached.iter().copied().filter(|other| self::reached(uses, *other, borne).contains(&file)).collect()
}

fn reached(uses: &Uses, from: usize, borne: &BTreeSet<(usize, usize)>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        for to in uses.get(&file).into_iter().flat_map(BTreeMap::keys) {
            if !borne.contains(&(file, *to)) && reached.insert(*to) {
                next.push(*to);
            }
        }
    }
    reached
}

fn edges_within(house: &House, uses: &Uses, circle: &BTreeSet<usize>, borne: &BTreeSet<(usize, usize)>) -> Vec<String> {
    let mut lines = Vec::new();
    for from in circle {
        for (to, (line, path)) in uses.get(from).into_iter().flatten() {
            if circle.contains(to) && !borne.contains(&(*from, *to)) {
                let [from, to] = [from, to].map(|file| name_of(&house.app[*file].path));
                lines.push(format!("    {from} -> {to} (line {line}: {path})"));
            }
        }
    }
    lines
}

/// Exceptions that close no circle.
fn untrue(house: &House, uses: &Uses, borne: &BTreeSet<(usize, usize)>) -> Vec<Finding> {
    let file = |name: &str| house.app.iter().position(|source| name_of(&source.path) == name);
    let mut findings = Vec::new();
    for Exception { from, to, line, .. } in &house.plan.circles {
        let closes = match (file(from), file(to)) {
            (Some(from), Some(to)) => {
                let is_used = uses.get(&from).is_some_and(|uses| uses.contains_key(&to));
                is_used && reached(uses, to, borne).contains(&from)
            }
            _ => false,
        };
        if !closes {
            findings.push(Finding::new(PLACE, *line, format!("{from} -> {to} closes no circle")));
        }
    }
    findings
}
