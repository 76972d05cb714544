//! Rooms use each other only as the list in `features/mod.rs` says, which is true and leads upward from the shared ground.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Names;
use super::plan::{Entry, Exception, PLACE};
use super::source::{Segments, Source};
use super::{Finding, House};

/// Rooms that hold rooms.
const GROUPS: [&str; 1] = ["auth"];

/// Who uses whom.
type Edge = (String, String);

/// Where an edge is first seen, and whether more than pages use it.
struct Seen {
    file: String,
    line: usize,
    path: String,
    beyond_pages: bool,
}

/// Each edge that isn't in the list, each line of the list that isn't true, and each edge against the order.
pub fn check(house: &House) -> Vec<Finding> {
    let seen = seen(house);
    let mut findings = unlisted(house, &seen);
    findings.extend(untrue(house, &seen));
    findings.extend(out_of_order(house));
    findings.extend(not_in_list(house, &seen));
    findings
}

/// The list of rooms as the code would have it, for whoever puts it in order: each room behind those that it uses, and else in the
/// order of the list. Where rooms use each other, one comes first that uses rooms below.
pub fn true_list(house: &House) -> Vec<String> {
    let seen = seen(house);
    let listed = house.plan.rooms.iter().map(|entry| room_in_list(&entry.from).to_owned());
    let found: BTreeSet<String> = house.app.iter().filter_map(|source| room_of(&house.names, &source.module)).collect();
    let mut waiting: Vec<String> = Vec::new();
    for room in listed.filter(|room| found.contains(room)).chain(found.iter().filter(|room| !GROUPS.contains(&room.as_str())).cloned()) {
        if !waiting.contains(&room) {
            waiting.push(room);
        }
    }
    let mut lines = Vec::new();
    let mut placed = Vec::new();
    while !waiting.is_empty() {
        let is_ready = |room: &String| !seen.keys().any(|(from, to)| from == room && waiting.contains(to));
        let next = waiting.iter().position(is_ready).unwrap_or(0);
        placed.push(waiting.remove(next));
        lines.extend(lines_of(&placed, &seen));
    }
    lines
}

/// The lines of the last of these rooms: what it uses, and what only its pages do.
fn lines_of(placed: &[String], seen: &BTreeMap<Edge, Seen>) -> Vec<String> {
    let Some(room) = placed.last() else { return Vec::new() };
    let line = |name: &str| {
        let edges = seen.iter().filter(|((from, _), place)| from == room && name_in_list(from, place) == name);
        let mut used: Vec<&str> = edges.map(|((_, to), _)| to.as_str()).collect();
        used.sort_by_key(|used| placed.iter().position(|room| room == used).unwrap_or(usize::MAX));
        (!used.is_empty()).then(|| format!("{name:<18} -> {}", used.join(", ")))
    };
    let pages = line(&format!("{room}/ui"));
    let own = line(room).or_else(|| pages.is_none().then(|| format!("{room:<18} ->")));
    own.into_iter().chain(pages).collect()
}

/// The room that a path leads into: `auth/sign_in` for what lies in `crate::features::auth::sign_in`.
pub fn room_of(names: &Names, path: &[String]) -> Option<String> {
    let [first, parent, room, inside @ ..] = path else { return None };
    if first != "crate" || parent != "features" || !names.has_module(&path[..3]) {
        return None;
    }
    let inner = inside.first().filter(|_| GROUPS.contains(&room.as_str()) && names.has_module(&path[..4]));
    Some(inner.map_or_else(|| room.clone(), |inner| format!("{room}/{inner}")))
}

/// All paths that a file writes, as from the crate's root, with their lines. A name alone stands in its import.
pub fn paths<'house>(house: &'house House, source: &'house Source) -> impl Iterator<Item = (Segments, usize)> + 'house {
    let imports = source.imports.iter().map(|import| {
        let mut path = house.names.rooted(&import.module, &import.path);
        path.extend((import.name == "*").then(|| import.name.clone()));
        (path, import.line)
    });
    let mentions = source.mentions.iter().filter(|mention| mention.path.len() > 1);
    imports.chain(mentions.map(|mention| (house.names.rooted(&mention.module, &mention.path), mention.line)))
}

