//! What Cargo.lock may hold: versions with known faults fixed, and sources that everybody can check.
//!
//! `.deny.toml` says the same to cargo-deny, which is often absent.

use std::fs;
use std::path::Path;

use crate::steps::Failure;

/// The oldest allowed version of a crate, and what older ones get wrong.
const FLOORS: [(&str, [u64; 3], &str); 8] = [
    ("leptos", [0, 8, 20], "text isn't escaped everywhere"),
    ("tachys", [0, 2, 16], "text areas and characters aren't escaped"),
    ("hydration_context", [0, 3, 1], "errors can break out of their script"),
    ("server_fn", [0, 8, 13], "body limits are ignored"),
    ("leptos_macro", [0, 8, 17], "text isn't escaped everywhere"),
    ("leptos_axum", [0, 8, 10], "body limits are ignored"),
    ("lettre", [0, 11, 22], "RUSTSEC-2026-0141"),
    ("tracing-subscriber", [0, 3, 20], "RUSTSEC-2025-0055: escape sequences reach the terminal"),
];

/// The one source beside this workspace itself.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// One package of the lock file.
#[derive(Default)]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    source: Option<&'a str>,
    has_checksum: bool,
}

/// Refuses when Cargo.lock holds something too old or from elsewhere.
pub fn check() -> Result<(), Failure> {
    let path = Path::new("Cargo.lock");
    let lock_file = fs::read_to_string(path).map_err(Failure::while_doing("read", path))?;
    let faults = faults(&lock_file);
    if faults.is_empty() { Ok(()) } else { Err(Failure::new(format!("Cargo.lock may not stay like this:\n{}", faults.join("\n")))) }
}

/// One line per fault.
fn faults(lock_file: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for Package { name, version, source, has_checksum } in packages(lock_file) {
        let floor = FLOORS.iter().find(|(crate_name, ..)| *crate_name == name);
        if let Some((_, [major, minor, patch], reason)) = floor.filter(|(_, floor, _)| is_below(version, *floor)) {
            lines.push(format!(
                "  {name} {version} is too old ({reason}): cargo update -p {name}; {major}.{minor}.{patch} is the oldest allowed."
            ));
        }
        // The workspace's own crates have no source.
        let Some(source) = source else { continue };
        if source != REGISTRY {
            lines.push(format!("  {name} {version} comes from {source}, but only crates.io is allowed."));
        } else if !has_checksum {
            lines.push(format!("  {name} {version} has no checksum: remove its entry and run cargo check."));
        }
    }
    lines
}

/// The packages of a lock file, whose form Cargo keeps strictly: one `key = "value"` per line.
fn packages(lock_file: &str) -> Vec<Package<'_>> {
    let sections = lock_file.split("[[package]]").skip(1);
    let parse = |section| {
        let mut package = Package::default();
        for line in str::lines(section) {
            let Some((key, value)) = line.split_once(" = ") else {
                continue;
            };
            let value = value.trim_matches('"');
            match key {
                "name" => package.name = value,
                "version" => package.version = value,
                "source" => package.source = Some(value),
                "checksum" => package.has_checksum = true,
                _ => {}
            }
        }
        package
    };
    sections.map(parse).collect()
}

/// Whether a version is older than the floor; a pre-release of the floor is.
fn is_below(version: &str, floor: [u64; 3]) -> bool {
    let (numbers, rest) = version.split_at(version.find(['-', '+']).unwrap_or(version.len()));
    let mut parts = numbers.split('.').map(|part| part.parse().unwrap_or_default());
    let found = [0; 3].map(|missing: u64| parts.next().unwrap_or(missing));
    found < floor || (found == floor && rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock_file(name: &str, version: &str, source: &str) -> String {
        format!(
            "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n \"{name}\",\n]\n\n\
             [[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}\"\nchecksum = \"00\"\n"
        )
    }

    #[test]
    fn the_committed_lock_file_passes() {
        assert_eq!(faults(include_str!("../../Cargo.lock")), [] as [String; 0]);
    }

    #[test]
    fn the_floors_are_the_oldest_allowed_versions() {
        for (name, [major, minor, patch], _) in FLOORS {
            assert!(faults(&lock_file(name, &format!("{major}.{minor}.{patch}"), REGISTRY)).is_empty(), "{name}");
            assert_eq!(faults(&lock_file(name, &format!("{major}.{minor}.{patch}-rc1"), REGISTRY)).len(), 1, "{name}");
        }
    }

    #[test]
    fn an_old_tachys_fails() {
        let found = faults(&lock_file("tachys", "0.2.15", REGISTRY));
        assert!(found.len() == 1 && found[0].contains("tachys 0.2.15 is too old"), "{found:?}");
    }

    #[test]
    fn an_old_lettre_fails() {
        let found = faults(&lock_file("lettre", "0.11.21", REGISTRY));
        assert!(found.len() == 1 && found[0].contains("0.11.22 is the oldest allowed"), "{found:?}");
    }

    #[test]
    fn a_second_old_version_beside_a_new_one_fails() {
        let both = lock_file("tachys", "0.2.16", REGISTRY) + &lock_file("tachys", "0.1.9", REGISTRY);
        assert_eq!(faults(&both).len(), 1);
    }

    #[test]
    fn a_git_source_fails() {
        let found = faults(&lock_file("leptos", "0.8.23", "git+https://github.com/leptos-rs/leptos#0123456"));
        assert!(found.len() == 1 && found[0].contains("only crates.io is allowed"), "{found:?}");
    }

    #[test]
    fn another_registry_fails() {
        assert_eq!(faults(&lock_file("leptos", "0.8.23", "registry+https://crates.example/index")).len(), 1);
    }
}
