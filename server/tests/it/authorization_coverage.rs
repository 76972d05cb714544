//! Who may call what: every server function, called by everybody.
//!
//! A function without a row fails the first test. Functions that answer strangers stand in `public_functions.txt`, each with
//! its reason; every other one answers somebody without a session with 401 and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use app::paths;
use sqlx::PgPool;

use crate::functions::{exceptions, registered};
use crate::support::{INVITE, MEMBERS as MEMBERS_PAGE, ORGANIZATION, Person, World};

/// What the arguments in the table stand for.
type Facts = BTreeMap<&'static str, String>;

/// A function, its arguments, and the status for: a stranger, half a session, a person without organization, a User, somebody
/// deactivated, another organization's administrator, the administrator.
type Row = (&'static str, &'static [(&'static str, &'static str)], [u16; 7]);

const ACTORS: [&str; 7] = ["stranger", "half session", "outsider", "User", "deactivated", "other administrator", "administrator"];

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);
/// Only who manages users.
const MANAGERS: [u16; 7] = [401, 401, 404, 403, 404, 404, 200];
/// Every active member.
const MEMBERS: [u16; 7] = [401, 401, 404, 200, 404, 404, 200];
/// Whoever is signed in.
const SIGNED_IN: [u16; 7] = [401, 401, 200, 200, 200, 200, 200];
/// Everybody.
const EVERYBODY: [u16; 7] = [200; 7];

/// In an order in which no row takes away what a later one needs.
const TABLE: &[Row] = &[
    ("read_viewer", &[("path", "/organizations/acme")], EVERYBODY),
    ("read_sign_in_progress", &[], EVERYBODY),
    ("read_set_up_link", &[("token", "nonsense")], EVERYBODY),
    ("read_link_page", &[("token", "{token}")], EVERYBODY),
    ("judge_password", &[("password", "whatever")], EVERYBODY),
    ("read_development_mailbox", &[], EVERYBODY),
    ("suggest_username", &[("token", "{token}"), ("first_name", "Ann"), ("last_name", "Smith")], EVERYBODY),
    ("suggest_username", &[("token", "nonsense"), ("first_name", "Ann"), ("last_name", "Smith")], [404; 7]),
    ("set_up_installation", &[("form[token]", "nonsense")], [422; 7]),
    ("read_account", &[], SIGNED_IN),
    ("read_home", &[], SIGNED_IN),
    ("read_own_factor", &[], SIGNED_IN),
    ("list_waiting_invitations", &[], SIGNED_IN),
    ("open_application", &[("application", "{application}")], [401, 401, 404, 404, 404, 404, 404]),
    ("read_overview", &[IN_ACME], MEMBERS),
    ("message_administrators", &[IN_ACME, ("form[message]", "Hello")], [401, 401, 404, 200, 404, 404, 422]),
    ("list_members", &[IN_ACME], MANAGERS),
    ("read_invite_page", &[IN_ACME], MANAGERS),
    ("invite_members", &[IN_ACME, ("form[emails]", "new@example.org"), ("form[role]", "user")], MANAGERS),
    ("preview_cancellation", &[IN_ACME, ("member", "{waiting}")], MANAGERS),
    ("send_invitation_again", &[IN_ACME, ("form[member]", "{waiting}")], MANAGERS),
    ("cancel_invitation", &[IN_ACME, ("form[member]", "{waiting}")], MANAGERS),
    ("preview_deactivation", &[IN_ACME, ("member", "{spare}")], MANAGERS),
    ("deactivate_member", &[IN_ACME, ("form[member]", "{spare}")], MANAGERS),
    ("accept_invitation", &[("form[token]", "{token}")], [401, 401, 422, 422, 422, 422, 422]),
    ("decline_invitation", &[("form[token]", "{token}")], [401, 401, 422, 422, 422, 422, 422]),
    ("accept_waiting_invitation", &[("form[member]", "{invited}")], [401, 401, 404, 404, 404, 404, 404]),
    ("decline_waiting_invitation", &[("form[member]", "{invited}")], [401, 401, 404, 404, 404, 404, 404]),
    ("complete_registration", &[("form[token]", "{token}")], [422; 7]),
    ("renew_link", &[("form[token]", "nonsense")], [422; 7]),
    ("write_about_invitation", &[("form[token]", "nonsense"), ("form[message]", "Hello")], [422; 7]),
    ("sign_in", &[("form[identifier]", "nobody"), ("form[password]", "nothing")], [422; 7]),
    ("verify_code", &[("form[code]", "000000")], [401, 422, 401, 401, 401, 401, 401]),
    ("use_recovery_code", &[("form[code]", "0000-0000-0000-0000")], [401, 422, 401, 401, 401, 401, 401]),
    ("turn_on_two_factor", &[("form[code]", "000000")], [401, 401, 422, 422, 422, 422, 422]),
    ("renew_recovery_codes", &[("proof[code]", "000000"), ("proof[password]", "wrong")], [401, 401, 422, 422, 422, 422, 422]),
    ("leave_organization", &[IN_ACME], [401, 401, 404, 200, 404, 404, 422]),
    ("switch_account", &[("form[token]", "{token}")], EVERYBODY),
    ("sign_out", &[], EVERYBODY),
];

