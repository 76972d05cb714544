//! P-9: what every page and every server function asks of the database, beside a thousand and beside a million people.
//!
//! A test tells it: `cost.rs` of the HTTP tests calls everything once in a world that it fills, and listens between server and
//! database. Here it runs in the bench's Postgres, twice.

use std::fs;
use std::path::Path;

use super::report::{Goal, Report, Row};
use super::serving::Database;
use crate::cluster;
use crate::steps::{Failure, step};
use crate::test;
use crate::workspace::CACHE;

/// The test that listens.
const TEST: &str = "cost::pages_take_few_statements_and_nothing_walks_through_the_rows_of_others";
/// People beside the test's own.
const FEW: u32 = 1_000;
const MANY: u32 = 1_000_000;
/// Statements a page may take, and one that searches.
const MOST_STATEMENTS: (f64, f64) = (3.0, 4.0);
/// Rows that one statement may look at, and the walk of a search.
const MOST_ROWS: (f64, f64) = (1_000.0, 5_100.0);

/// What one of them asked.
struct Cost {
    kind: String,
    name: String,
    statements: f64,
    round_trips: f64,
    /// The most that one statement looked at.
    rows: f64,
}

/// One row for the statements of every page, and one for the rows of everything.
pub fn measure(database: &Database, report: &mut Report) -> Result<(), Failure> {
    // npm's Postgres has no such module.
    if database.connect(cluster::DATABASE)?.execute("LOAD 'auto_explain'").is_err() {
        report.add(Row::not_measured("P-9", "this Postgres has no auto_explain, which tells the rows that a statement looks at"));
        return Ok(());
    }
    let few = costs(database, FEW)?;
    let many = costs(database, MANY)?;
    for (few, many) in few.iter().zip(&many) {
        let Cost { kind, name, statements, round_trips, rows } = many;
        let searches = name.contains("search");
        let (most_statements, most_rows) = if searches { (MOST_STATEMENTS.1, MOST_ROWS.1) } else { (MOST_STATEMENTS.0, MOST_ROWS.0) };
        // A search that looks many up asks once more than one that has few people to look among.
        if kind == "page" || searches {
            let what = format!("{kind} {name}: statements ({round_trips} round trips), to the goal (quoted)");
            report.add(Row::ratio("P-9", what, "", *statements, most_statements, Goal::AtMost(1.0)));
        } else if *round_trips > 0.0 {
            let what = format!("{kind} {name}: {statements} statements, {round_trips} round trips, beside {MANY} people to beside {FEW}");
            report.add(Row::ratio("P-9", what, "trips", *round_trips, few.round_trips, Goal::AtMost(1.0)));
        }
        let what = format!(
            "{kind} {name}: most rows that a statement looks at beside {MANY} people ({} beside {FEW}), to the goal (quoted)",
            few.rows
        );
        // A search that looks many up looks at all of them, wherever they stand.
        let goal = if name.contains("looks many up") { f64::INFINITY } else { 1.0 };
        report.add(Row::ratio("P-9", what, "rows", *rows, most_rows, Goal::AtMost(goal)));
    }
    Ok(())
}

/// Runs the test beside so many people.
fn costs(database: &Database, people: u32) -> Result<Vec<Cost>, Failure> {
    let file = Path::new(CACHE).join("bench-costs.tsv");
    if file.exists() {
        fs::remove_file(&file).map_err(Failure::while_doing("remove", &file))?;
    }
    let file = std::path::absolute(&file).map_err(Failure::while_doing("find", Path::new(CACHE)))?;
    step(&format!("ask everything beside {people} people"), || {
        // The judgement is the bench's, not the test's: a goal that isn't met is a row.
        let judged = test::one(
            TEST,
            &database.owner_url(),
            &[("NEXUS_TEST_PEOPLE", &people.to_string()), ("NEXUS_TEST_COSTS", &file.to_string_lossy())],
        );
        if file.exists() { Ok(()) } else { judged }
    })?;
    let text = fs::read_to_string(&file).map_err(Failure::while_doing("read", &file))?;
    Ok(text.lines().filter_map(cost).collect())
}

fn cost(line: &str) -> Option<Cost> {
    let [kind, name, statements, round_trips, rows] = line.split('\t').collect::<Vec<_>>()[..] else {
        return None;
    };
    let number = |text: &str| text.parse().ok();
    Some(Cost {
        kind: kind.to_owned(),
        name: name.to_owned(),
        statements: number(statements)?,
        round_trips: number(round_trips)?,
        rows: number(rows)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_test_is_read() {
        let read = cost("page\t/organizations/acme/members, search (an administrator)\t3\t4\t51").unwrap();
        assert_eq!((read.kind.as_str(), read.name.as_str()), ("page", "/organizations/acme/members, search (an administrator)"));
        assert!((read.statements + read.round_trips + read.rows - 58.0).abs() < f64::EPSILON);
        assert!(cost("page\tname\tmany\t4\t51").is_none());
        assert!(cost("").is_none());
    }
}