fn seen(house: &House) -> BTreeMap<Edge, Seen> {
    let mut edges: BTreeMap<Edge, Seen> = BTreeMap::new();
    for source in &house.app {
        let Some(from) = room_of(&house.names, &source.module) else { continue };
        let is_page = source.module.iter().any(|name| name == "ui");
        for (path, line) in paths(house, source) {
            let Some(to) = room_of(&house.names, &path).filter(|to| *to != from) else { continue };
            let place = || Seen { file: source.path.clone(), line, path: path.join("::"), beyond_pages: false };
            let seen = edges.entry((from.clone(), to)).or_insert_with(place);
            if !is_page && !seen.beyond_pages {
                *seen = Seen { beyond_pages: true, ..place() };
            }
        }
    }
    edges
}

/// How the list names the user of an edge.
fn name_in_list(from: &str, seen: &Seen) -> String {
    if seen.beyond_pages { from.to_owned() } else { format!("{from}/ui") }
}

fn unlisted(house: &House, seen: &BTreeMap<Edge, Seen>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((from, to), place) in seen {
        let from = name_in_list(from, place);
        let is_listed = house.plan.rooms.iter().any(|line| line.from == from && line.to.contains(to));
        let is_borne = house.plan.back.iter().any(|edge| edge.from == from && edge.to == *to);
        if !is_listed && !is_borne {
            let words = format!("{} makes an edge {from} -> {to}, which the list in {PLACE} doesn't have", place.path);
            findings.push(Finding::new(&place.file, place.line, words));
        }
    }
    findings
}

/// Edges of the list that nothing uses, or not the one that it names.
fn untrue(house: &House, seen: &BTreeMap<Edge, Seen>) -> Vec<Finding> {
    let listed = house.plan.rooms.iter().flat_map(|Entry { from, to, line }| to.iter().map(move |to| (from, to, *line)));
    let borne = house.plan.back.iter().map(|Exception { from, to, line, .. }| (from, to, *line));
    let mut findings = Vec::new();
    for (from, to, line) in listed.chain(borne) {
        let room = room_in_list(from);
        let words = match seen.get(&(room.to_owned(), to.clone())) {
            None => format!("nothing makes an edge {from} -> {to}"),
            Some(place) if name_in_list(room, place) == *from => continue,
            Some(place) => format!("the edge {room} -> {to} is one of {}", name_in_list(room, place)),
        };
        findings.push(Finding::new(PLACE, line, words));
    }
    findings
}

fn room_in_list(from: &str) -> &str {
    from.strip_suffix("/ui").unwrap_or(from)
}

/// Edges of the list that lead to a room below, and such that are borne with although they lead upward.
fn out_of_order(house: &House) -> Vec<Finding> {
    let height = |room: &str| house.plan.rooms.iter().position(|line| room_in_list(&line.from) == room);
    let mut findings = Vec::new();
    for Entry { from, to, line } in &house.plan.rooms {
        for to in to.iter().filter(|to| height(to) >= height(room_in_list(from))) {
            let words = format!("{from} may only use rooms that stand above it, and {to} doesn't: a circle, or a wrong order");
            findings.push(Finding::new(PLACE, *line, words));
        }
    }
    for Exception { from, to, line, .. } in &house.plan.back {
        if height(to) < height(room_in_list(from)) {
            findings.push(Finding::new(PLACE, *line, format!("{from} -> {to} leads upward: it belongs in the list of rooms")));
        }
    }
    findings
}

/// Rooms without a line, and lines without a room or for a second time.
fn not_in_list(house: &House, seen: &BTreeMap<Edge, Seen>) -> Vec<Finding> {
    let rooms: BTreeSet<String> = house.app.iter().filter_map(|source| room_of(&house.names, &source.module)).collect();
    let takes_part = |room: &str| !GROUPS.contains(&room) || seen.keys().any(|(from, to)| from == room || to == room);
    let mut findings = Vec::new();
    for room in rooms.iter().filter(|room| takes_part(room)) {
        if house.plan.rooms.iter().all(|line| room_in_list(&line.from) != *room) {
            findings.push(Finding::new(PLACE, 1, format!("the list has no line for the room {room}")));
        }
    }
    for (index, Entry { from, to, line }) in house.plan.rooms.iter().enumerate() {
        for unknown in [room_in_list(from)].into_iter().chain(to.iter().map(String::as_str)).filter(|name| !rooms.contains(*name)) {
            findings.push(Finding::new(PLACE, *line, format!("there is no room {unknown}")));
        }
        if house.plan.rooms[..index].iter().any(|earlier| earlier.from == *from) {
            findings.push(Finding::new(PLACE, *line, format!("{from} has a line already")));
        }
    }
    findings
}
