//! Mail survives the end of the program, and a real mail server gets it (S-58, S-59); the probes tell how it stands.

use std::time::Duration;

use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio::time::sleep;

use crate::support::mail_servers::{Mailcrab, ReceivedMail, Silence, SilentServer, message_id};
use crate::support::{ORGANIZATION, Options, Program, Server, World, registration_form, token_in};

fn without_worker(smtp_url: &str) -> Options {
    Options { has_worker: false, smtp_url: Some(smtp_url.to_owned()), is_https: true, ..Options::default() }
}

fn with_worker(smtp_url: &str) -> Options {
    Options { has_worker: true, ..without_worker(smtp_url) }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_program_that_ends_between_commit_and_mail_loses_none(pool: PgPool) {
    let mut mailcrab = Mailcrab::start().await;
    let world = World::with(pool.clone(), without_worker(&mailcrab.url)).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    assert_eq!(world.count("SELECT count(*) FROM mails WHERE delivered_at IS NULL AND sealed_message IS NOT NULL").await, 2);
    world.server.kill().await;
    assert_eq!(mailcrab.further().await, 0);

    let restarted = World::with(pool, with_worker(&mailcrab.url)).await;
    let (_, text) = mailcrab.mail_to("bob@example.org").await;
    let token = token_in(&text);
    assert!(text.contains("https://people.example.org/complete?token="), "{text}");
    assert!(text.contains("Ada Lovelace") && text.contains("Acme"), "{text}");
    restarted.complete(&token, "bob@example.org", "Bob").await;
    restarted.mail_is_out().await;
    assert!(mailcrab.further().await <= 1, "only the notice to Ada may still be on its way");
    assert_eq!(
        restarted.count("SELECT count(*) FROM mails WHERE delivered_at IS NULL OR sealed_message IS NOT NULL OR attempts <> 1").await,
        0
    );
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_program_killed_before_the_mail_server_has_the_mails_sends_them_when_it_is_started_again(pool: PgPool) {
    let (former, sent) = killed_in_the_silence(pool, Silence::BeforeTheMessage).await;
    assert_eq!(former, ["", ""]);
    assert!(sent.text.contains("Ada Lovelace") && sent.text.contains("Acme"), "{}", sent.text);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_program_killed_before_the_mail_server_says_that_it_took_them_sends_the_same_mails_again(pool: PgPool) {
    let (former, sent) = killed_in_the_silence(pool, Silence::AfterTheMessage).await;
    let former = former.iter().find(|message| message.contains("To: bob@example.org")).expect("it was sent once before");
    assert_eq!(message_id(former), sent.id);
}

/// Kills the program itself while it delivers two mails, one of them an invitation to Bob, and starts it again with a mail server that
/// works. Gives what the silent mail server had heard, and Bob's mail.
async fn killed_in_the_silence(pool: PgPool, silence: Silence) -> (Vec<String>, ReceivedMail) {
    let silent = SilentServer::start(silence).await;
    let world = World::with(pool.clone(), without_worker(&silent.url)).await;
    let mut ada = world.administrator().await;
    let program = Program::start(&pool, &silent.url).await;
    ada.browser = ada.browser.at(program.address);
    world.invite(&mut ada, "bob@example.org").await;
    silent.is_silent_in(2).await;

    // Everybody can see the claims, so they are committed; and no transaction is open while the mail server lets us wait.
    let claims = "SELECT count(*) FROM mails WHERE claim IS NOT NULL AND leased_until > now() AND attempts = 1 AND delivered_at IS NULL";
    assert_eq!(world.count(claims).await, 2);
    for _ in 0..50 {
        world.no_transaction_is_idle(0.0).await;
        sleep(Duration::from_millis(10)).await;
    }
    program.kill();
    assert_eq!(world.count(claims).await, 2, "nobody was there to write anything down");
    world.alter("UPDATE mails SET leased_until = now() - interval '1 second'").await;

    let mut mailcrab = Mailcrab::start().await;
    let restarted = Program::start(&pool, &mailcrab.url).await;
    let mut mails = Vec::new();
    for _ in 0..2 {
        mails.push(mailcrab.next().await.expect("both mails are sent again"));
    }
    world.mail_is_out().await;
    assert_eq!(mailcrab.further().await, 0, "each once by this program");
    assert_eq!(world.count("SELECT count(*) FROM mails WHERE attempts <> 2 OR sealed_message IS NOT NULL").await, 0);
    let to_bob = mails.into_iter().find(|mail| mail.recipients.contains("bob@example.org")).expect("a mail to Bob");
    let token = token_in(&to_bob.text);
    let mut bob = world.browser().at(restarted.address);
    bob.call("complete_registration", &registration_form(&token, "Bob")).await.expect(200);

    restarted.kill();
    world.server.state.pool.close().await;
    // The test's database can only be removed once nobody is connected to it.
    let connected = "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'nexus')";
    world.until("the program's connections have ended", connected).await;
    let heard = silent.heard();
    (heard, to_bob)
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_repeated_mail_has_the_same_message_id(pool: PgPool) {
    let mut mailcrab = Mailcrab::start().await;
    let world = World::with(pool.clone(), without_worker(&mailcrab.url)).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let stored: Vec<u8> =
        sqlx::query_scalar("SELECT sealed_message FROM mails WHERE recipient = 'bob@example.org'").fetch_one(&world.owner).await.unwrap();

    let worker = Server::start(&pool, with_worker(&mailcrab.url)).await;
    let (first, first_text) = mailcrab.mail_to("bob@example.org").await;
    world.mail_is_out().await;
    worker.kill().await;
    // As if the program had ended after the mail server's "250" and before its own commit: the lease runs out.
    sqlx::query("UPDATE mails SET delivered_at = NULL, sealed_message = $1, claim = gen_random_uuid(), leased_until = now() - interval '1 second', due_at = now() - interval '1 second' WHERE recipient = 'bob@example.org'")
        .bind(stored)
        .execute(&world.owner)
        .await
        .unwrap();
    let _worker = Server::start(&pool, with_worker(&mailcrab.url)).await;
    let (second, second_text) = mailcrab.mail_to("bob@example.org").await;
    assert_eq!((first, first_text), (second, second_text));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn two_servers_send_each_mail_once(pool: PgPool) {
    let mut mailcrab = Mailcrab::start().await;
    let world = World::with(pool.clone(), with_worker(&mailcrab.url)).await;
    let _second = Server::start(&pool, with_worker(&mailcrab.url)).await;
    let mut ada = world.administrator().await;
    let emails: String = (0..100).map(|number| format!("p{number}@example.org ")).collect();
    ada.call("invite_members", &[("organization", ORGANIZATION), ("form[emails]", &emails), ("form[role]", "user")]).await.expect(200);
    world.mail_is_out().await;
    assert_eq!(mailcrab.further().await, 101, "one to each, and the notice to Ada");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn nothing_is_sent_while_the_mail_server_is_away_and_everything_afterwards(pool: PgPool) {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let world = World::with(pool.clone(), with_worker(&format!("smtp://127.0.0.1:{port}"))).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    world.until("the mail is put off", "SELECT EXISTS (SELECT FROM mails WHERE recipient = 'bob@example.org' AND attempts = 1 AND last_error IS NOT NULL AND due_at > now())").await;
    // Whoever was invited can still be seen, and the link works once it arrives.
    ada.get("/organizations/acme/members").await.expect(200);

    let mut mailcrab = Mailcrab::start().await;
    let _second = Server::start(&pool, with_worker(&mailcrab.url)).await;
    world.server.kill().await;
    sqlx::query("UPDATE mails SET due_at = now() - interval '1 second', leased_until = NULL WHERE delivered_at IS NULL")
        .execute(&pool)
        .await
        .unwrap();
    let (_, text) = mailcrab.mail_to("bob@example.org").await;
    assert!(text.contains("/complete?token="));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_probes_name_dead_mails_without_failing(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    world.mail_is_out().await;
    let ready = world.browser().get("/readyz").await.expect(200).json();
    assert_eq!((&ready["ready"], &ready["dead_mails"]), (&serde_json::json!(true), &serde_json::json!(0)));
    world.alter("UPDATE mails SET delivered_at = NULL, dead_at = now(), last_error = 'no such person'").await;
    let ready = world.browser().get("/readyz").await.expect(200).json();
    assert_eq!((&ready["ready"], &ready["dead_mails"]), (&serde_json::json!(true), &serde_json::json!(2)));
    assert!(!ready.to_string().contains("example.org"));
    assert_eq!(world.browser().get("/healthz").await.expect(200).text(), "ok\n");
    world.alter("DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)").await;
    let ready = world.browser().get("/readyz").await.expect(503).json();
    assert_eq!(ready["ready"], false);
    world.browser().get("/healthz").await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_mailbox_is_not_found_where_mail_goes_to_a_server(pool: PgPool) {
    let mailcrab = Mailcrab::start().await;
    let world = World::with(pool, with_worker(&mailcrab.url)).await;
    let mut ada = world.administrator().await;
    for path in
        ["/dev/mailbox", "/dev/mailbox/01900000-0000-7000-8000-000000000000", "/dev/mailbox/01900000-0000-7000-8000-000000000000/message"]
    {
        ada.get(path).await.expect(404);
        world.browser().get(path).await.expect(404);
    }
    ada.call("read_development_mailbox", &[]).await.expect(404);
}
