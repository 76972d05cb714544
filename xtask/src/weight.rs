//! What pages weigh: the files that a page's first load brings, its HTML apart, in brotli.

use std::collections::{BTreeMap, BTreeSet};

use crate::steps::Failure;

/// What a first load brings, by the beginnings of the files' names, and what it may weigh in bytes.
struct Load {
    pages: &'static str,
    files: &'static [&'static str],
    limit: usize,
}

/// Each kind of page. A file in none of these loads comes later, and is held to [`LATER`].
const LOADS: [Load; 2] = [
    Load { pages: "sign-in and code page", files: &["pkg/nexus.css", "assets/"], limit: 20_000 },
    Load { pages: "every other page", files: &["pkg/nexus.css", "assets/", "pkg/nexus.js", "pkg/nexus.wasm", SNIPPETS], limit: 140_000 },
];

/// JavaScript of dependencies; there need not be any.
const SNIPPETS: &str = "pkg/snippets/";

/// What a further page, a question or an island may load in addition.
const LATER: usize = 40_000;

/// Prints what each file and each kind of page weighs. Fails where one weighs too much. Files go by their names without the hash.
pub fn guard(files: &BTreeMap<String, usize>) -> Result<(), Failure> {
    for (name, bytes) in files {
        println!("  {name}: {}", kilobytes(*bytes));
    }
    for load in &LOADS {
        println!("  first load of {}: {} of at most {}", load.pages, kilobytes(load.weigh(files)), kilobytes(load.limit));
    }
    let too_heavy = too_heavy(files);
    if too_heavy.is_empty() { Ok(()) } else { Err(Failure::new(too_heavy.join("\n"))) }
}

impl Load {
    fn brings(&self, file: &str) -> bool {
        self.files.iter().any(|beginning| file.starts_with(beginning))
    }

    fn weigh(&self, files: &BTreeMap<String, usize>) -> usize {
        files.iter().filter(|(name, _)| self.brings(name)).map(|(_, bytes)| bytes).sum()
    }
}

fn too_heavy(files: &BTreeMap<String, usize>) -> Vec<String> {
    // A file that nobody finds weighs nothing: it may have another name now.
    let missing = LOADS.iter().flat_map(|load| load.files).filter(|beginning| **beginning != SNIPPETS);
    let missing: BTreeSet<_> = missing.filter(|beginning| !files.keys().any(|name| name.starts_with(**beginning))).collect();
    let missing = missing.into_iter().map(|beginning| format!("There is no {beginning} to be weighed."));
    let first = LOADS.iter().filter_map(|load| {
        let weight = load.weigh(files);
        (weight > load.limit)
            .then(|| format!("The first load of {} weighs {}, more than {}.", load.pages, kilobytes(weight), kilobytes(load.limit)))
    });
    let later = files.iter().filter(|(name, bytes)| **bytes > LATER && !LOADS.iter().any(|load| load.brings(name)));
    missing
        .chain(first)
        .chain(later.map(|(name, bytes)| format!("{name}, loaded later, weighs {}, more than {}.", kilobytes(*bytes), kilobytes(LATER))))
        .collect()
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(sizes: &[(&str, usize)]) -> BTreeMap<String, usize> {
        sizes.iter().map(|(name, bytes)| ((*name).to_owned(), *bytes)).collect()
    }

    #[test]
    fn a_site_within_the_limits_passes() {
        let site = [
            ("assets/icons.svg", 2_000),
            ("pkg/nexus.css", 9_000),
            ("pkg/nexus.js", 9_000),
            ("pkg/nexus.wasm", 115_000),
            ("pkg/later.wasm", 40_000),
        ];
        assert!(too_heavy(&files(&site)).is_empty());
    }

    #[test]
    fn a_page_that_weighs_too_much_is_named() {
        let site = [("assets/icons.svg", 2_000), ("pkg/nexus.css", 9_000), ("pkg/nexus.js", 9_000), ("pkg/nexus.wasm", 121_000)];
        assert_eq!(too_heavy(&files(&site)), ["The first load of every other page weighs 141.0 kB, more than 140.0 kB."]);
    }

    #[test]
    fn styles_weigh_on_the_pages_without_scripts() {
        let heavy = too_heavy(&files(&[
            ("assets/icons.svg", 2_000),
            ("pkg/nexus.css", 19_000),
            ("pkg/nexus.js", 9_000),
            ("pkg/nexus.wasm", 100_000),
        ]));
        assert_eq!(heavy, ["The first load of sign-in and code page weighs 21.0 kB, more than 20.0 kB."]);
    }

    #[test]
    fn a_part_that_is_loaded_later_has_a_limit_of_its_own() {
        let site = [
            ("assets/icons.svg", 2_000),
            ("pkg/nexus.css", 9_000),
            ("pkg/nexus.js", 9_000),
            ("pkg/nexus.wasm", 115_000),
            ("pkg/later.wasm", 40_001),
        ];
        let heavy = too_heavy(&files(&site));
        assert_eq!(heavy, ["pkg/later.wasm, loaded later, weighs 40.0 kB, more than 40.0 kB."]);
    }

    #[test]
    fn a_file_that_has_another_name_is_missed() {
        let missed =
            too_heavy(&files(&[("assets/icons.svg", 2_000), ("pkg/nexus.css", 9_000), ("pkg/nexus.js", 9_000), ("pkg/next.wasm", 1)]));
        assert_eq!(missed, ["There is no pkg/nexus.wasm to be weighed."]);
    }
}
