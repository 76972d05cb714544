//! P-7 and P-8: the list of members as a page and as a server function, to a raw handler of the same statements.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::data::{THOUSAND, TOKEN};
use super::figures::{median, milliseconds, number};
use super::http::{Answer, Client};
use super::report::{Goal, Report, Row};
use super::serving::{self, Database, Server, members, on_every_processor};
use crate::program::{cargo_in, run_silently};
use crate::steps::{Failure, step};
use crate::workspace::{CACHE, SHIPPED};

/// The raw handler, as Cargo leaves it.
const RAW: &str = "target/shipped/examples/raw_members";
const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_secs(2);
const WARM_UP: Duration = Duration::from_secs(1);

/// What is asked, over and over.
#[derive(Clone, Copy)]
enum Side<'server> {
    Page(&'server Server),
    Function(&'server Server),
    Raw(&'server Server),
}

/// What a round gave.
struct Round {
    per_second: f64,
    p50: f64,
}

/// Measures both goals, or the one that is wanted, with one request at a time and with four.
pub fn measure(server: &Server, database: &Database, wanted: &impl Fn(&str) -> bool, report: &mut Report) -> Result<(), Failure> {
    let raw = serve_raw(database)?;
    let raw = Side::Raw(&raw);
    for at_once in [1, 4] {
        if wanted("P-7") {
            let rounds = alternate(Side::Page(server), raw, at_once)?;
            let what = |figure: &str| format!("Members page, {figure}, to a raw handler of its statements, {at_once} at a time");
            let of = |part: fn(&Round) -> f64| rounds.iter().map(|(ours, raw)| (part(ours), part(raw))).collect::<Vec<_>>();
            report.add(Row::of_rounds("P-7", what("p50"), "ms", &of(|round| round.p50), Goal::AtMost(2.0)));
            report.add(Row::of_rounds("P-7", what("pages a second"), "/s", &of(|round| round.per_second), Goal::AtLeast(0.45)));
        }
        if wanted("P-8") {
            let rounds = alternate(Side::Function(server), raw, at_once)?;
            let rates: Vec<_> = rounds.iter().map(|(ours, raw)| (ours.per_second, raw.per_second)).collect();
            let what = format!("list_members, answers a second, to a raw handler of its statements, {at_once} at a time");
            report.add(Row::of_rounds("P-8", what, "/s", &rates, Goal::AtLeast(0.85)));
        }
    }
    Ok(())
}

/// Builds the raw handler and starts it on the same database, with as many processors as the program has.
fn serve_raw(database: &Database) -> Result<Server, Failure> {
    step("build the raw handler", || run_silently(cargo_in(SHIPPED, ["build", "--package", "server", "--example", "raw_members"])))?;
    // Built meanwhile or not, what is measured stays.
    let measured = Path::new(CACHE).join("bench-raw");
    fs::copy(RAW, &measured).map_err(Failure::while_doing("copy", Path::new(RAW)))?;
    let address = serving::free_address()?;
    let mut program = on_every_processor(&measured.to_string_lossy());
    program.args([address.port().to_string(), database.application_url(serving::LARGE)]);
    Server::start(program, address, "bench-raw", &members(THOUSAND))
}

/// Rounds of both sides in turn.
fn alternate(ours: Side<'_>, raw: Side<'_>, at_once: usize) -> Result<Vec<(Round, Round)>, Failure> {
    one_round(ours, at_once, WARM_UP)?;
    one_round(raw, at_once, WARM_UP)?;
    (0..ROUNDS)
        .map(|round| {
            // Who comes first changes, too.
            if round % 2 == 0 {
                let ours = one_round(ours, at_once, ROUND)?;
                Ok((ours, one_round(raw, at_once, ROUND)?))
            } else {
                let raw = one_round(raw, at_once, ROUND)?;
                Ok((one_round(ours, at_once, ROUND)?, raw))
            }
        })
        .collect()
}

fn one_round(side: Side<'_>, at_once: usize, time: Duration) -> Result<Round, Failure> {
    let begun = Instant::now();
    let times = thread::scope(|scope| {
        let clients: Vec<_> = (0..at_once)
            .map(|_| {
                scope.spawn(|| {
                    let (mut client, mut times) = (side.server().client(), Vec::new());
                    while begun.elapsed() < time {
                        times.push(milliseconds(side.ask(&mut client)?.took));
                    }
                    Ok::<_, Failure>(times)
                })
            })
            .collect();
        let times =
            clients.into_iter().map(|client| client.join().unwrap_or_else(|_| Err(Failure::new("A thread of the generator failed."))));
        times.collect::<Result<Vec<_>, _>>()
    })?;
    let times: Vec<f64> = times.into_iter().flatten().collect();
    Ok(Round { per_second: number(times.len()) / begun.elapsed().as_secs_f64(), p50: median(&times) })
}

impl Side<'_> {
    const fn server(&self) -> &Server {
        match self {
            Self::Page(server) | Self::Function(server) | Self::Raw(server) => server,
        }
    }

    fn ask(&self, client: &mut Client) -> Result<Answer, Failure> {
        let cookie = format!("nexus={TOKEN}");
        let answer = match self {
            Self::Page(_) | Self::Raw(_) => client.get(&members(THOUSAND), &[("Cookie", &cookie)])?,
            Self::Function(_) => {
                let headers = [("Cookie", cookie.as_str()), ("Accept", "application/json")];
                client.post("/api/list_members", &headers, &format!("organization={}", THOUSAND.slug))?
            }
        };
        if answer.status == 200 {
            return Ok(answer);
        }
        Err(Failure::new(format!("The list of members answered {} instead of 200.", answer.status)))
    }
}
