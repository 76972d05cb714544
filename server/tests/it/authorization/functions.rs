//! Who may call what: every server function, called by everybody.
//!
//! Functions that answer strangers stand in `public_functions.txt`, each with its reason; every other one answers somebody without a
//! session with 401 and nothing else.

use std::collections::BTreeSet;

use sqlx::PgPool;

use super::ACTORS;
use super::cast::Cast;
use crate::functions::{exceptions, registered};
use crate::support::contents::{Exempt, PRESENCE, Watch};
use crate::support::{ORGANIZATION, World, set_up_form};

/// A function, its arguments, and the status for each of [`ACTORS`]. What stands in braces is filled in for the actor.
pub type Row = (&'static str, &'static [(&'static str, &'static str)], [u16; 7]);

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);
/// Only who manages users.
pub const MANAGERS: [u16; 7] = [401, 401, 404, 403, 404, 404, 200];
/// Every active member.
pub const MEMBERS: [u16; 7] = [401, 401, 404, 200, 404, 404, 200];
/// Whoever is signed in.
const SIGNED_IN: [u16; 7] = [401, 401, 200, 200, 200, 200, 200];
/// Everybody.
const EVERYBODY: [u16; 7] = [200; 7];
/// Whoever is signed in, and not as they ask for it.
const REFUSED: [u16; 7] = [401, 401, 422, 422, 422, 422, 422];
/// Everybody who was invited; the other administrator was not.
const INVITED: [u16; 7] = [401, 401, 200, 200, 200, 422, 200];
/// The same, where what is none of theirs is not found.
const INVITED_HERE: [u16; 7] = [401, 401, 200, 200, 200, 404, 200];

/// In an order in which no row takes away what a later one needs.
pub const TABLE: &[Row] = &[
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
    ("open_application", &[("application", "{application}")], MEMBERS),
    ("read_overview", &[IN_ACME], MEMBERS),
    ("message_administrators", &[IN_ACME, ("form[message]", "Hello")], [401, 401, 404, 200, 404, 404, 422]),
    ("list_members", &[IN_ACME], MANAGERS),
    ("read_invite_page", &[IN_ACME], MANAGERS),
    ("invite_members", &[IN_ACME, ("form[emails]", "new@example.org"), ("form[role]", "user")], MANAGERS),
    ("preview_cancellation", &[IN_ACME, ("member", "{waiting}")], MANAGERS),
    ("send_invitation_again", &[IN_ACME, ("form[member]", "{waiting}")], MANAGERS),
    ("cancel_invitation", &[IN_ACME, ("form[member]", "{waiting}")], MANAGERS),
    ("read_member_actions", &[IN_ACME, ("member", "{spare}")], MANAGERS),
    ("preview_deactivation", &[IN_ACME, ("member", "{spare}")], MANAGERS),
    ("deactivate_member", &[IN_ACME, ("form[member]", "{spare}")], MANAGERS),
    // An invitation of somebody else's, then their own.
    ("accept_invitation", &[("form[token]", "{token}")], REFUSED),
    ("accept_invitation", &[("form[token]", "{link to accept}")], INVITED),
    ("decline_invitation", &[("form[token]", "{token}")], REFUSED),
    ("decline_invitation", &[("form[token]", "{link to decline}")], INVITED),
    ("accept_waiting_invitation", &[("form[member]", "{waiting}")], [401, 401, 404, 404, 404, 404, 404]),
    ("accept_waiting_invitation", &[("form[member]", "{invitation to accept}")], INVITED_HERE),
    ("decline_waiting_invitation", &[("form[member]", "{waiting}")], [401, 401, 404, 404, 404, 404, 404]),
    ("decline_waiting_invitation", &[("form[member]", "{invitation to decline}")], INVITED_HERE),
    ("write_about_invitation", &[("form[token]", "nonsense"), ("form[message]", "Hello")], [422; 7]),
    ("write_about_invitation", &[("form[token]", "{withdrawn link}"), ("form[message]", "Hello")], EVERYBODY),
    ("renew_link", &[("form[token]", "nonsense")], [422; 7]),
    ("renew_link", &[("form[token]", "{link to renew}")], EVERYBODY),
    ("complete_registration", &[("form[token]", "{link to register}")], [422; 7]),
    (
        "complete_registration",
        &[
            ("form[token]", "{link to register}"),
            ("registration[first_name]", "{first name}"),
            ("registration[last_name]", "Gister"),
            ("registration[automatic_username]", "on"),
            ("registration[password]", "{password}"),
        ],
        // Whoever is signed in has an account already.
        [200, 200, 422, 422, 422, 422, 422],
    ),
    ("turn_on_two_factor", &[("form[code]", "000000")], REFUSED),
    ("turn_on_two_factor", &[("form[pending]", "{new factor}"), ("form[code]", "{code}")], [401, 401, 200, 200, 200, 422, 422]),
    ("renew_recovery_codes", &[("proof[code]", "{code}"), ("proof[password]", "wrong")], REFUSED),
    ("renew_recovery_codes", &[("proof[code]", "{code}"), ("proof[password]", "{password}")], SIGNED_IN),
    ("verify_code", &[("form[code]", "000000")], [401, 422, 401, 401, 401, 401, 401]),
    ("verify_code", &[("form[code]", "{code}")], [401, 200, 401, 401, 401, 401, 401]),
    ("use_recovery_code", &[("form[code]", "0000-0000-0000-0000")], [401, 422, 401, 401, 401, 401, 401]),
    ("use_recovery_code", &[("form[code]", "{recovery code}")], [401, 200, 401, 401, 401, 401, 401]),
    ("leave_organization", &[IN_ACME], [401, 401, 404, 200, 404, 404, 422]),
    ("sign_in", &[("form[identifier]", "nobody"), ("form[password]", "nothing")], [422; 7]),
    ("sign_in", &[("form[identifier]", "{email}"), ("form[password]", "{password}")], [422, 200, 200, 200, 200, 200, 200]),
    ("switch_account", &[("form[token]", "{token}")], EVERYBODY),
    ("sign_out", &[], EVERYBODY),
];

