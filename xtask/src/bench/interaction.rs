//! P-12: how long a page takes to show what a press asks for, in Chromium with a slowed processor; and how soon it answers at all.
//!
//! `end2end/bench/interaction.mjs` presses and takes the times; here they are judged.

use serde_json::Value;

use super::data::{THOUSAND, TOKEN};
use super::figures::{median, percentile};
use super::report::{Goal, Report, Row};
use super::serving::{Server, members, on_every_processor};
use crate::program::said_by;
use crate::steps::Failure;
use crate::tools;
use crate::workspace::BROWSER_TESTS;

const SCRIPT: &str = "bench/interaction.mjs";
/// From a press to what it brings, in milliseconds.
const PRESS: f64 = 100.0;
/// How long the search waits for the next key (`frontend/src/behaviors/search.rs`), in milliseconds.
const PAUSE: f64 = 200.0;
/// From a navigation to a search box that answers, in milliseconds.
const ANSWERS: f64 = 1_300.0;
/// Fewer presses, or first loads, tell too little.
const PRESSES: usize = 30;
const LOADS: usize = 5;

/// What was measured, in milliseconds.
struct Times {
    menu: Vec<f64>,
    search: Vec<f64>,
    next: Vec<f64>,
    answers: Vec<f64>,
}

/// A row for each kind of press, and one for the first load.
pub fn measure(server: &Server, report: &mut Report) -> Result<(), Failure> {
    if let Err(missing) = tools::ensure_npm_packages().and_then(|()| tools::ensure_chromium()) {
        // A remedy stands at the end; before it is what an installer said.
        let missing = missing.to_string();
        report.add(Row::not_measured("P-12", missing.lines().last().unwrap_or_default()));
        return Ok(());
    }
    let Times { menu, search, next, answers } = run_script(server)?;
    let search: Vec<f64> = search.iter().map(|time| time - PAUSE).collect();
    for (press, times) in
        [("opening a row's menu", menu), ("a search's answer after its last key, the pause of 200 ms taken off", search), ("Next", next)]
    {
        let what = format!("{press}: to the next frame with it, p75 of {}, processor slowed 4 ×, to the goal (quoted)", times.len());
        report.add(Row::ratio("P-12", what, "ms", percentile(&times, 0.75), PRESS, Goal::AtMost(1.0)));
    }
    let what = format!(
        "navigation to a search box that answers, slow 4G, nothing kept, processor not slowed, median of {}, to the goal (quoted)",
        answers.len()
    );
    report.add(Row::ratio("P-12", what, "ms", median(&answers), ANSWERS, Goal::AtMost(1.0)));
    Ok(())
}

/// Neither browser nor server is bound to the generator's processor.
fn run_script(server: &Server) -> Result<Times, Failure> {
    let mut node = on_every_processor("node");
    let list = format!("http://localhost:{}{}", server.address.port(), members(THOUSAND));
    node.args([SCRIPT, &list, TOKEN]).args(tools::chromium()).current_dir(BROWSER_TESTS);
    let said = said_by(node)?;
    said.lines().rev().find_map(times).ok_or_else(|| Failure::new(format!("{SCRIPT} printed no times: {said}")))
}

fn times(printed: &str) -> Option<Times> {
    let printed: Value = serde_json::from_str(printed).ok()?;
    let list = |name: &str, fewest: usize| {
        let times: Option<Vec<f64>> = printed.get(name)?.as_array()?.iter().map(Value::as_f64).collect();
        times.filter(|times| times.len() >= fewest)
    };
    Some(Times {
        menu: list("menu", PRESSES)?,
        search: list("search", PRESSES)?,
        next: list("next", PRESSES)?,
        answers: list("answers", LOADS)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(presses: usize, loads: usize) -> String {
        let [presses, loads] = [presses, loads].map(|count| vec![1.5; count]);
        serde_json::json!({ "menu": presses, "search": presses, "next": presses, "answers": loads }).to_string()
    }

    #[test]
    fn times_are_read() {
        let times = times(&printed(36, 7)).unwrap();
        assert_eq!([times.menu.len(), times.search.len(), times.next.len(), times.answers.len()], [36, 36, 36, 7]);
        assert!((times.next.iter().sum::<f64>() - 54.0).abs() < f64::EPSILON);
    }

    #[test]
    fn too_few_times_count_for_nothing() {
        assert!(times(&printed(29, 7)).is_none());
        assert!(times(&printed(36, 4)).is_none());
        assert!(times(r#"{"menu": [1.5]}"#).is_none());
        assert!(times("").is_none());
    }
}
