//! P-12: how soon a page reacts to a press, and shows what the press asks for, in Chromium with a slowed processor; and how soon it
//! answers at all.
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
/// From a press to the next frame, which shows that it was heard (Interaction to Next Paint), in milliseconds.
const REACTION: f64 = 100.0;
/// From a press to the frame that shows what it asks for, in milliseconds: longer than that, and people think of something else
/// (Nielsen, Usability Engineering, 5.5).
const SHOWN: f64 = 1_000.0;
/// How long the search waits for the next key (`frontend/src/behaviors/search.rs`), in milliseconds.
const PAUSE: f64 = 200.0;
/// From a navigation to a search box that answers, in milliseconds.
const ANSWERS: f64 = 1_300.0;
/// Fewer presses, or first loads, tell too little.
const PRESSES: usize = 30;
const LOADS: usize = 5;

/// What was measured, in milliseconds.
struct Times {
    menu: Presses,
    search: Presses,
    next: Presses,
    answers: Vec<f64>,
}

/// What was measured of one kind of press.
struct Presses {
    reactions: Vec<f64>,
    shown: Vec<f64>,
}

/// Two rows for each kind of press, and one for the first load.
pub fn measure(server: &Server, report: &mut Report) -> Result<(), Failure> {
    if let Err(missing) = tools::ensure_npm_packages().and_then(|()| tools::ensure_chromium()) {
        // A remedy stands at the end; before it is what an installer said.
        let missing = missing.to_string();
        report.add(Row::not_measured("P-12", missing.lines().last().unwrap_or_default()));
        return Ok(());
    }
    let Times { menu, search, next, answers } = run_script(server)?;
    let search = Presses { shown: search.shown.iter().map(|time| time - PAUSE).collect(), ..search };
    for (press, Presses { reactions, shown }) in
        [("opening a row's menu", menu), ("typing a search, the pause of 200 ms taken off", search), ("Next", next)]
    {
        let row = |until: &str, times: &[f64], goal| {
            let what = format!("{press}, until {until}, p75 of {}, processor slowed 4 ×, to the goal (quoted)", times.len());
            Row::ratio("P-12", what, "ms", percentile(times, 0.75), goal, Goal::AtMost(1.0))
        };
        report.add(row("the next paint (INP)", &reactions, REACTION));
        report.add(row("what it asks for is painted", &shown, SHOWN));
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
    let list = |times: &Value, fewest: usize| {
        let times: Option<Vec<f64>> = times.as_array()?.iter().map(Value::as_f64).collect();
        times.filter(|times| times.len() >= fewest)
    };
    let presses = |kind: &str| {
        let kind = printed.get(kind)?;
        Some(Presses { reactions: list(kind.get("reactions")?, PRESSES)?, shown: list(kind.get("shown")?, PRESSES)? })
    };
    Some(Times {
        menu: presses("menu")?,
        search: presses("search")?,
        next: presses("next")?,
        answers: list(printed.get("answers")?, LOADS)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(presses: usize, loads: usize) -> String {
        let [presses, loads] = [presses, loads].map(|count| vec![1.5; count]);
        let presses = serde_json::json!({ "reactions": presses, "shown": presses });
        serde_json::json!({ "menu": presses, "search": presses, "next": presses, "answers": loads }).to_string()
    }

    #[test]
    fn times_are_read() {
        let times = times(&printed(36, 7)).unwrap();
        assert_eq!([times.menu.shown.len(), times.search.shown.len(), times.next.reactions.len(), times.answers.len()], [36, 36, 36, 7]);
        assert!((times.next.reactions.iter().sum::<f64>() - 54.0).abs() < f64::EPSILON);
    }

    #[test]
    fn too_few_times_count_for_nothing() {
        assert!(times(&printed(29, 7)).is_none());
        assert!(times(&printed(36, 4)).is_none());
        assert!(times(r#"{"menu": {"shown": [1.5]}}"#).is_none());
        assert!(times("").is_none());
    }
}