/// Succeed elsewhere than in the table, and why.
const SUCCEEDS_ELSEWHERE: [(&str, &str); 1] = [("set_up_installation", "only while nobody is there: the test of the first visit")];

/// What a refusal may write.
fn left_by_a_refusal() -> Vec<Exempt> {
    let mut exempt = Vec::from(PRESENCE);
    exempt.extend([
        // Attempts are counted before they are looked at.
        Exempt { table: "throttles", columns: "", rows: "true" },
        // Five wrong codes end a half session.
        Exempt { table: "sessions", columns: "wrong_codes", rows: "false" },
        // A wrong password or code is an event of its own.
        Exempt { table: "audit_events", columns: "", rows: "action LIKE 'session.sign_in_%'" },
        Exempt {
            table: "audit_details",
            columns: "",
            rows: "event_id IN (SELECT id FROM audit_events WHERE action LIKE 'session.sign_in_%')",
        },
    ]);
    exempt
}

#[test]
fn every_server_function_has_a_row() {
    let in_table: BTreeSet<String> = TABLE.iter().map(|(function, ..)| (*function).to_owned()).collect();
    assert_eq!(registered(), in_table, "every server function needs a row that says who may call it");
}

#[test]
fn every_server_function_succeeds_for_somebody() {
    let succeeds = TABLE.iter().filter(|(.., statuses)| statuses.contains(&200)).map(|(function, ..)| *function);
    let succeeds: BTreeSet<String> = succeeds.chain(SUCCEEDS_ELSEWHERE.map(|(function, _)| function)).map(str::to_owned).collect();
    assert_eq!(registered(), succeeds, "a function that only refuses is not tried out");
}

#[test]
fn only_the_listed_functions_answer_strangers() {
    let public: BTreeSet<String> =
        TABLE.iter().filter(|(.., statuses)| statuses[0] != 401).map(|(function, ..)| (*function).to_owned()).collect();
    assert_eq!(public, exceptions(include_str!("public_functions.txt")));
}

#[test]
fn half_a_session_reaches_no_more_than_a_stranger_does_except_the_code() {
    for (function, arguments, statuses) in TABLE {
        // Also who is half signed in may begin anew, under their own name.
        let is_theirs = matches!(*function, "verify_code" | "use_recovery_code") || arguments.iter().any(|(_, value)| *value == "{email}");
        assert!(statuses[1] == statuses[0] || is_theirs, "{function}");
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn everybody_may_call_what_the_table_says_and_a_refusal_changes_nothing(pool: PgPool) {
    let mut cast = Cast::assemble(World::new(pool).await).await;
    let watch = Watch::over(&cast.world.owner, &left_by_a_refusal()).await;
    let mut differences = Vec::new();
    let mut before = watch.look().await;
    for (function, arguments, statuses) in TABLE {
        for (actor, expected) in statuses.iter().enumerate() {
            let filled_in = cast.arguments(actor, arguments).await;
            if arguments.iter().any(|(_, value)| *value == "{code}") {
                // Time may have been moved for it.
                before = watch.look().await;
            }
            let answer = cast.call(actor, function, &filled_in).await;
            if answer.status != *expected {
                differences.push(format!("{function} by {}: {} instead of {expected}: {}", ACTORS[actor], answer.status, answer.excerpt()));
            }
            let after = watch.look().await;
            let changed = before.changed_in(&after);
            if answer.status >= 400 && !changed.is_empty() {
                differences
                    .push(format!("{function} by {}: refused with {}, and yet it changed {changed:?}", ACTORS[actor], answer.status));
            }
            before = after;
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_first_visit_sets_nexus_up_and_no_later_one_does(pool: PgPool) {
    let world = World::new(pool).await;
    let token = world.set_up_token().await;
    world.browser().call("set_up_installation", &set_up_form("nonsense")).await.expect(422);
    assert_eq!(world.count("SELECT count(*) FROM users").await, 0);
    world.browser().call("set_up_installation", &set_up_form(&token)).await.expect(200);

    let watch = Watch::over(&world.owner, &[]).await;
    let before = watch.look().await;
    world.browser().call("set_up_installation", &set_up_form(&token)).await.expect(422);
    assert_eq!(before.changed_in(&watch.look().await), [""; 0]);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn nothing_of_the_organization_opens_before_the_second_factor(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.founder().await;
    let nobody = uuid::Uuid::from_u128(99).to_string();
    let of_organization = |row: &&Row| [MANAGERS, MEMBERS].contains(&row.2) && row.1.contains(&IN_ACME);
    let mut asked = 0;
    for (function, arguments, _) in TABLE.iter().filter(of_organization) {
        let arguments: Vec<(&str, &str)> =
            arguments.iter().map(|(name, value)| (*name, if value.starts_with('{') { nobody.as_str() } else { value })).collect();
        let answer = ada.call(function, &arguments).await.expect(403);
        assert_eq!(answer.text(), "\"TwoFactorDue\"", "{function}");
        asked += 1;
    }
    assert!(asked > 5);
}
