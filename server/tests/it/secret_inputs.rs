//! What is typed as a secret is known by its name, on every page, and never shown again.

use std::collections::{BTreeMap, BTreeSet};

use app::ui::is_secret;
use sqlx::PgPool;

use crate::authorization::cast::Cast;
use crate::authorization::pages::PAGES;
use crate::authorization::{ACTORS, ADMINISTRATOR};
use crate::functions::functions;
use crate::support::{Browser, INVITE, ORGANIZATION, World, html};

/// Typed as every secret.
const SECRET: &str = "canary 97531 of a secret";
/// Typed as everything else.
const NO_SECRET: &str = "canary 86420 of something else";
/// Sends a password while it is typed, and has no form.
const WITHOUT_A_FORM: [&str; 1] = ["judge_password"];

/// What was seen: the functions with their secret inputs.
type Seen = BTreeSet<(String, String)>;

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn every_secret_of_every_page_is_known_by_its_name_and_never_comes_back(pool: PgPool) {
    let world = World::new(pool).await;
    let mut seen = Seen::new();
    let set_up = format!("/set-up?token={}", world.set_up_token().await);
    let page = world.browser().get(&set_up).await.expect(200).text();
    examine(&world.browser(), &set_up, &page, &mut seen).await;

    let mut cast = Cast::assemble(world).await;
    // Everything that asks for a proof again does so on every page.
    cast.world.alter("UPDATE sessions SET proved_at = now() - interval '10 minutes'").await;
    for actor in 0..ACTORS.len() {
        for (_, page, _) in PAGES {
            let address = cast.filled_in(actor, page).await;
            let answer = cast.person(actor).get(&address).await;
            if answer.status == 200 {
                examine(&cast.person(actor).browser, &address, &answer.text(), &mut seen).await;
            }
        }
    }
    let sensitive = [("organization", ORGANIZATION), ("form[emails]", "eve@example.org"), ("form[role]", "administrator")];
    let browser = &mut cast.person(ADMINISTRATOR).browser;
    let page = browser.submit(INVITE, "invite_members", &sensitive).await.expect(422).text();
    examine(browser, INVITE, &page, &mut seen).await;

    // A secret that no page was seen to ask for is not tried out.
    let expected: Seen = functions()
        .iter()
        .filter(|function| !WITHOUT_A_FORM.contains(&function.name))
        .flat_map(|function| function.inputs.iter().map(|input| (function.name.to_owned(), (*input).to_owned())))
        .filter(|(_, input)| is_secret(input) && !is_token(input))
        .collect();
    assert_eq!(seen, expected);
}

/// Looks at everything on a page that is filled in, and sends in each form that holds a secret.
async fn examine(browser: &Browser, address: &str, page: &str, seen: &mut Seen) {
    for control in html::controls(page) {
        let Some(name) = control.get("name") else { continue };
        if html::is_hidden(&control) {
            assert!(!is_secret(name) || is_token(name), "{address} holds a hidden secret: {name}");
        } else {
            assert_eq!(is_secret(name), asks_for_a_secret(page, &control), "{address}: {name}");
        }
    }
    for form in html::forms(page) {
        let secrets = form.visible.iter().filter_map(|control| control.get("name")).filter(|name| is_secret(name));
        let before = seen.len();
        seen.extend(secrets.map(|name| (form.function.clone(), name.clone())));
        if seen.len() > before {
            send_in(browser.clone(), &form).await;
        }
    }
}

/// Sends a form with a secret that is wrong: the page comes back with everything but that.
async fn send_in(mut browser: Browser, form: &html::Form) {
    let texts = form.visible.iter().filter(|control| !matches!(control.get("type").map(String::as_str), Some("checkbox" | "radio")));
    let typed: Vec<(&str, &str)> = texts
        .filter_map(|control| control.get("name"))
        .map(|name| (name.as_str(), if is_secret(name) { SECRET } else { NO_SECRET }))
        .collect();
    let hidden = form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let pairs: Vec<(&str, &str)> = hidden.chain(typed.iter().copied()).collect();
    let answer = browser.submit(&form.address, &form.function, &pairs).await.expect(422).text();
    assert!(!answer.contains(SECRET), "{} shows a secret again", form.function);
    let has_other_texts = typed.iter().any(|(_, text)| *text == NO_SECRET);
    assert!(!has_other_texts || answer.contains(NO_SECRET), "{} loses what was typed", form.function);
    for control in html::controls(&answer) {
        let is_typed_secret = control.get("name").is_some_and(|name| is_secret(name)) && !html::is_hidden(&control);
        assert!(!is_typed_secret || control.get("value").is_none_or(String::is_empty), "{}: {control:?}", form.function);
    }
}

/// Whether a person is asked for a password or for a code that works once.
fn asks_for_a_secret(page: &str, control: &BTreeMap<String, String>) -> bool {
    let has = |attribute: &str, value: &str| control.get(attribute).is_some_and(|present| present == value);
    // No autofill knows recovery codes: only the label says that it is one.
    let label = control.get("id").and_then(|id| html::text_from(page, &format!("for=\"{id}\""))).unwrap_or_default();
    has("type", "password") || has("autocomplete", "one-time-code") || label.trim().starts_with("Recovery code")
}

fn is_token(name: &str) -> bool {
    name.trim_end_matches(']').ends_with("token")
}
