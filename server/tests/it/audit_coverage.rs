//! Every change leaves a row in the activity log.
//!
//! Each server function is either called here, successfully, and leaves at least one row, or stands in
//! `read_only_functions.txt` and changes nothing at all.

use std::collections::BTreeSet;

use sqlx::PgPool;

use crate::functions::{exceptions, registered};
use crate::support::contents::{Exempt, PRESENCE, Watch};
use crate::support::people::PASSWORD;
use crate::support::wiretap::Asked;
use crate::support::{Answer, ORGANIZATION, Person, World, crowd, html, registration_form, set_up_form};

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);

/// Calls functions one after the other, and notes which rows each left.
pub struct Chronicle<'world> {
    world: &'world World,
    called: BTreeSet<String>,
    position: i64,
    /// What each function asked of the database, in a world with an ear.
    pub asked: Vec<(String, Asked)>,
}

impl<'world> Chronicle<'world> {
    pub fn new(world: &'world World) -> Self {
        Self { world, called: BTreeSet::new(), position: 0, asked: Vec::new() }
    }

    /// Rows that were left since the last look, as `action by actor`.
    async fn news(&mut self) -> Vec<String> {
        let rows: Vec<(i64, String, bool)> =
            sqlx::query_as("SELECT position, action, actor_id IS NOT NULL FROM audit_events WHERE position > $1 ORDER BY position")
                .bind(self.position)
                .fetch_all(&self.world.owner)
                .await
                .unwrap();
        self.position = rows.last().map_or(self.position, |row| row.0);
        rows.into_iter().map(|(_, action, has_actor)| if has_actor { action } else { format!("{action} (nobody)") }).collect()
    }