/// Everybody, in the order of [`ACTORS`], and what they ask for.
async fn everybody(world: &World) -> (Vec<Person>, Facts) {
    let mut ada = world.administrator().await;
    let user = world.member(&mut ada, "Una").await;
    let outsider = world.member(&mut ada, "Otto").await;
    let mut deactivated = world.member(&mut ada, "Dora").await;
    let mut other = world.member(&mut ada, "Olga").await;
    let mut half = world.member(&mut ada, "Hal").await;
    world.member(&mut ada, "Sam").await;
    let spare = world.membership("sam@example.org").await;

    world.remove_from_acme(&outsider).await;
    world.move_to_another_organization(&other).await;
    other.set_up_second_factor(world).await;
    half.set_up_second_factor(world).await;
    half.browser = world.browser();
    half.enter_password().await.expect(200);
    let dora = world.membership(&deactivated.email).await;
    ada.call("deactivate_member", &[IN_ACME, ("form[member]", &dora)]).await.expect(200);
    // Their session is open, but leads nowhere in this organization.
    deactivated.get("/account").await.expect(200);

    world.invite(&mut ada, "waiting@example.org").await;
    world.invite(&mut ada, "invited@example.org").await;
    let facts = Facts::from([
        ("spare", spare),
        ("waiting", world.membership("waiting@example.org").await),
        ("invited", world.membership("invited@example.org").await),
        ("token", world.token_for("invited@example.org").await),
        ("application", uuid::Uuid::from_u128(7).to_string()),
    ]);
    let stranger = Person::new(world.browser(), "");
    (vec![stranger, half, outsider, user, deactivated, other, ada], facts)
}

fn filled_in(arguments: &'static [(&'static str, &'static str)], facts: &Facts) -> Vec<(&'static str, String)> {
    arguments
        .iter()
        .map(|(name, value)| {
            let fact = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
            (*name, fact.map_or_else(|| (*value).to_owned(), |fact| facts[fact].clone()))
        })
        .collect()
}

#[test]
fn every_server_function_has_a_row() {
    let in_table: BTreeSet<String> = TABLE.iter().map(|(function, ..)| (*function).to_owned()).collect();
    assert_eq!(registered(), in_table, "every server function needs a row that says who may call it");
}

#[test]
fn only_the_listed_functions_answer_strangers() {
    let public: BTreeSet<String> =
        TABLE.iter().filter(|(.., statuses)| statuses[0] != 401).map(|(function, ..)| (*function).to_owned()).collect();
    assert_eq!(public, exceptions(include_str!("public_functions.txt")));
}

