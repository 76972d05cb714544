//! Each rule refuses what it is there for: a small house that keeps all rules, with one fault put into it.

use std::collections::BTreeSet;
use std::path::Path;

use super::House;
use super::edges;
use super::tree::Tree;

/// Files of the house.
const FILES: [(&str, &str); 18] = [
    ("app/src/lib.rs", "pub mod app;\npub mod features;\npub mod platform;\npub mod ui;\npub mod values;\n"),
    ("app/src/app.rs", "use crate::features::pages::ui::Page;\nfn shell() -> Page { Page }\n"),
    ("app/src/ui/mod.rs", "pub struct Button;\n"),
    ("app/src/values/mod.rs", "pub mod ids;\n"),
    ("app/src/values/ids.rs", "#[cfg_attr(feature = \"ssr\", derive(sqlx::Type))]\npub struct Id;\n"),
    ("app/src/platform/mod.rs", "pub mod clock;\npub mod mails;\n"),
    ("app/src/platform/clock.rs", "pub fn now() -> i64 { 0 }\n"),
    ("app/src/platform/mails.rs", "use crate::features::ground;\npub fn send() { ground::note(); }\n"),
    (
        "app/src/features/mod.rs",
        "//! Rooms.\n//!\n//! ```text rooms\n//! # shared\n//! ground          ->\n//! auth/doors      -> ground\n//! people          -> ground\n\
         //! people/ui       -> auth/doors\n//! pages           -> people\n//! ```\n//! ```text shelves\n//! platform/mails -> ground: a mail is noted\n//! ```\n\
         pub mod auth;\npub mod ground;\npub mod pages;\npub mod people;\n",
    ),
    ("app/src/features/ground/mod.rs", "mod noting;\nmod rules;\npub use noting::note;\npub(crate) use rules::may;\n"),
    ("app/src/features/ground/noting.rs", "use super::may;\npub fn note() { may(1); }\n"),
    ("app/src/features/ground/rules.rs", "pub fn may(now: i64) -> bool { now > 0 }\n#[cfg(test)]\nmod tests { use std::time::Instant; }\n"),
    ("app/src/features/auth/mod.rs", "pub mod doors;\n"),
    ("app/src/features/auth/doors/mod.rs", "use crate::features::ground::note;\npub struct Door;\npub fn open() { note() }\n"),
    (
        "app/src/features/people/mod.rs",
        "#[cfg(feature = \"ssr\")]\nmod store;\npub mod use_cases;\n#[cfg(feature = \"ssr\")]\npub mod ui;\n#[cfg(test)]\nmod tests;\n",
    ),
    (
        "app/src/features/people/store.rs",
        "pub(super) fn get() { sqlx::query!(\"SELECT name FROM people WHERE organization_id = $1 AND id = $2\", 1, 2); }\n\
         /// Everybody.\n///\n/// Across organizations: a person sees all of their own.\n\
         pub(super) fn all() { sqlx::query!(\"SELECT id FROM people WHERE person = $1\", 1); }\n",
    ),
    (
        "app/src/features/people/use_cases.rs",
        "use super::store;\nuse crate::features::ground::note;\npub async fn show() { store::get(); note(); }\n",
    ),
    (
        "app/src/features/people/ui/mod.rs",
        "use crate::features::auth::doors::Door;\nuse crate::ui::Button;\npub struct Row(Door, Button);\n",
    ),
];
/// A room of pages alone, and the tables.
const REST: [(&str, &str); 4] = [
    (
        "app/src/features/pages/mod.rs",
        "use super::people::use_cases;\n#[cfg(feature = \"ssr\")]\npub mod ui;\nfn load() { use_cases::show(); }\n",
    ),
    ("app/src/features/pages/ui.rs", "pub struct Page;\n"),
    ("server/src/main.rs", "fn main() {}\n"),
    (
        "migrations/1_create.sql",
        "CREATE TABLE people (organization_id uuid NOT NULL, id uuid, name text, person uuid, PRIMARY KEY (organization_id, id));\n\
         CREATE TABLE sessions (id uuid, organization_id uuid);\nCREATE TABLE usernames (name text, organization_id uuid);\n",
    ),
];

