//! Pages are written by the server alone: a room's `ui` is compiled for it only, and holds nothing that waits for a browser. What
//! does is an island: it stands in `ui/islands`, which both sides compile.

use super::{Finding, House};

/// What only lives in a browser.
const LIVELY: [&str; 19] = [
    "Effect",
    "RwSignal",
    "ArcRwSignal",
    "ReadSignal",
    "WriteSignal",
    "Signal",
    "signal",
    "Memo",
    "Resource",
    "LocalResource",
    "OnceResource",
    "ServerAction",
    "StoredValue",
    "Await",
    "spawn_local",
    "NodeRef",
    "Callback",
    "Transition",
    "Suspense",
];

/// Each lively thing outside of islands, and each module of pages that the wrong side compiles.
pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in house.app.iter().filter(|source| is_of_pages(&source.path)) {
        for listener in &source.listeners {
            findings.push(Finding::new(&source.path, *listener, "a page listens to nothing: that is for behaviors and islands"));
        }
        for mention in &source.mentions {
            if let Some(name) = mention.path.iter().find(|name| LIVELY.contains(&name.as_str())) {
                let words = format!("a page is written once, without {name}: what changes in the browser is an island");
                findings.push(Finding::new(&source.path, mention.line, words));
            }
        }
    }
    for source in house.app.iter().filter(|source| source.path.starts_with("app/src/features/") && source.path.ends_with("/mod.rs")) {
        let folder = source.path.trim_end_matches("mod.rs");
        let has_islands = |below: &str| house.app.iter().any(|other| other.path.starts_with(&format!("{folder}{below}")));
        for module in &source.modules {
            let is_wrong = match module.name.as_str() {
                "ui" => module.asks_for_feature == has_islands("ui/islands/"),
                "islands" => module.asks_for_feature,
                _ => folder.ends_with("/ui/") && !module.asks_for_feature && has_islands("islands/"),
            };
            if is_wrong {
                let words = "both sides compile `ui/islands` and what leads there; the rest of `ui` is for the server alone";
                findings.push(Finding::new(&source.path, module.line, words));
            }
        }
    }
    findings
}

fn is_of_pages(path: &str) -> bool {
    let is_shelf = path.starts_with("app/src/ui/") && path != "app/src/ui/listening.rs";
    let is_of_room = path.starts_with("app/src/features/") && (path.contains("/ui/") || path.ends_with("/ui.rs"));
    path == "app/src/app.rs" || is_shelf || (is_of_room && !path.contains("/ui/islands/"))
}
