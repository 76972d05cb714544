//! P-13: memory.

use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use super::data::THOUSAND;
use super::figures::number;
use super::report::{Goal, Report, Row};
use super::serving::{Server, members, page};
use crate::steps::Failure;

/// What a server may take while nothing is asked of it, in MB: 1.5 times Rauthy's.
const IDLE_LIMIT: f64 = 60.0;
/// Pages for a first look at growth; the goal speaks of a million.
const PAGES: usize = 3_000;

/// Memory before and after some pages.
pub fn idle(server: &Server, report: &mut Report) -> Result<(), Failure> {
    sleep(Duration::from_secs(2));
    let idle = resident(server)?;
    report.add(Row::ratio(
        "P-13",
        "resident memory, idle after start (reference: the goal's 60 MB, quoted)",
        "MB",
        idle,
        IDLE_LIMIT,
        Goal::AtMost(1.0),
    ));
    let mut client = server.client();
    for _ in 0..PAGES / 3 {
        page(&mut client, &members(THOUSAND))?;
    }
    let warm = resident(server)?;
    for _ in 0..PAGES {
        page(&mut client, &members(THOUSAND))?;
    }
    let what = format!("resident memory after {PAGES} further pages (the goal speaks of 1,000,000), to after {}", PAGES / 3);
    report.add(Row::ratio("P-13", what, "MB", resident(server)?, warm, Goal::AtMost(1.1)));
    Ok(())
}

/// Resident memory in MB.
pub fn resident(server: &Server) -> Result<f64, Failure> {
    let path = PathBuf::from(format!("/proc/{}/smaps_rollup", server.process()));
    let text = fs::read_to_string(&path).map_err(Failure::while_doing("read", &path))?;
    let kilobytes = text.lines().find_map(|line| line.strip_prefix("Rss:")?.trim().strip_suffix(" kB")?.trim().parse::<usize>().ok());
    Ok(number(kilobytes.unwrap_or_default()) / 1_024.0)
}