fn house() -> Tree {
    Tree(FILES.into_iter().chain(REST).map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
}

/// What is refused, each with its place.
fn refused(tree: &Tree) -> Vec<String> {
    House::read(tree).unwrap().findings().iter().map(|finding| finding.to_string().trim().to_owned()).collect()
}

/// The one thing that is refused when this text is added to that file.
fn fault(path: &str, added: &str) -> String {
    let mut tree = house();
    tree.0.entry(path.to_owned()).or_default().push_str(added);
    only(&refused(&tree))
}

/// The one thing that is refused when that file reads differently.
fn changed(path: &str, before: &str, after: &str) -> String {
    let mut tree = house();
    let text = tree.0.get_mut(path).unwrap();
    assert!(text.contains(before), "{path} holds no {before}");
    *text = text.replace(before, after);
    only(&refused(&tree))
}

fn only(refused: &[String]) -> String {
    assert_eq!(refused.len(), 1, "{refused:#?}");
    refused[0].clone()
}

#[track_caller]
fn assert_starts(found: &str, expected: &str) {
    assert!(found.starts_with(expected), "{found}");
}

#[test]
fn a_house_that_keeps_the_rules_is_not_refused() {
    assert_eq!(refused(&house()), [] as [String; 0]);
}

#[test]
fn faults_put_into_this_workspace_are_found() {
    let mut tree = Tree::read(Path::new("..")).unwrap();
    let room = "app/src/features/help/";
    tree.0.insert(
        format!("{room}use_cases.rs"),
        "use super::circle::round;\nuse crate::features::mailbox::api;\npub fn again() { round(); api::read(); sqlx::query!(\"SELECT 1\"); }".to_owned(),
    );
    tree.0.insert(format!("{room}circle.rs"), "pub fn round() { super::use_cases::again(); }".to_owned());
    let refused = refused(&tree).join("\n");
    assert!(refused.contains("help/use_cases.rs:2: crate::features::mailbox::api makes an edge help -> mailbox"), "{refused}");
    assert!(refused.contains("help/use_cases.rs:3: sqlx::query belongs in a store"), "{refused}");
    assert!(refused.contains("help/circle.rs -> help/use_cases.rs (line 1"), "{refused}");
}

#[test]
fn an_edge_between_rooms_must_be_listed_however_it_is_written() {
    let expected = "makes an edge people -> auth/doors";
    let place = "app/src/features/people/use_cases.rs";
    for added in [
        "use crate::features::auth::doors::open;",
        "use crate::features::{auth::doors::{self}};",
        "fn f() { super::super::auth::doors::open(); }",
        "use super::super::auth;\nfn f() { auth::doors::open(); }",
        "fn f() { view! { <crate::features::auth::doors::Door/> } }",
        "#[serde(default = \"crate::features::auth::doors::open\")]\nstruct S;",
    ] {
        let mut tree = house();
        tree.0.get_mut(place).unwrap().push_str(added);
        let refused = refused(&tree).join("\n");
        assert!(refused.contains(expected), "{added}: {refused}");
        // Until now only pages made it.
        assert!(refused.contains("the edge people -> auth/doors is one of people"), "{added}: {refused}");
    }
}

#[test]
fn an_edge_of_pages_alone_is_listed_as_theirs() {
    let found = fault("app/src/features/people/ui/mod.rs", "use crate::features::pages::ui::Page;");
    assert_starts(&found, "app/src/features/people/ui/mod.rs:4: crate::features::pages::ui::Page makes an edge people/ui -> pages");
}

#[test]
fn tests_make_no_edges() {
    let mut tree = house();
    let import = "use crate::features::pages::ui::Page; fn f() { sqlx::query(\"SELECT id FROM people\"); }";
    tree.0.insert("app/src/features/people/tests.rs".to_owned(), import.to_owned());
    tree.0.insert("app/src/testing/mod.rs".to_owned(), import.to_owned());
    tree.0.get_mut("app/src/features/people/store.rs").unwrap().push_str(&["#[cfg(test)]\nmod tests { ", import, " }"].concat());
    assert_eq!(refused(&tree), [] as [String; 0]);
}

#[test]
fn an_edge_that_nothing_makes_may_not_be_listed() {
    let found = changed("app/src/features/mod.rs", "pages           -> people", "pages           -> people, ground");
    assert_eq!(found, "app/src/features/mod.rs:9: nothing makes an edge pages -> ground");
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let mut tree = house();
    tree.0.get_mut("app/src/features/ground/noting.rs").unwrap().push_str("use crate::features::people::ui::Row;");
    let list = tree.0.get_mut("app/src/features/mod.rs").unwrap();
    *list = list.replace("ground          ->", "ground          -> people");
    let expected = "app/src/features/mod.rs:5: ground may only use rooms that stand above it, and people doesn't";
    assert_starts(&only(&refused(&tree)), expected);

    // Borne with, with a reason.
    let list = tree.0.get_mut("app/src/features/mod.rs").unwrap();
    *list = list.replace("ground          -> people", "ground          ->");
    *list = list.replace("//! ```text shelves", "//! ```text back\n//! ground -> people: for a while\n//! ```\n//! ```text shelves");
    assert_eq!(refused(&tree), [] as [String; 0]);
}

#[test]
fn what_leads_upward_is_no_exception() {
    let found = changed(
        "app/src/features/mod.rs",
        "pages           -> people\n//! ```",
        "pages           ->\n//! ```\n//! ```text back\n//! pages -> people: for a while\n//! ```",
    );
    assert_eq!(found, "app/src/features/mod.rs:12: pages -> people leads upward: it belongs in the list of rooms");
}

#[test]
fn a_new_room_needs_a_line() {
    let found = fault("app/src/features/billing/mod.rs", "pub struct Bill;");
    assert_eq!(found, "app/src/features/mod.rs:1: the list has no line for the room billing");
}

#[test]
fn a_line_may_go_on_in_the_next() {
    let mut tree = house();
    tree.0.get_mut("app/src/features/pages/mod.rs").unwrap().push_str("use crate::features::ground::note;");
    let list = tree.0.get_mut("app/src/features/mod.rs").unwrap();
    *list = list.replace("pages           -> people", "pages           -> people,\n//!                    ground");
    assert_eq!(refused(&tree), [] as [String; 0]);
}

#[test]
fn the_list_is_told_as_the_code_would_have_it() {
    let mut tree = house();
    tree.0.get_mut("app/src/features/auth/doors/mod.rs").unwrap().push_str("use crate::features::pages::ui::Page;");
    let expected = [
        "ground             ->",
        "people             -> ground",
        "people/ui          -> auth/doors",
        "auth/doors         -> ground, pages",
        "pages              -> people",
    ];
    // The doors, people and pages use each other in a circle.
    let told = edges::true_list(&House::read(&tree).unwrap());
    assert_eq!(told[0], expected[0]);
    assert_eq!(BTreeSet::from_iter(told), BTreeSet::from(expected.map(str::to_owned)));
}

#[test]
fn a_line_that_cannot_be_read_is_refused() {
    let found = changed("app/src/features/mod.rs", "//! # shared", "//! shared");
    assert_eq!(found, "app/src/features/mod.rs:4: a line of the list reads `room -> other, another`");
    let mut tree = house();
    let list = tree.0.get_mut("app/src/features/mod.rs").unwrap();
    *list = list.replace("ground: a mail is noted", "ground");
    assert!(refused(&tree).contains(&"app/src/features/mod.rs:12: an exception reads `one -> other: reason`".to_owned()));
}

#[test]
fn shelves_know_no_room() {
    for (path, module) in [("app/src/ui/mod.rs", "ui"), ("app/src/values/mod.rs", "values"), ("app/src/platform/clock.rs", "platform")] {
        let found = fault(path, "use crate::features::ground::note;");
        assert!(found.ends_with(&format!("crate::features::ground::note is of the room ground; {module} knows no room")), "{found}");
    }
}

#[test]
fn an_exception_of_a_shelf_that_nothing_makes_is_refused() {
    let found = changed("app/src/platform/mails.rs", "use crate::features::ground;\npub fn send() { ground::note(); }", "");
    assert_eq!(found, "app/src/features/mod.rs:12: nothing makes an edge platform/mails -> ground");
}

#[test]
fn files_that_use_each_other_are_a_circle() {
    let found = fault("app/src/features/ground/rules.rs", "use super::noting::note;");
    assert_starts(&found, "app/src/features/ground/noting.rs:1: these files use each other:");
    assert!(found.contains("ground/noting.rs -> ground/rules.rs (line 1: crate::features::ground::may)"), "{found}");
    assert!(found.contains("ground/rules.rs -> ground/noting.rs"), "{found}");
}

#[test]
fn a_circle_over_three_files_is_one() {
    let mut tree = house();
    tree.0.insert("app/src/features/ground/third.rs".to_owned(), "pub fn third() { super::note(); }".to_owned());
    tree.0.get_mut("app/src/features/ground/rules.rs").unwrap().push_str("fn f() { super::third::third(); }");
    let found = only(&refused(&tree));
    assert!(found.matches(" -> ").count() == 3, "{found}");
}

#[test]
fn a_module_uses_what_it_names_and_not_what_it_passes_on() {
    let mut tree = house();
    tree.0.get_mut("app/src/features/ground/mod.rs").unwrap().push_str("pub struct Note;");
    tree.0.get_mut("app/src/features/ground/noting.rs").unwrap().push_str("fn f(note: super::Note) {}");
    assert_eq!(refused(&tree), [] as [String; 0]);
    tree.0.get_mut("app/src/features/ground/mod.rs").unwrap().push_str("fn f() { note(); }");
    assert_starts(&only(&refused(&tree)), "app/src/features/ground/mod.rs:1: these files use each other:");
}

#[test]
fn statements_stand_in_a_store() {
    for added in [
        "fn f() { sqlx::query!(\"SELECT 1\"); }",
        "fn f() { sqlx::query_scalar::<_, i64>(\"SELECT 1\"); }",
        "use sqlx::QueryBuilder;",
        "use sqlx::*;",
        "fn f() { tokio::join! { sqlx::raw_sql(\"SELECT 1\") } }",
        "fn f(pool: P) { pool.execute(\"SELECT 1\"); }",
    ] {
        let found = fault("app/src/features/people/use_cases.rs", added);
        assert!(found.ends_with("belongs in a store"), "{found}");
        assert!(fault("server/src/main.rs", added).ends_with("belongs in a store"));
    }
}

#[test]
fn nobody_reaches_another_rooms_store() {
    let found = fault("app/src/features/pages/mod.rs", "fn f() { super::people::store::get(); }");
    assert_starts(&found, "app/src/features/pages/mod.rs:5: crate::features::people::store::get is in the store of people");
}

#[test]
fn only_doors_ask_for_a_feature() {
    let expected = "only `mod` and `use` lines of a `mod.rs` or `lib.rs` ask for a feature";
    for (path, added) in [
        ("app/src/features/people/use_cases.rs", "#[cfg(feature = \"ssr\")]\nuse std::fmt;"),
        ("app/src/features/people/use_cases.rs", "fn f() { if cfg!(feature = \"ssr\") {} }"),
        ("app/src/features/people/use_cases.rs", "#[cfg_attr(feature = \"ssr\", derive(Debug))]\nstruct S;"),
        ("app/src/features/people/mod.rs", "#[cfg(feature = \"ssr\")]\nfn f() {}"),
    ] {
        let found = fault(path, added);
        assert!(found.starts_with(path) && found.contains(expected), "{found}");
    }
}

#[test]
fn a_page_holds_nothing_that_waits_for_a_browser() {
    for (added, expected) in [
        ("fn f() { let shown = RwSignal::new(false); }", "without RwSignal"),
        ("fn f() { Effect::new(move |_| ()); }", "without Effect"),
        ("fn f() { view! { <Transition>{move || 1}</Transition> } }", "without Transition"),
        ("fn f() { view! { <button on:click=press>\"Go\"</button> } }", "listens to nothing"),
    ] {
        let refused = fault("app/src/features/people/ui/mod.rs", added);
        assert!(refused.contains(expected), "{added}: {refused}");
    }
}

#[test]
fn islands_are_lively_and_both_sides_compile_them() {
    let mut tree = house();
    let island = "fn f() { let shown = RwSignal::new(false); view! { <p on:click=press>{shown}</p> } }\n";
    tree.0.insert("app/src/features/people/ui/islands/mod.rs".to_owned(), island.to_owned());
    let room = tree.0.get_mut("app/src/features/people/mod.rs").unwrap();
    *room = room.replace("#[cfg(feature = \"ssr\")]\npub mod ui;", "pub mod ui;");
    tree.0.get_mut("app/src/features/people/ui/mod.rs").unwrap().push_str("pub mod islands;\n");
    assert_eq!(refused(&tree), [""; 0]);

    tree.0.get_mut("app/src/features/people/ui/mod.rs").unwrap().push_str("mod page;\n");
    assert!(only(&refused(&tree)).contains("the rest of `ui` is for the server alone"));
}

#[test]
fn pages_that_the_browser_compiles_are_refused() {
    let found = changed("app/src/features/people/mod.rs", "#[cfg(feature = \"ssr\")]\npub mod ui;", "pub mod ui;");
    assert!(found.contains("the rest of `ui` is for the server alone"), "{found}");
}

#[test]
fn a_door_that_asks_for_nothing_is_refused() {
    let found = changed("app/src/values/ids.rs", "#[cfg_attr(feature = \"ssr\", derive(sqlx::Type))]\n", "");
    assert!(found.contains("app/src/values/ids.rs is listed as a door") && found.ends_with("and asks for no feature"), "{found}");
}

#[test]
fn rules_only_decide() {
    for (added, expected) in [
        ("async fn f() {}", "rules wait for nothing"),
        ("fn f() { g.await }", "rules wait for nothing"),
        ("fn f() { let g = async move { 1 }; }", "rules wait for nothing"),
        ("fn f() { matches!(g.await, 1) }", "rules wait for nothing"),
        ("use leptos_router::Params;", "rules know no pages: leptos_router::Params"),
        ("fn f(pool: &sqlx::PgPool) {}", "rules know no database: sqlx::PgPool"),
        ("use tokio::time;", "rules know no runtime: tokio::time"),
        ("use crate::platform::clock::now;", "rules know no clock: crate::platform::clock::now"),
        ("fn f() { std::time::Instant::now(); }", "rules know no clock: std::time::Instant::now"),
    ] {
        let found = fault("app/src/features/ground/rules.rs", added);
        assert!(found.starts_with("app/src/features/ground/rules.rs:4: ") && found.ends_with(expected), "{found}");
    }
}

#[test]
fn a_statement_names_the_organization() {
    let place = "app/src/features/people/store.rs";
    let found = fault(place, "fn find() { sqlx::query!(\"SELECT id FROM people WHERE id = $1\", 1); }");
    assert_starts(&found, &format!("{place}:6: find: no condition holds people to an organization"));
    let found = fault(place, "const COLUMNS: &str = \"SELECT id FROM people\";");
    assert_starts(&found, &format!("{place}:6: COLUMNS: no condition holds people"));
    let found = fault(place, "fn find() { sqlx::query!(\"SELECT id \" + \"FROM people\"); }");
    assert_starts(&found, &format!("{place}:6: find: no condition holds people"));
}

#[test]
fn an_excuse_for_nothing_is_refused() {
    let place = "app/src/features/people/store.rs";
    let found =
        fault(place, "/// Across organizations: no.\nfn find() { sqlx::query!(\"SELECT id FROM people WHERE organization_id = $1\"); }");
    assert_eq!(found, format!("{place}:6: find: there is nothing to excuse"));
    let found = fault("app/src/features/ground/noting.rs", "/// Across organizations: no.\nfn find() {}");
    assert_eq!(found, "app/src/features/ground/noting.rs:3: find: there is nothing to excuse");
}

#[test]
fn the_head_of_a_file_excuses_all_of_it() {
    let mut tree = house();
    let text = "//! Across organizations: nobody's.\nfn f() { sqlx::query!(\"SELECT id FROM people\"); }\n";
    tree.0.insert("app/src/platform/mails/store.rs".to_owned(), text.to_owned());
    assert_eq!(refused(&tree), [] as [String; 0]);
    tree.0.insert("app/src/platform/mails/store.rs".to_owned(), text.replace("people", "houses"));
    assert_eq!(only(&refused(&tree)), "app/src/platform/mails/store.rs:1: there is nothing to excuse in this file");
}

#[test]
fn long_files_are_named_without_their_tests() {
    let mut tree = house();
    let code = "fn f() {}\n".repeat(301);
    let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "fn f() {}\n".repeat(301));
    tree.0.insert("app/src/platform/long.rs".to_owned(), code + &tests);
    tree.0.insert("app/src/platform/short.rs".to_owned(), tests);
    let house = House::read(&tree).unwrap();
    assert_eq!(house.notes(), ["long: app/src/platform/long.rs has 301 lines"]);
}
