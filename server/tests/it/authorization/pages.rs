//! Who may open what: every page and every other route, opened by everybody.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::paths;
use sqlx::PgPool;

use super::ACTORS;
use super::cast::Cast;
use crate::support::client::URL_ENCODED;
use crate::support::{Draft, World};

/// What a page answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// With this status.
    With(u16),
    /// By leading to the sign-in page, and back here from there.
    ToSignIn,
    /// By leading elsewhere.
    To(&'static str),
}

use Answered::{To, ToSignIn, With};

/// A page's address in the route table, one that is opened, and the answer to each of [`ACTORS`]. What stands in braces is filled in
/// for the actor.
pub type Page = (&'static str, &'static str, [Answered; 7]);

/// Another route, its method, an address that is asked for, and the status for everybody: no such route asks who it is.
type Route = (&'static str, &'static str, &'static str, u16);

const EVERYBODY: [Answered; 7] = [With(200); 7];
const SIGNED_IN: [Answered; 7] = [ToSignIn, ToSignIn, With(200), With(200), With(200), With(200), With(200)];
/// Every active member of `Acme`.
const MEMBERS: [Answered; 7] = [ToSignIn, ToSignIn, With(404), With(200), With(404), With(404), With(200)];
/// Only who manages users there.
pub const MANAGERS: [Answered; 7] = [ToSignIn, ToSignIn, With(404), With(403), With(404), With(404), With(200)];
/// There is nothing.
const NOBODY: [Answered; 7] = [With(404); 7];

/// Every page.
pub const PAGES: &[Page] = &[
    ("/", "/", SIGNED_IN),
    ("/sign-in", "/sign-in", [With(200), With(200), To("/"), To("/"), To("/"), To("/"), To("/")]),
    ("/two-factor", "/two-factor", [To("/sign-in?next=%2F"), With(200), To("/"), To("/"), To("/"), To("/"), To("/")]),
    ("/two-factor", "/two-factor?recovery=1", [To("/sign-in?next=%2F"), With(200), To("/"), To("/"), To("/"), To("/"), To("/")]),
    ("/set-up", "/set-up?token=nonsense", NOBODY),
    ("/complete", "/complete?token={token}", EVERYBODY),
    ("/complete", "/complete?token={link to accept}", EVERYBODY),
    ("/complete", "/complete?token={withdrawn link}", EVERYBODY),
    ("/account", "/account", SIGNED_IN),
    ("/account/two-factor", "/account/two-factor", SIGNED_IN),
    ("/help", "/help", EVERYBODY),
    ("/help/{guide}", "/help/signing-in", EVERYBODY),
    ("/help/{guide}", "/help/nonsense", NOBODY),
    ("/organizations/{organization}", "/organizations/acme", MEMBERS),
    ("/organizations/{organization}/leave", "/organizations/acme/leave", MEMBERS),
    ("/organizations/{organization}/members", "/organizations/acme/members", MANAGERS),
    ("/organizations/{organization}/members/invite", "/organizations/acme/members/invite", MANAGERS),
    ("/organizations/{organization}/members/{member}/actions", "/organizations/acme/members/{spare}/actions", MANAGERS),
    ("/organizations/{organization}/members/{member}/actions", "/organizations/acme/members/nonsense/actions", NOBODY),
    ("/organizations/{organization}/members/{member}/deactivate", "/organizations/acme/members/{spare}/deactivate", MANAGERS),
    ("/organizations/{organization}/members/{member}/deactivate", "/organizations/acme/members/nonsense/deactivate", NOBODY),
    (
        "/organizations/{organization}/members/{member}/cancel-invitation",
        "/organizations/acme/members/{waiting}/cancel-invitation",
        MANAGERS,
    ),
    ("/organizations/{organization}/members/{member}/cancel-invitation", "/organizations/acme/members/%00/cancel-invitation", NOBODY),
    (
        "/applications/{application}/open",
        "/applications/{application}/open",
        [ToSignIn, ToSignIn, With(404), To("https://atlas.example.org/"), With(404), With(404), To("https://atlas.example.org/")],
    ),
    ("/dev/mailbox", "/dev/mailbox", EVERYBODY),
    ("/dev/mailbox/{mail}", "/dev/mailbox/{mail}", EVERYBODY),
];

/// Every other route.
const ROUTES: &[Route] = &[
    ("/theme", "POST", "/theme", 303),
    ("/dev/mailbox/{id}/message", "GET", "/dev/mailbox/{mail}/message", 200),
    // The program that is tested may have been compiled without the site's files.
    ("/pkg/{*path}", "GET", "/pkg/nonsense.js", 404),
    ("/assets/{*path}", "GET", "/assets/nonsense.svg", 404),
    ("/healthz", "GET", "/healthz", 200),
    ("/readyz", "GET", "/readyz", 200),
];

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn every_page_and_every_other_route_has_a_row(pool: PgPool) {
    let world = World::new(pool).await;
    let pages: BTreeSet<String> = server::router::page_addresses().into_iter().collect();
    let in_table: BTreeSet<String> = PAGES.iter().map(|(page, ..)| (*page).to_owned()).collect();
    assert_eq!(pages, in_table, "every page needs a row that says who may open it");

    // The router tells its routes only where it is printed: `RouteId(1): "/theme"`.
    let printed = format!("{:?}", server::router::router(&world.server.state, Arc::from([])));
    let routes = printed.split("): \"").skip(1).filter_map(|rest| rest.split('"').next());
    // What takes everything else, the pages, stands there under two names of its own.
    let routes: BTreeSet<&str> = routes.filter(|route| *route != "/" && !route.contains("__private__")).collect();
    let in_table: BTreeSet<&str> = ROUTES.iter().map(|(route, ..)| *route).collect();
    assert_eq!(routes, in_table, "every route needs a row that says what it answers");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn everybody_may_open_what_the_table_says_and_is_told_nothing_else(pool: PgPool) {
    let mut cast = Cast::assemble(World::new(pool).await).await;
    let mut differences = Vec::new();
    for (_, page, answers) in PAGES {
        for (actor, expected) in answers.iter().enumerate() {
            let address = cast.filled_in(actor, page).await;
            let answer = cast.person(actor).get(&address).await;
            let sign_in = paths::sign_in_then(&address);
            let (status, location) = match expected {
                With(status) => (*status, None),
                ToSignIn => (303, Some(sign_in.as_str())),
                To(location) => (303, Some(*location)),
            };
            let actor = ACTORS[actor];
            if answer.status != status || answer.header("location") != location {
                differences.push(format!("{address} by {actor}: instead of {status} {location:?}: {}", answer.excerpt()));
            }
            let text = answer.text();
            for told in ["Sam Example", "sam@example.org", "waiting@example.org", "Ada Lovelace"] {
                if page.starts_with("/organizations") && actor != "administrator" && text.contains(told) {
                    differences.push(format!("{address} tells {actor} of {told}"));
                }
            }
            // To whoever signs in first, or does not belong to it, it does not exist.
            if page.starts_with("/organizations")
                && matches!(status, 303 | 404)
                && !["User", "administrator"].contains(&actor)
                && text.contains("Acme")
            {
                differences.push(format!("{address} tells {actor} that the organization exists"));
            }
        }
    }
    for (_, method, page, status) in ROUTES {
        for (actor, name) in ACTORS.iter().enumerate() {
            let address = cast.filled_in(actor, page).await;
            let draft = Draft::new(method, &address).header("Sec-Fetch-Site", "same-origin");
            let draft = if *method == "POST" { draft.body(URL_ENCODED, "") } else { draft };
            let answer = cast.person(actor).browser.send(draft).await;
            if answer.status != *status {
                differences.push(format!("{method} {address} by {name}: instead of {status}: {}", answer.excerpt()));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn no_page_of_managers_opens_before_the_second_factor(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.founder().await;
    let nobody = uuid::Uuid::from_u128(99).to_string();
    for (_, page, _) in PAGES.iter().filter(|(.., answers)| *answers == MANAGERS) {
        let page = page.replace("{spare}", &nobody).replace("{waiting}", &nobody);
        let answer = ada.get(&page).await.expect(303);
        assert_eq!(answer.header("location"), Some(paths::account_two_factor_then(&page).as_str()));
    }
}