#[test]
fn half_a_session_reaches_no_more_than_a_stranger_does_except_the_code() {
    for (function, _, statuses) in TABLE {
        let is_code = matches!(*function, "verify_code" | "use_recovery_code");
        assert!(statuses[1] == statuses[0] || is_code, "{function}");
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn everybody_may_call_what_the_table_says_and_nothing_else(pool: PgPool) {
    let world = World::new(pool).await;
    let (mut people, facts) = everybody(&world).await;
    let mut differences = Vec::new();
    for (function, arguments, statuses) in TABLE {
        let arguments = filled_in(arguments, &facts);
        let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for ((actor, person), expected) in ACTORS.iter().zip(&mut people).zip(statuses) {
            let answer = person.call(function, &arguments).await;
            if answer.status != *expected {
                differences.push(format!("{function} by {actor}: {} instead of {expected}: {}", answer.status, answer.excerpt()));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_refused_call_changes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (mut people, facts) = everybody(&world).await;
    world.mail_is_out().await;
    let state = || async {
        (
            world.count("SELECT count(*) FROM audit_events").await,
            world.count("SELECT count(*) FROM mails").await,
            world.count("SELECT count(*) FROM memberships WHERE deactivated_at IS NULL").await,
        )
    };
    let before = state().await;
    for (function, arguments, statuses) in TABLE.iter().filter(|(.., statuses)| *statuses == MANAGERS) {
        let arguments = filled_in(arguments, &facts);
        let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for (person, expected) in people.iter_mut().zip(statuses).take(6) {
            person.call(function, &arguments).await.expect(*expected);
        }
    }
    assert_eq!(state().await, before);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn ids_of_another_organization_read_like_ids_of_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (mut people, facts) = everybody(&world).await;
    let olga = &mut people[5];
    let random = uuid::Uuid::from_u128(99).to_string();
    for (function, field, fact) in [
        ("preview_cancellation", "member", "waiting"),
        ("send_invitation_again", "form[member]", "waiting"),
        ("cancel_invitation", "form[member]", "waiting"),
        ("preview_deactivation", "member", "spare"),
        ("deactivate_member", "form[member]", "spare"),
    ] {
        for organization in ["globex", "acme", "no-such-organization"] {
            let foreign = olga.call(function, &[("organization", organization), (field, &facts[fact])]).await.expect(404);
            let nothing = olga.call(function, &[("organization", organization), (field, &random)]).await.expect(404);
            assert_eq!(foreign.text(), nothing.text(), "{function} in {organization}");
        }
    }
    // The pages, too.
    for page in ["/organizations/acme/members", "/organizations/acme", "/organizations/no-such-organization/members"] {
        let answer = olga.get(page).await.expect(404);
        assert!(!answer.text().contains("Acme"), "{page}");
    }
    olga.get("/organizations/globex/members").await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn nothing_of_the_organization_opens_before_the_second_factor(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.founder().await;
    for (function, arguments, _) in TABLE.iter().filter(|(.., statuses)| [MANAGERS, MEMBERS].contains(statuses)) {
        let facts = Facts::from(["spare", "waiting"].map(|fact| (fact, uuid::Uuid::from_u128(99).to_string())));
        let arguments = filled_in(arguments, &facts);
        let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = ada.call(function, &arguments).await.expect(403);
        assert_eq!(answer.text(), "\"TwoFactorDue\"", "{function}");
    }
    for page in pages_of_managers(&uuid::Uuid::from_u128(99).to_string(), &uuid::Uuid::from_u128(98).to_string()) {
        let answer = ada.get(&page).await.expect(303);
        assert_eq!(answer.header("location"), Some(paths::account_two_factor_then(&page).as_str()));
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_pages_of_managers_open_for_them_and_for_nobody_else(pool: PgPool) {
    let world = World::new(pool).await;
    let (mut people, facts) = everybody(&world).await;
    let mut differences = Vec::new();
    for page in pages_of_managers(&facts["spare"], &facts["waiting"]) {
        let sign_in = paths::sign_in_then(&page);
        // In the order of ACTORS.
        let expected =
            [(303, Some(sign_in.clone())), (303, Some(sign_in)), (404, None), (403, None), (404, None), (404, None), (200, None)];
        for ((actor, person), (status, location)) in ACTORS.iter().zip(&mut people).zip(expected) {
            let answer = person.get(&page).await;
            if answer.status != status || answer.header("location") != location.as_deref() {
                differences.push(format!("{page} by {actor}: instead of {status} {location:?}: {}", answer.excerpt()));
            }
            let text = answer.text();
            let told: Vec<&str> = ["Sam Example", "sam@example.org", "waiting@example.org", "Ada Lovelace"]
                .into_iter()
                .filter(|told| text.contains(told))
                .collect();
            if *actor != "administrator" && !told.is_empty() {
                differences.push(format!("{page} tells {actor}: {told:?}"));
            }
            if status == 404 && text.contains("Acme") {
                differences.push(format!("{page} tells {actor} that the organization exists"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_page_of_a_member_who_is_not_there_is_not_found(pool: PgPool) {
    let world = World::new(pool).await;
    let (mut people, facts) = everybody(&world).await;
    let ada = &mut people[6];
    let nobody = uuid::Uuid::from_u128(99).to_string();
    for member in [nobody.as_str(), "nonsense", "%00", &nobody[1..]] {
        let [_, _, deactivate, cancel] = pages_of_managers(member, member);
        ada.get(&deactivate).await.expect(404);
        ada.get(&cancel).await.expect(404);
    }
    let [_, _, deactivate, cancel] = pages_of_managers(&facts["spare"], &facts["waiting"]);
    ada.get(&deactivate).await.expect(200);
    ada.get(&cancel).await.expect(200);
}

/// The pages of `Acme` that only open for those who manage users.
fn pages_of_managers(active: &str, waiting: &str) -> [String; 4] {
    [
        MEMBERS_PAGE.to_owned(),
        INVITE.to_owned(),
        format!("{MEMBERS_PAGE}/{active}/deactivate"),
        format!("{MEMBERS_PAGE}/{waiting}/cancel-invitation"),
    ]
}
