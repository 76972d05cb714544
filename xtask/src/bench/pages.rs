//! P-4, P-5 and P-6: the list of members by size, by depth and by search.

use std::time::Instant;

use super::data::{MILLION, THOUSAND};
use super::figures::{median, milliseconds, percentile};
use super::http::Client;
use super::report::{Goal, Report, Row};
use super::serving::{self, Database, Server, members, page};
use crate::steps::Failure;

const ROUNDS: usize = 7;
const REQUESTS: usize = 200;
const WARM_UP: usize = 50;

/// Times of both sides, round by round.
struct Alternated {
    ours: Vec<Vec<f64>>,
    reference: Vec<Vec<f64>>,
}

/// Times of one address, in milliseconds.
fn times(client: &mut Client, path: &str, requests: usize) -> Result<Vec<f64>, Failure> {
    (0..requests).map(|_| page(client, path).map(|answer| milliseconds(answer.took))).collect()
}

/// Times of two addresses, one round each in turn.
fn alternate(ours: (&mut Client, &str), reference: (&mut Client, &str)) -> Result<Alternated, Failure> {
    let (our_client, our_path) = ours;
    let (reference_client, reference_path) = reference;
    times(our_client, our_path, WARM_UP)?;
    times(reference_client, reference_path, WARM_UP)?;
    let (mut our_times, mut reference_times) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Who comes first changes, too.
        if round % 2 == 0 {
            our_times.push(times(our_client, our_path, REQUESTS)?);
            reference_times.push(times(reference_client, reference_path, REQUESTS)?);
        } else {
            reference_times.push(times(reference_client, reference_path, REQUESTS)?);
            our_times.push(times(our_client, our_path, REQUESTS)?);
        }
    }
    Ok(Alternated { ours: our_times, reference: reference_times })
}

fn rounds(times: &Alternated, share: f64) -> Vec<(f64, f64)> {
    times.ours.iter().zip(&times.reference).map(|(ours, reference)| (percentile(ours, share), percentile(reference, share))).collect()
}

/// P-4: a million people against a thousand.
pub fn sizes(server: &Server, report: &mut Report) -> Result<(), Failure> {
    let times = alternate((&mut server.client(), &members(MILLION)), (&mut server.client(), &members(THOUSAND)))?;
    let what = |share| format!("Members page {share}: 1,000,000 people to 1,000, warm");
    report.add(Row::of_rounds("P-4", what("p50"), "ms", &rounds(&times, 0.5), Goal::AtMost(1.3)));
    report.add(Row::of_rounds("P-4", what("p99"), "ms", &rounds(&times, 0.99), Goal::AtMost(2.0)));
    report.add(Row::not_measured("P-4 cold", "emptying the system's cache needs the whole machine"));
    Ok(())
}

/// P-5: deep in the list against its beginning.
pub fn depths(server: &Server, database: &Database, report: &mut Report) -> Result<(), Failure> {
    let mut connection = database.connect(serving::LARGE)?;
    let of_depth = |column: &str, offset: u32| {
        format!(
            "SELECT {column} FROM memberships JOIN organizations ON organizations.id = organization_id LEFT JOIN users ON users.id = user_id
             WHERE slug = '{}' ORDER BY sort_name, memberships.id OFFSET {offset} LIMIT 1",
            MILLION.slug
        )
    };
    let depth = MILLION.members / 10 * 9;
    let sort_name = connection.value(&of_depth("sort_name", depth))?;
    let id = connection.value(&of_depth("memberships.id", depth))?;
    let expected = connection.value(&of_depth("users.email", depth + 1))?;
    let deep = format!("{}?after={}", members(MILLION), base64url(format!("[\"{sort_name}\",\"{id}\"]").as_bytes()));
    if !page(&mut server.client(), &deep)?.text().contains(&expected) {
        report.add(Row::not_measured("P-5", "the server didn't take the cursor made for it"));
        return Ok(());
    }
    let times = alternate((&mut server.client(), &deep), (&mut server.client(), &members(MILLION)))?;
    report.add(Row::of_rounds(
        "P-5",
        "Members page p50 at a depth of 90 % of 1,000,000 people, to the first, by name",
        "ms",
        &rounds(&times, 0.5),
        Goal::AtMost(1.5),
    ));
    Ok(())
}

/// Syllables and words of the data: frequent, rare and found by nobody.
const SEARCHES: [&str; 8] = ["ash", "wal", "mohammed", "zoe", "niamh+hart", "benbenben", "field-2-77", "qqq"];

/// P-6: the same small organization inside the big installation and alone; and the large organization against a search without index.
pub fn searches(server: &Server, alone: &Server, database: &Database, report: &mut Report) -> Result<(), Failure> {
    let mut every_round = Vec::new();
    for word in ["ash", "zoe", "qqq"] {
        let path = format!("{}?search={word}", members(THOUSAND));
        let times = alternate((&mut server.client(), &path), (&mut alone.client(), &path))?;
        every_round.extend(rounds(&times, 0.5));
    }
    report.add(Row::of_rounds(
        "P-6",
        "search p50 in 1,000 people inside 1,001,000, to the same alone",
        "ms",
        &every_round,
        Goal::AtMost(1.5),
    ));

    let mut client = server.client();
    let mut connection = database.connect(serving::LARGE)?;
    connection.execute(
        "SET enable_bitmapscan = off; SET enable_indexscan = off; SET enable_indexonlyscan = off; SET max_parallel_workers_per_gather = 0",
    )?;
    let (mut ours, mut scans) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        for word in SEARCHES {
            ours.push(median(&times(&mut client, &format!("{}?search={word}", members(MILLION)), 3)?));
        }
        let begun = Instant::now();
        connection.value(&format!(
            "SELECT count(*) FROM memberships JOIN organizations ON organizations.id = organization_id WHERE slug = '{}' AND search LIKE '%qqq%'",
            MILLION.slug
        ))?;
        scans.push(milliseconds(begun.elapsed()));
    }
    let slowest = percentile(&ours, 0.95);
    report.add(Row::ratio(
        "P-6",
        "search p95 of 8 words in 1,000,000 people, to a scan without index",
        "ms",
        slowest,
        median(&scans),
        Goal::AtMost(0.2),
    ));
    report.add(Row::ratio("P-6", "the same, to the goal's 100 ms (quoted)", "ms", slowest, 100.0, Goal::AtMost(1.0)));
    Ok(())
}

fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().enumerate().fold(0_usize, |bits, (place, byte)| bits | usize::from(*byte) << (16 - 8 * place));
        let letters = (0..=group.len()).filter_map(|place| LETTERS.get(bits >> (18 - 6 * place) & 63));
        text.extend(letters.map(|letter| char::from(*letter)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_is_written_without_padding() {
        for (plain, written) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("\u{ff}?", "w78_")] {
            assert_eq!(base64url(plain.as_bytes()), written);
        }
    }
}
