//! P-10: bytes of a first visit.

use std::collections::BTreeSet;
use std::path::Path;

use super::data::{THOUSAND, TOKEN};
use super::figures::number;
use super::http::Client;
use super::report::{Goal, Report, Row};
use super::serving::{Server, members};
use crate::steps::Failure;

/// Rauthy 0.36, scripts and styles that the page names, in brotli: sign-in and administration of users.
const RAUTHY: [f64; 2] = [153.0, 203.0];
/// Keycloak's administration, 20 files in gzip.
const KEYCLOAK: f64 = 1_090.0;
/// What the members page may take with its HTML.
const MEMBERS: f64 = 150.0;
/// What a further page may take.
const FURTHER: f64 = 40.0;

/// What travels for the sign-in page, the members page and a further page.
pub fn measure(server: &Server, report: &mut Report) -> Result<(), Failure> {
    let (sign_in, _) = first_visit(&mut server.client(), "/sign-in", "")?;
    let (list, document) = first_visit(&mut server.client(), &members(THOUSAND), &format!("nexus={TOKEN}"))?;
    let what = |page: &str, peer: &str| format!("{page}, first load in brotli with everything needed, heads included ({peer}, quoted)");
    report.add(Row::ratio("P-10", what("sign-in page", "Rauthy"), "kB", sign_in, RAUTHY[0], Goal::AtMost(1.2)));
    report.add(Row::ratio("P-10", what("members page of 50 rows", "Rauthy"), "kB", list, RAUTHY[1], Goal::AtMost(1.5)));
    report.add(Row::ratio("P-10", what("members page of 50 rows", "Keycloak"), "kB", list, KEYCLOAK, Goal::AtMost(0.35)));
    report.add(Row::ratio(
        "P-10",
        "members page of 50 rows, the same (reference: the goal's 150 kB with its HTML, quoted)",
        "kB",
        list,
        MEMBERS,
        Goal::AtMost(1.0),
    ));
    report.add(Row::ratio(
        "P-10",
        "a further members page, as a document (reference: the goal's 40 kB, quoted)",
        "kB",
        document,
        FURTHER,
        Goal::AtMost(1.0),
    ));
    Ok(())
}

/// Kilobytes (1,000 bytes) of a page with all files, and of its document alone.
fn first_visit(client: &mut Client, path: &str, cookie: &str) -> Result<(f64, f64), Failure> {
    let document = fetch(client, path, cookie, "br")?;
    // The names inside are read in the plain form: xtask only compresses.
    let mut files = BTreeSet::new();
    files.extend(named_in(&fetch(client, path, cookie, "identity")?.1, ""));
    let mut total = document.0;
    let mut fetched = BTreeSet::new();
    while let Some(file) = files.pop_first() {
        if !fetched.insert(file.clone()) {
            continue;
        }
        total += fetch(client, &file, "", "br")?.0;
        if !is_wasm(&file) {
            files.extend(named_in(&fetch(client, &file, "", "identity")?.1, "/pkg"));
        }
    }
    Ok((number(total) / 1_000.0, number(document.0) / 1_000.0))
}

fn is_wasm(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "wasm")
}

fn fetch(client: &mut Client, path: &str, cookie: &str, encoding: &str) -> Result<(usize, String), Failure> {
    let answer = client.get(path, &[("Cookie", cookie), ("Accept-Encoding", encoding)])?;
    if answer.status != 200 {
        return Err(Failure::new(format!("{path} answered {} instead of 200.", answer.status)));
    }
    Ok((answer.received, answer.text()))
}

/// Addresses of the site's files in a text; snippets and the module that a script names by itself lie below `folder`.
fn named_in(text: &str, folder: &str) -> Vec<String> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '/' | '.' | '-' | '_');
    let addresses =
        text.split(|character: char| !is_part(character)).filter(|word| word.rsplit('/').next().is_some_and(|name| name.contains('.')));
    let absolute = addresses.filter_map(|word| {
        let word = word.strip_prefix("./").unwrap_or(word);
        if word.starts_with("/pkg/") || word.starts_with("/assets/") {
            return Some(word.to_owned());
        }
        let is_beside = word.starts_with("snippets/") || (is_wasm(word) && !word.contains('/'));
        (is_beside && !folder.is_empty()).then(|| format!("{folder}/{word}"))
    });
    absolute.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_their_addresses() {
        let page = r#"<link href="/pkg/nexus.1f.css"><use href="/assets/icons.2a.svg#check"></use> <a href="/pkg/">"#;
        assert_eq!(named_in(page, ""), ["/pkg/nexus.1f.css", "/assets/icons.2a.svg"]);
        assert_eq!(named_in("import { a } from './snippets/x-1/inline0.js';", "/pkg"), ["/pkg/snippets/x-1/inline0.js"]);
        assert_eq!(named_in("new URL('nexus.3b.wasm', import.meta.url)", "/pkg"), ["/pkg/nexus.3b.wasm"]);
    }
}
