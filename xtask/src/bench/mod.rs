//! `cargo xtask bench`: measures the performance goals.
//!
//! Every figure is a ratio of two things measured in this run on this machine, in alternating rounds; the median of the rounds
//! counts. A reference that can't be measured here is quoted, and says so. What isn't measured is listed with the reason: a goal
//! without a figure isn't met.
//!
//! The database, its data and the programs are the run's own: a Postgres with fsync on in `target/postgres/bench`, whose data is kept
//! for the next run. The generator of load is pinned to the last processor.

mod bytes;
mod data;
mod figures;
mod http;
mod interaction;
mod memory;
mod pages;
mod reference;
mod report;
mod serving;
mod sign_in;
mod statements;

use std::path::Path;

use crate::steps::{Failure, talking_step};
use crate::workspace::SHIPPED_PROGRAM;
use report::{Report, Row};
use serving::Database;

/// Goals that nothing measures yet, and why.
const NOT_MEASURED: [(&str, &str); 7] = [
    ("P-11", "needs Lighthouse, which isn't installed"),
    ("P-12 beside others", "needs the same table in Solid or plain JavaScript"),
    ("P-14", "needs two servers on processors of their own; with two processors the generator would share one"),
    ("P-15", "needs a mail server that takes 200 mails a second"),
    ("P-16", "the rows of activity aren't chained yet"),
    ("P-17", "needs the peers, with the same data, on this machine"),
    ("P-1 with a code", "the generator has no authenticator"),
];

/// Measures the goals that are named, or all of them.
pub fn run(goals: &[String]) -> Result<(), Failure> {
    let wanted =
        |goal: &str| goals.is_empty() || goals.iter().any(|named| named.eq_ignore_ascii_case(goal.split(' ').next().unwrap_or(goal)));
    if !Path::new(SHIPPED_PROGRAM).exists() {
        return Err(Failure::new("There is no program to measure. Build it first: cargo xtask build"));
    }
    let mut report = Report::default();
    let database = Database::start()?;
    let measured = measure(&database, &wanted, &mut report);
    let stopped = database.stop();
    for (goal, why) in NOT_MEASURED.iter().filter(|(goal, _)| wanted(goal)) {
        report.add(Row::not_measured(goal, *why));
    }
    // A run that failed early must not write over the figures of one that didn't.
    if measured.is_ok() {
        report.finish()?;
    }
    measured.and(stopped)
}

fn measure(database: &Database, wanted: &impl Fn(&str) -> bool, report: &mut Report) -> Result<(), Failure> {
    database.fill(serving::LARGE, &[data::THOUSAND, data::MILLION])?;
    let server = database.serve(serving::LARGE)?;
    serving::pin_generator();

    // First, while nothing has been asked of the server yet.
    if wanted("P-13") {
        talking_step("P-13", || memory::idle(&server, report))?;
    }
    if wanted("P-10") {
        talking_step("P-10", || bytes::measure(&server, report))?;
    }
    if wanted("P-12") {
        talking_step("P-12", || interaction::measure(&server, report))?;
    }
    if wanted("P-4") {
        talking_step("P-4", || pages::sizes(&server, report))?;
    }
    if wanted("P-5") {
        talking_step("P-5", || pages::depths(&server, database, report))?;
    }
    if wanted("P-6") {
        database.fill(serving::ALONE, &[data::THOUSAND])?;
        let alone = database.serve(serving::ALONE)?;
        talking_step("P-6", || pages::searches(&server, &alone, database, report))?;
    }
    if wanted("P-7") || wanted("P-8") {
        talking_step("P-7 and P-8", || reference::measure(&server, database, wanted, report))?;
    }
    if wanted("P-9") {
        talking_step("P-9", || statements::measure(database, report))?;
    }
    if wanted("P-1") || wanted("P-2") || wanted("P-3") {
        sign_in::build_reference()?;
    }
    if wanted("P-1") {
        talking_step("P-1", || sign_in::throughput(&server, database, report))?;
    }
    if wanted("P-2") {
        talking_step("P-2", || sign_in::latency(&server, database, report))?;
    }
    if wanted("P-3") {
        talking_step("P-3", || sign_in::flood(&server, database, report))?;
    }
    Ok(())
}
