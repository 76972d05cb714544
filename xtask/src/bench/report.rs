//! The table that is printed, and the same as `target/bench.json`.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::steps::Failure;

const FILE: &str = "target/bench.json";

/// What a ratio must keep to.
#[derive(Clone, Copy)]
pub enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

/// One line of the table.
pub struct Row {
    id: String,
    what: String,
    figures: Option<Figures>,
    not_measured: Option<String>,
}

struct Figures {
    ours: f64,
    reference: f64,
    unit: &'static str,
    ratio: f64,
    goal: Goal,
}

impl Row {
    /// Ours divided by the reference.
    pub fn ratio(id: &str, what: impl Into<String>, unit: &'static str, ours: f64, reference: f64, goal: Goal) -> Self {
        let figures = Figures { ours, reference, unit, ratio: ours / reference, goal };
        Self { id: id.to_owned(), what: what.into(), figures: Some(figures), not_measured: None }
    }

    /// A ratio that is the median of the rounds' own ratios.
    pub fn of_rounds(id: &str, what: impl Into<String>, unit: &'static str, rounds: &[(f64, f64)], goal: Goal) -> Self {
        let median = |part: fn(&(f64, f64)) -> f64| super::figures::median(&rounds.iter().map(part).collect::<Vec<_>>());
        let figures = Figures {
            ours: median(|round| round.0),
            reference: median(|round| round.1),
            unit,
            ratio: median(|round| round.0 / round.1),
            goal,
        };
        Self { id: id.to_owned(), what: what.into(), figures: Some(figures), not_measured: None }
    }

    /// A goal without a figure.
    pub fn not_measured(id: &str, why: impl Into<String>) -> Self {
        Self { id: id.to_owned(), what: String::new(), figures: None, not_measured: Some(why.into()) }
    }

    fn line(&self) -> String {
        let Some(figures) = &self.figures else {
            return format!("{} | not measured: {}", self.id, self.not_measured.as_deref().unwrap_or_default());
        };
        let Figures { ours, reference, unit, ratio, .. } = figures;
        format!(
            "{} | {} | {} {unit} | {} {unit} | {ratio:.2} | {} | {}",
            self.id,
            self.what,
            readable(*ours),
            readable(*reference),
            figures.goal_in_words(),
            if figures.met() { "yes" } else { "NO" },
        )
    }

    fn json(&self) -> serde_json::Value {
        match &self.figures {
            Some(figures) => json!({
                "id": self.id, "what": self.what, "ours": figures.ours, "reference": figures.reference, "unit": figures.unit,
                "ratio": figures.ratio, "goal": figures.goal_in_words(), "met": figures.met(),
            }),
            None => json!({ "id": self.id, "not_measured": self.not_measured }),
        }
    }
}

impl Figures {
    fn met(&self) -> bool {
        match self.goal {
            Goal::AtMost(limit) => self.ratio <= limit,
            Goal::AtLeast(limit) => self.ratio >= limit,
        }
    }

    fn goal_in_words(&self) -> String {
        match self.goal {
            Goal::AtMost(limit) => format!("≤ {limit}"),
            Goal::AtLeast(limit) => format!("≥ {limit}"),
        }
    }
}

/// All lines.
#[derive(Default)]
pub struct Report(Vec<Row>);

impl Report {
    /// Adds a line, and prints it at once: a run takes minutes.
    pub fn add(&mut self, row: Row) {
        println!("  {}", row.line());
        self.0.push(row);
    }

    /// Prints the table in the order of the goals, and writes the file.
    pub fn finish(&mut self) -> Result<(), Failure> {
        self.0.sort_by_key(|row| number_of(&row.id));
        println!("\nid | what | ours | reference | ratio | goal | met");
        for row in &self.0 {
            println!("{}", row.line());
        }
        let rows: Vec<_> = self.0.iter().map(Row::json).collect();
        let path = Path::new(FILE);
        fs::write(path, format!("{:#}\n", json!(rows))).map_err(Failure::while_doing("write", path))
    }
}

fn number_of(id: &str) -> u32 {
    id.trim_start_matches("P-").split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(u32::MAX)
}

fn readable(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}
