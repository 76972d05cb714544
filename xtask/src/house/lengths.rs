//! Long files are named: a file past 300 lines asks whether it is two.

use super::House;

/// More lines than this ask the question.
const LONG: usize = 300;

/// One line for each long file; tests don't count.
pub fn notes(house: &House) -> Vec<String> {
    let long = house.app.iter().chain(&house.others).filter(|source| source.lines > LONG);
    long.map(|source| format!("long: {} has {} lines", source.path, source.lines)).collect()
}
