//! P-1, P-2 and P-3: signing in, against the hashing that it consists of.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use super::data::MILLION;
use super::figures::{median, milliseconds, number, percentile};
use super::http::Client;
use super::memory::resident;
use super::report::{Goal, Report, Row};
use super::serving::{self, Database, Server, members, on_every_processor, page, processors};
use crate::program::{cargo_in, output_of, run_silently};
use crate::steps::{Failure, step};
use crate::workspace::SHIPPED;

/// Everybody's password in the data.
const PASSWORD: &str = "bench bench bench bench";
/// The program that only hashes.
const HASH_RATE: &str = "target/shipped/examples/hash_rate";
/// Accounts that sign in; each is used again only after all others.
const ACCOUNTS: usize = 20_000;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(4);
/// Connections that keep the server busy: more than it hashes at once, fewer than it lets wait.
const CONNECTIONS: usize = 12;
/// Sign-ins of a round with one connection.
const ONE_BY_ONE: usize = 40;
/// Connections of the flood, each with a rate of its own.
const FLOOD_CONNECTIONS: usize = 120;
const FLOOD: Duration = Duration::from_secs(8);
/// Memory of one hash, in MB.
const HASH_MEMORY: f64 = 19.0;

/// What the hashing program measured.
struct HashRate {
    per_second: f64,
    milliseconds: f64,
}

/// Builds the program that only hashes.
pub fn build_reference() -> Result<(), Failure> {
    step("build the reference of hashing", || run_silently(cargo_in(SHIPPED, ["build", "--package", "server", "--example", "hash_rate"])))
}

/// A hash of the password, for the data.
pub fn stored_hash() -> Result<String, Failure> {
    build_reference()?;
    hash_program(&["hash", PASSWORD])
}

fn hash_rate(threads: usize) -> Result<HashRate, Failure> {
    let printed = hash_program(&["rate", &threads.to_string(), &ROUND.as_secs().to_string()])?;
    let mut numbers = printed.split_whitespace().filter_map(|number| number.parse().ok());
    match (numbers.next(), numbers.next()) {
        (Some(per_second), Some(milliseconds)) => Ok(HashRate { per_second, milliseconds }),
        _ => Err(Failure::new(format!("{HASH_RATE} printed no numbers: {printed}"))),
    }
}

fn hash_program(words: &[&str]) -> Result<String, Failure> {
    let mut program = on_every_processor(HASH_RATE);
    program.args(words);
    output_of(program).ok_or_else(|| Failure::new(format!("{HASH_RATE} failed.")))
}

/// Accounts without a second factor, each used after all others.
struct Accounts {
    names: Vec<String>,
    next: AtomicUsize,
}

impl Accounts {
    fn read(database: &Database) -> Result<Self, Failure> {
        let query = format!(
            "SELECT string_agg(username, ' ') FROM (SELECT username FROM users WHERE username LIKE '%-2-%' ORDER BY id LIMIT {ACCOUNTS}) AS accounts"
        );
        let names = database.connect(serving::LARGE)?.value(&query)?;
        Ok(Self { names: names.split(' ').map(str::to_owned).collect(), next: AtomicUsize::new(0) })
    }

    /// Signs the next one in, from a network of its own: status and time.
    fn sign_in(&self, client: &mut Client) -> Result<(u16, Duration), Failure> {
        let place = self.next.fetch_add(1, Ordering::Relaxed);
        let name = self.names.get(place % self.names.len()).map(String::as_str).unwrap_or_default();
        let network = format!("10.{}.{}.9", place / 256 % 256, place % 256);
        let form = format!("form%5Bidentifier%5D={name}&form%5Bpassword%5D={}", PASSWORD.replace(' ', "+"));
        let answer = client.post("/api/sign_in", &[("Accept", "application/json"), ("X-Forwarded-For", &network)], &form)?;
        Ok((answer.status, answer.took))
    }

    /// The same where only success counts.
    fn sign_in_well(&self, client: &mut Client) -> Result<Duration, Failure> {
        match self.sign_in(client)? {
            (200, took) => Ok(took),
            (status, _) => Err(Failure::new(format!("Signing in answered {status} instead of 200."))),
        }
    }
}

/// P-1: sign-ins a second when there are always more waiting.
pub fn throughput(server: &Server, database: &Database, report: &mut Report) -> Result<(), Failure> {
    let accounts = Accounts::read(database)?;
    saturate(server, &accounts)?;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let before = hash_rate(processors())?.per_second;
        let ours = saturate(server, &accounts)?;
        let after = hash_rate(processors())?.per_second;
        rounds.push((ours, f64::midpoint(before, after)));
    }
    report.add(Row::of_rounds(
        "P-1",
        "sign-ins a second at saturation, to hashes alone just before and after",
        "/s",
        &rounds,
        Goal::AtLeast(0.85),
    ));
    Ok(())
}

