//! What the tests know of every server function: its name, and its inputs as a form sends them.
//!
//! Nobody types them here. The functions are found in the program's source by their `#[server]`, and their inputs follow from
//! their argument types; two tests then hold that against the running program.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use sqlx::PgPool;

use crate::source::Source;
use crate::support::{Browser, World};

/// A server function and the names of its inputs.
pub struct Function {
    /// Its name, the last part of its address.
    pub name: &'static str,
    /// The names of its inputs; `x` stands for a key that the caller chooses.
    pub inputs: Vec<&'static str>,
}

/// Every server function.
pub fn functions() -> &'static [Function] {
    static FUNCTIONS: LazyLock<Vec<Function>> = LazyLock::new(|| {
        let source = Source::read();
        let read =
            |function| Function { name: kept(Source::name(function)), inputs: source.inputs(function).into_iter().map(kept).collect() };
        source.functions().map(read).collect()
    });
    &FUNCTIONS
}

/// A text that stays for as long as the tests run.
fn kept(text: String) -> &'static str {
    text.leak()
}

/// The names of all functions that the server has registered.
pub fn registered() -> BTreeSet<String> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.trim_start_matches("/api/").to_owned()).collect()
}

/// The first word of every line of a list of exceptions.
pub fn exceptions(list: &'static str) -> BTreeSet<String> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_server_function_is_found_in_the_source() {
    let found: BTreeSet<String> = functions().iter().map(|function| function.name.to_owned()).collect();
    assert_eq!(registered(), found);
}

#[test]
fn every_server_function_is_a_post() {
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        assert_eq!(method, "POST", "{path}");
    }
}

/// Something inside of an input can't be read, if the function knows the input; what it doesn't know is passed over. And an input is
/// whole: if the function looked for something inside, a mere text could not be read.
#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_inputs_are_those_that_the_functions_read(pool: PgPool) {
    let world = World::new(pool).await;
    let mut stranger = world.browser();
    for Function { name, inputs } in functions() {
        for input in inputs {
            assert!(!is_read(&mut stranger, name, &format!("{input}[inside]"), "a").await, "{name} does not know {input}");
            let mut is_whole = false;
            for text in ["on", "1"] {
                is_whole |= is_read(&mut stranger, name, input, text).await;
            }
            assert!(is_whole, "{name} looks for something inside of {input}");
            if let Some((argument, _)) = input.split_once('[') {
                assert!(!is_read(&mut stranger, name, argument, "on").await, "{name} reads {argument} as a text");
            }
        }
        assert!(is_read(&mut stranger, name, "nobody[knows][inside]", "a").await, "{name} minds an input that it doesn't know");
    }
}

/// Whether the function's arguments can be read, whatever it then says.
async fn is_read(browser: &mut Browser, function: &str, input: &str, value: &str) -> bool {
    let answer = browser.call(function, &[(input, value)]).await;
    !(answer.status == 400 && answer.text() == "\"Malformed\"")
}
