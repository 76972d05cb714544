//! What the rooms share knows none of them: `values`, `ui`, `platform`, and the files that stand beside those.

use super::edges::{paths, room_of};
use super::plan::{Exception, PLACE};
use super::{Finding, House};

/// The shelves: folders and files of the crate's root.
const SHELVES: [&str; 5] = ["values", "ui", "platform", "failure", "paths"];

/// Each use of a room from a shelf that the list doesn't bear with, and each that it does for nothing.
pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut is_used = vec![false; house.plan.shelves.len()];
    for source in &house.app {
        let [_, shelf, rest @ ..] = source.module.as_slice() else { continue };
        if !SHELVES.contains(&shelf.as_str()) {
            continue;
        }
        // `platform/outbox` for all of its files.
        let from = rest.first().map_or_else(|| shelf.clone(), |part| format!("{shelf}/{part}"));
        for (path, line) in paths(house, source) {
            let Some(to) = room_of(&house.names, &path) else { continue };
            let listed = house.plan.shelves.iter().position(|edge| edge.from == from && edge.to == to);
            if let Some(listed) = listed {
                is_used[listed] = true;
            } else {
                let words = format!("{} is of the room {to}; {shelf} knows no room", path.join("::"));
                findings.push(Finding::new(&source.path, line, words));
            }
        }
    }
    let unused = house.plan.shelves.iter().zip(is_used).filter(|(_, is_used)| !is_used);
    findings.extend(
        unused.map(|(Exception { from, to, line, .. }, _)| Finding::new(PLACE, *line, format!("nothing makes an edge {from} -> {to}"))),
    );
    findings
}