    /// Calls a function that succeeds and leaves these rows.
    async fn leaves(&mut self, person: &mut Person, function: &str, pairs: &[(&str, &str)], expected: &[&str]) -> Answer {
        self.news().await;
        self.world.asked();
        let answer = person.call(function, pairs).await.expect(200);
        self.asked.push((function.to_owned(), self.world.asked()));
        assert_eq!(self.news().await, expected, "{function}");
        self.called.insert(function.to_owned());
        answer
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn every_change_leaves_a_row(pool: PgPool) {
    let world = World::new(pool).await;
    let mut log = Chronicle::new(&world);
    everything_that_changes(&world, &mut log, 0).await;

    let read_only = exceptions(include_str!("read_only_functions.txt"));
    assert!(log.called.is_disjoint(&read_only));
    let covered: BTreeSet<String> = log.called.union(&read_only).cloned().collect();
    assert_eq!(registered(), covered, "call the function here, or say in read_only_functions.txt why it changes nothing");
}

/// Calls every function that changes something, with so many people beside, and gives the administrator who is left.
pub async fn everything_that_changes(world: &World, log: &mut Chronicle<'_>, beside: u32) -> Person {
    let token = world.set_up_token().await;
    let mut ada = Person::new(world.browser(), "ada@example.org");
    log.leaves(
        &mut ada,
        "set_up_installation",
        &set_up_form(&token),
        &["registration.completed", "organization.created", "session.signed_in"],
    )
    .await;

    if beside > 0 {
        crowd::fill(&world.owner, beside).await;
    }

    let page = ada.get("/account/two-factor").await.expect(200).text();
    let pending = html::input(&page, "form[pending]").unwrap();
    let shown = ada.call("read_own_factor", &[("pending", &pending)]).await.json();
    ada.secret = Some(
        data_encoding::BASE32_NOPAD.decode(shown["NotSetUp"]["pending"]["secret"].as_str().unwrap().replace(' ', "").as_bytes()).unwrap(),
    );
    let code = ada.code(world).await;
    let codes = log
        .leaves(&mut ada, "turn_on_two_factor", &[("form[pending]", &pending), ("form[code]", &code)], &["two_factor.set_up"])
        .await
        .json();
    let recovery_code = codes["codes"][0].as_str().unwrap().to_owned();

    log.leaves(&mut ada, "sign_out", &[], &["session.signed_out"]).await;
    log.leaves(
        &mut ada,
        "sign_in",
        &[("form[identifier]", "ada@example.org"), ("form[password]", PASSWORD)],
        &["session.password_accepted"],
    )
    .await;
    let code = ada.code(world).await;
    log.leaves(&mut ada, "verify_code", &[("form[code]", &code)], &["session.signed_in"]).await;
    ada.enter_password().await.expect(200);
    log.leaves(&mut ada, "use_recovery_code", &[("form[code]", &recovery_code)], &["session.signed_in"]).await;
    let code = ada.code(world).await;
    log.leaves(&mut ada, "renew_recovery_codes", &[("proof[password]", PASSWORD), ("proof[code]", &code)], &["recovery_codes.renewed"])
        .await;

    inviting(world, log, &mut ada).await;
    accepting_with_an_account(world, log, &mut ada).await;
    ada
}

async fn inviting(world: &World, log: &mut Chronicle<'_>, ada: &mut Person) {
    let invitation = [IN_ACME, ("form[emails]", "bob@example.org, eve@example.org"), ("form[role]", "user")];
    log.leaves(ada, "invite_members", &invitation, &["invitation.sent", "invitation.sent"]).await;
    let (eve, token) = (world.membership("eve@example.org").await, world.token_for("eve@example.org").await);
    log.leaves(ada, "cancel_invitation", &[IN_ACME, ("form[member]", &eve)], &["invitation.cancelled"]).await;
    let mut invited = Person::new(world.browser(), "eve@example.org");
    let question = [("form[token]", token.as_str()), ("form[message]", "Why?")];
    log.leaves(&mut invited, "write_about_invitation", &question, &["administrators.messaged (nobody)"]).await;
    let bob_waiting = world.membership("bob@example.org").await;
    log.leaves(ada, "send_invitation_again", &[IN_ACME, ("form[member]", &bob_waiting)], &["invitation.sent_again"]).await;

    let mut bob = Person::new(world.browser(), "bob@example.org");
    let token = world.token_for("bob@example.org").await;
    log.leaves(&mut bob, "renew_link", &[("form[token]", &token)], &["invitation.renewed (nobody)"]).await;
    let token = world.token_for("bob@example.org").await;
    log.leaves(
        &mut bob,
        "complete_registration",
        &registration_form(&token, "Bob"),
        &["registration.completed", "invitation.accepted", "session.signed_in"],
    )
    .await;
    log.leaves(&mut bob, "message_administrators", &[IN_ACME, ("form[message]", "Hello")], &["administrators.messaged"]).await;
    log.leaves(&mut bob, "switch_account", &[("form[token]", &token)], &["session.signed_out"]).await;

    let member = world.membership("bob@example.org").await;
    log.leaves(ada, "deactivate_member", &[IN_ACME, ("form[member]", &member)], &["member.deactivated"]).await;
    let mut carol = world.member(ada, "Carol").await;
    log.leaves(&mut carol, "leave_organization", &[IN_ACME], &["member.left"]).await;
}

async fn accepting_with_an_account(world: &World, log: &mut Chronicle<'_>, ada: &mut Person) {
    let mut dan = world.member(ada, "Dan").await;
    for function in ["accept_invitation", "decline_invitation", "accept_waiting_invitation", "decline_waiting_invitation"] {
        world.remove_from_acme(&dan).await;
        world.invite(ada, "dan@example.org").await;
        let token = world.token_for("dan@example.org").await;
        let waiting = world.membership("dan@example.org").await;
        let pair = if function.contains("waiting") { ("form[member]", waiting.as_str()) } else { ("form[token]", token.as_str()) };
        let expected = if function.starts_with("accept") { "invitation.accepted" } else { "invitation.declined" };
        log.leaves(&mut dan, function, &[pair], &[expected]).await;
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn reading_changes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let set_up = world.set_up_token().await;
    let mut stranger = Person::new(world.browser(), "");
    reads(&world, &mut stranger, "read_set_up_link", &[("token", &set_up)], "Open").await;

    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    world.invite(&mut ada, "eve@example.org").await;
    let token = world.token_for("eve@example.org").await;
    let (member, waiting) = (world.membership("bob@example.org").await, world.membership("eve@example.org").await);
    world
        .alter(
            "INSERT INTO applications (organization_id, id, name, address, created_at)
             SELECT id, '01900000-0000-7000-8000-00000000aaaa', 'Atlas', 'https://atlas.example.org', now() FROM organizations;
             INSERT INTO access_levels (organization_id, application_id, level, name)
             SELECT organization_id, id, 1, 'Reader' FROM applications;
             INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at)
             SELECT applications.organization_id, memberships.id, applications.id, 1, now() FROM applications, memberships
             WHERE memberships.user_id IS NOT NULL",
        )
        .await;
    let mail: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM development_mailbox ORDER BY received_at LIMIT 1").fetch_one(&world.owner).await.unwrap();
    let mut half = ada.clone();
    half.browser = world.browser();
    half.enter_password().await.expect(200);
    // An invitation that waits for somebody who has an account.
    let mut dan = world.member(&mut ada, "Dan").await;
    world.remove_from_acme(&dan).await;
    world.invite(&mut ada, "dan@example.org").await;
    world.mail_is_out().await;

    for function in exceptions(include_str!("read_only_functions.txt")) {
        let name = function.as_str();
        match name {
            "read_viewer" => reads(&world, &mut bob, name, &[("path", "/organizations/acme")], "bob@example.org").await,
            "read_account" => reads(&world, &mut bob, name, &[], "bob@example.org").await,
            "read_home" => {
                reads(&world, &mut bob, name, &[], "Atlas").await;
                reads(&world, &mut dan, name, &[], "Acme").await;
            }
            "open_application" => {
                let application = [("application", "01900000-0000-7000-8000-00000000aaaa")];
                reads(&world, &mut bob, name, &application, "https://atlas.example.org").await;
            }
            "read_invite_page" => reads(&world, &mut ada, name, &[IN_ACME], "Atlas").await,
            "preview_cancellation" => reads(&world, &mut ada, name, &[IN_ACME, ("member", &waiting)], "eve@example.org").await,
            "read_member_actions" | "preview_deactivation" => {
                reads(&world, &mut ada, name, &[IN_ACME, ("member", &member)], "Bob Example").await;
            }
            "read_link_page" => reads(&world, &mut stranger, name, &[("token", &token)], "Register").await,
            "read_development_mailbox" => {
                let mail = mail.to_string();
                reads(&world, &mut stranger, name, &[("recipient", ""), ("mail", &mail)], &mail).await;
            }
            "list_members" => reads(&world, &mut ada, name, &[IN_ACME, ("query[search]", "bob")], "bob@example.org").await,
            "read_overview" => reads(&world, &mut bob, name, &[IN_ACME], "Acme").await,
            "suggest_username" => {
                let names = [("token", token.as_str()), ("first_name", "Eve"), ("last_name", "Smith")];
                reads(&world, &mut stranger, name, &names, "smith").await;
            }
            "judge_password" => reads(&world, &mut stranger, name, &[("password", PASSWORD)], "good").await,
            "read_set_up_link" => reads(&world, &mut stranger, name, &[("token", &set_up)], "Done").await,
            "read_sign_in_progress" => reads(&world, &mut half, name, &[], "CodeAwaited").await,
            "read_own_factor" => {
                reads(&world, &mut ada, name, &[], "unused_recovery_codes").await;
                reads(&world, &mut bob, name, &[], "NotSetUp").await;
            }
            other => panic!("say here how {other} is called"),
        }
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_change_of_any_table_is_noticed(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.mail_is_out().await;
    let watch = Watch::over(&world.owner, &PRESENCE).await;
    let before = watch.look().await;
    assert_eq!(before, watch.look().await);
    world.invite(&mut ada, "bob@example.org").await;
    world.mail_is_out().await;
    let after = watch.look().await;
    let mut changed = before.changed_in(&after);
    changed.sort_unstable();
    assert_eq!(
        changed,
        ["audit_details", "audit_events", "development_mailbox", "invitation_days", "links", "mails", "memberships", "organizations"]
    );
}

/// Calls a function that answers with `expected` in it, and leaves every table as it was.
async fn reads(world: &World, person: &mut Person, function: &str, pairs: &[(&str, &str)], expected: &str) {
    // The attempts to judge a password are counted: that is all that it may change.
    const COUNTED: Exempt = Exempt { table: "throttles", columns: "", rows: "scope LIKE 'judgement.%'" };
    let exempt: Vec<Exempt> = PRESENCE.into_iter().chain((function == "judge_password").then_some(COUNTED)).collect();
    let watch = Watch::over(&world.owner, &exempt).await;
    let before = watch.look().await;
    let answer = person.call(function, pairs).await.expect(200);
    assert!(answer.text().to_lowercase().contains(&expected.to_lowercase()), "{function} reads {expected}: {}", answer.excerpt());
    let after = watch.look().await;
    let changed = before.changed_in(&after);
    assert!(changed.is_empty(), "{function} changes {changed:?}");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_wrong_password_and_a_wrong_code_leave_a_row(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut log = Chronicle::new(&world);
    log.news().await;
    ada.browser = world.browser();
    for (identifier, password) in [("ada@example.org", "wrong"), ("nobody", "wrong")] {
        ada.call("sign_in", &[("form[identifier]", identifier), ("form[password]", password)]).await.expect(422);
        assert_eq!(log.news().await, ["session.sign_in_failed (nobody)"]);
    }
    ada.enter_password().await.expect(200);
    log.news().await;
    ada.call("verify_code", &[("form[code]", "000000")]).await.expect(422);
    assert_eq!(log.news().await, ["session.sign_in_failed"]);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_servers_role_can_neither_change_nor_remove_a_row(pool: PgPool) {
    let world = World::new(pool).await;
    world.founder().await;
    for statement in [
        "UPDATE audit_events SET action = 'x'",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        "ALTER TABLE audit_events DISABLE TRIGGER ALL",
    ] {
        let error = sqlx::raw_sql(statement).execute(&world.server.state.pool).await.expect_err(statement);
        assert_eq!(error.as_database_error().unwrap().code().as_deref(), Some("42501"), "{statement}: {error}");
    }
    // The owner is stopped by the trigger.
    for statement in ["UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events"] {
        sqlx::raw_sql(statement).execute(&world.owner).await.expect_err(statement);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_row_says_who_whom_when_and_from_where(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let draft = crate::support::Draft::call("invite_members", &[IN_ACME, ("form[emails]", "bob@example.org"), ("form[role]", "user")])
        .header("User-Agent", "Test/1.0");
    ada.browser.send(draft).await.expect(200);
    let (actor, organization, subject, network, agent, words, is_recent): (String, String, String, String, String, serde_json::Value, bool) = sqlx::query_as(
        "SELECT users.email, organizations.slug, subject_kind, host(network), user_agent, words, audit_events.at > now() - interval '1 minute'
         FROM audit_events JOIN audit_details ON event_id = audit_events.id JOIN users ON users.id = audit_events.actor_id
         JOIN organizations ON organizations.id = audit_events.organization_id WHERE action = 'invitation.sent'",
    )
    .fetch_one(&world.owner)
    .await
    .unwrap();
    assert_eq!((actor.as_str(), organization.as_str(), subject.as_str()), ("ada@example.org", "acme", "membership"));
    assert_eq!((network.as_str(), agent.as_str()), ("127.0.0.1", "Test/1.0"));
    assert_eq!(words["email"], "bob@example.org");
    assert!(is_recent);
}
