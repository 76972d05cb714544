//! P-9: what a page asks of the database.

use super::data::MILLION;
use super::figures::number;
use super::report::{Goal, Report, Row};
use super::serving::{self, Database, Server, members, page};
use crate::sql::Connection;
use crate::steps::Failure;

const PAGES: u32 = 20;
/// Statements a page may take.
const MOST: f64 = 3.0;
/// Scans of more rows than this would show.
const LARGE_TABLE: u32 = 10_000;

/// Statements and scans of pages of 25, 50 and 100 rows.
pub fn measure(server: &Server, database: &Database, report: &mut Report) -> Result<(), Failure> {
    if !database.counts_statements {
        report.add(Row::not_measured("P-9", "this Postgres has no pg_stat_statements"));
        return Ok(());
    }
    let mut connection = database.connect(serving::LARGE)?;
    let mut client = server.client();
    let scans_before = scans(&mut connection)?;
    let mut counts = Vec::new();
    for rows in [25, 50, 100] {
        let path = format!("{}?size={rows}", members(MILLION));
        page(&mut client, &path)?;
        connection.execute("SELECT pg_stat_statements_reset()")?;
        for _ in 0..PAGES {
            page(&mut client, &path)?;
        }
        // Transaction control isn't a question, and keeps the number of round trips apart. Nor is what the pool asks before it lends a
        // connection, in place of a ping.
        let calls = connection.value(
            "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements JOIN pg_roles ON pg_roles.oid = userid
             WHERE rolname = 'nexus_app' AND query !~* '^(begin|commit|rollback|start|/\\*)' AND query NOT LIKE '%statement_timestamp()'",
        )?;
        counts.push(calls.parse::<f64>().unwrap_or_default() / f64::from(PAGES));
    }
    let [small, medium, large] = counts[..] else {
        return Ok(());
    };
    report.add(Row::ratio("P-9", "statements for a page of 100 rows to one of 25", "", large, small, Goal::AtMost(1.0)));
    report.add(Row::ratio("P-9", "statements for a page of 50 rows to the goal's 3 (quoted)", "", medium, MOST, Goal::AtMost(1.0)));
    // Statistics of other sessions are written at most once a second.
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    let scanned = scans(&mut connection)? - scans_before;
    report.add(Row::ratio(
        "P-9",
        format!("scans of tables with more than {LARGE_TABLE} rows, in {} pages", 3 * PAGES),
        "",
        scanned,
        1.0,
        Goal::AtMost(0.0),
    ));
    Ok(())
}

/// Sequential scans of large tables by the application's pages so far.
fn scans(connection: &mut Connection) -> Result<f64, Failure> {
    let count =
        connection.value(&format!("SELECT coalesce(sum(seq_scan), 0) FROM pg_stat_user_tables WHERE n_live_tup > {LARGE_TABLE}"))?;
    Ok(number(count.parse().unwrap_or_default()))
}
