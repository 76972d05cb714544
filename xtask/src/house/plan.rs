//! The list of who may use whom, read from the documentation of `app/src/features/mod.rs`.
//!
//! It stands in up to five blocks of code, each with a name on its first line: ` ```text rooms `. A line that ends with a comma goes
//! on in the next.

use super::Finding;
use super::tree::Tree;

/// Where the list stands.
pub const PLACE: &str = "app/src/features/mod.rs";
/// The names of the blocks.
const BLOCKS: [&str; 5] = ["rooms", "back", "stores", "shelves", "circles"];

/// The list.
#[derive(Debug, Default)]
pub struct Plan {
    /// `members -> permissions, organizations`: the rooms in their order, each with those that it uses.
    pub rooms: Vec<Entry>,
    /// Edges between rooms against that order, with the reason.
    pub back: Vec<Exception>,
    /// Rooms that reach another room's store, with the reason.
    pub stores: Vec<Exception>,
    /// Edges from the shelves to a room, with the reason.
    pub shelves: Vec<Exception>,
    /// Edges between files that close a circle, with the reason.
    pub circles: Vec<Exception>,
    /// Lines that can't be read.
    pub unread: Vec<Finding>,
}

/// A room, or its pages, with what it uses.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The room; `members/ui` is what only the pages of `members` use.
    pub from: String,
    /// The rooms that it uses.
    pub to: Vec<String>,
    /// Where it stands.
    pub line: usize,
}

/// An edge that the rules would refuse.
#[derive(Debug, PartialEq, Eq)]
pub struct Exception {
    /// Who uses.
    pub from: String,
    /// Who is used.
    pub to: String,
    /// Why, for now.
    pub reason: String,
    /// Where it stands.
    pub line: usize,
}

impl Plan {
    /// Reads the list; empty when its file is missing.
    pub fn read(tree: &Tree) -> Self {
        let mut plan = Self::default();
        let mut block: Option<&str> = None;
        // What a line begins that ends with a comma.
        let mut begun = String::new();
        for (index, text) in tree.0.get(PLACE).map(String::as_str).unwrap_or_default().lines().enumerate() {
            let Some(text) = text.strip_prefix("//!").map(str::trim) else { break };
            let line = index + 1;
            if let Some(fence) = text.strip_prefix("```") {
                let name = fence.strip_prefix("text ").unwrap_or_default();
                block = if block.is_none() { Some(name) } else { None };
                if block.is_some_and(|name| !BLOCKS.contains(&name)) {
                    plan.unread(line, format!("this block has none of the names {}", BLOCKS.join(", ")));
                }
            } else if let Some(name) = block
                && !text.is_empty()
                && !text.starts_with('#')
            {
                begun.push_str(text);
                if !text.ends_with(',') {
                    plan.take(name, &std::mem::take(&mut begun), line);
                }
            }
        }
        plan
    }

    fn take(&mut self, block: &str, text: &str, line: usize) {
        let Some((from, rest)) = text.split_once("->").map(|(from, rest)| (from.trim().to_owned(), rest.trim())) else {
            self.unread(line, "a line of the list reads `room -> other, another`".to_owned());
            return;
        };
        if block == "rooms" {
            let to = rest.split(',').map(str::trim).filter(|to| !to.is_empty()).map(str::to_owned).collect();
            self.rooms.push(Entry { from, to, line });
            return;
        }
        let Some((to, reason)) = rest.split_once(": ").map(|(to, reason)| (to.trim().to_owned(), reason.trim().to_owned())) else {
            self.unread(line, "an exception reads `one -> other: reason`".to_owned());
            return;
        };
        let exception = Exception { from, to, reason, line };
        match block {
            "back" => self.back.push(exception),
            "stores" => self.stores.push(exception),
            "shelves" => self.shelves.push(exception),
            _ => self.circles.push(exception),
        }
    }

    fn unread(&mut self, line: usize, words: String) {
        self.unread.push(Finding::new(PLACE, line, words));
    }
}