fn saturate(server: &Server, accounts: &Accounts) -> Result<f64, Failure> {
    let begun = Instant::now();
    let count = thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| {
                    let (mut client, mut count) = (server.client(), 0);
                    while begun.elapsed() < ROUND {
                        accounts.sign_in_well(&mut client)?;
                        count += 1;
                    }
                    Ok::<_, Failure>(count)
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|_| Err(Failure::new("A thread of the generator failed."))))
            .sum::<Result<usize, _>>()
    })?;
    Ok(number(count) / begun.elapsed().as_secs_f64())
}

/// P-2: what signing in takes beside its hash, one after the other.
pub fn latency(server: &Server, database: &Database, report: &mut Report) -> Result<(), Failure> {
    let accounts = Accounts::read(database)?;
    let mut client = server.client();
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let before = hash_rate(1)?.milliseconds;
        let times: Result<Vec<f64>, Failure> = (0..ONE_BY_ONE).map(|_| accounts.sign_in_well(&mut client).map(milliseconds)).collect();
        let after = hash_rate(1)?.milliseconds;
        let hash = f64::midpoint(before, after);
        rounds.push((median(&times?) - hash, hash));
    }
    report.add(Row::of_rounds("P-2", "sign-in p50 beside the hash, to the hash, one at a time", "ms", &rounds, Goal::AtMost(0.2)));
    Ok(())
}

/// P-3: pages, memory and answers while three times as many sign in as can.
pub fn flood(server: &Server, database: &Database, report: &mut Report) -> Result<(), Failure> {
    let accounts = Accounts::read(database)?;
    let capacity = hash_rate(processors())?.per_second;
    let pause = Duration::from_secs_f64(number(FLOOD_CONNECTIONS) / (3.0 * capacity));
    let idle = resident(server)?;
    let unloaded = page_times(server, FLOOD)?;

    let ends = AtomicBool::new(false);
    let (flooded, answers, most_memory) = thread::scope(|scope| {
        let workers: Vec<_> = (0..FLOOD_CONNECTIONS)
            .map(|place| {
                let (accounts, ends) = (&accounts, &ends);
                scope.spawn(move || {
                    let (mut client, mut answers) = (server.client(), Vec::new());
                    sleep(pause.mul_f64(number(place) / number(FLOOD_CONNECTIONS)));
                    while !ends.load(Ordering::Relaxed) {
                        let begun = Instant::now();
                        answers.push(accounts.sign_in(&mut client).map_or((0, begun.elapsed()), |answer| answer));
                        sleep(pause.saturating_sub(begun.elapsed()));
                    }
                    answers
                })
            })
            .collect();
        let watch = scope.spawn(|| {
            let mut most = 0.0_f64;
            while !ends.load(Ordering::Relaxed) {
                most = most.max(resident(server).unwrap_or_default());
                sleep(Duration::from_millis(50));
            }
            most
        });
        sleep(Duration::from_secs(1));
        let flooded = page_times(server, FLOOD);
        ends.store(true, Ordering::Relaxed);
        let answers: Vec<(u16, Duration)> = workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect();
        (flooded, answers, watch.join().unwrap_or_default())
    });

    let flooded = flooded?;
    report.add(Row::ratio(
        "P-3",
        "Members page p99 during the flood, to before it",
        "ms",
        percentile(&flooded, 0.99),
        percentile(&unloaded, 0.99),
        Goal::AtMost(3.0),
    ));
    let allowed = idle + number(processors()) * HASH_MEMORY * 1.2;
    report.add(Row::ratio(
        "P-3",
        "resident memory during the flood, to before it and the hashes at once × 1.2",
        "MB",
        most_memory,
        allowed,
        Goal::AtMost(1.0),
    ));
    let times: Vec<f64> = answers.iter().map(|(_, took)| milliseconds(*took)).collect();
    report.add(Row::ratio("P-3", "slowest answer of the flood, to 2 s", "ms", percentile(&times, 1.0), 2_000.0, Goal::AtMost(1.0)));
    let count = |wanted: &[u16]| number(answers.iter().filter(|(status, _)| wanted.contains(status)).count());
    let (well, refused) = (count(&[200]), count(&[429, 503]));
    let others = number(answers.len()) - well - refused;
    let what = format!("answers of the flood that are neither 200 ({well:.0}) nor 429 or 503 ({refused:.0})");
    report.add(Row::ratio("P-3", what, "", others, number(answers.len()), Goal::AtMost(0.0)));
    Ok(())
}

/// Times of the members page, one after the other.
fn page_times(server: &Server, time: Duration) -> Result<Vec<f64>, Failure> {
    let mut client = server.client();
    let begun = Instant::now();
    let mut times = Vec::new();
    while begun.elapsed() < time {
        times.push(milliseconds(page(&mut client, &members(MILLION))?.took));
    }
    Ok(times)
}
