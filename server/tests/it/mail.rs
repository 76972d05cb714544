//! Mail survives the end of the program, and a real mail server gets it (S-58, S-59); the probes tell how it stands.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use sqlx::PgPool;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast::{self, Receiver};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::support::{ORGANIZATION, Options, Server, World};

/// A mail server, and what it has received.
struct Mailcrab {
    url: String,
    received: Receiver<mailcrab::MailMessage>,
    shutdown: CancellationToken,
}

impl Mailcrab {
    async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let (sender, received) = broadcast::channel(1_024);
        let shutdown = CancellationToken::new();
        tokio::spawn(mailcrab::mail_server(IpAddr::V4(Ipv4Addr::LOCALHOST), port, sender, false, shutdown.clone()));
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            sleep(Duration::from_millis(20)).await;
        }
        Self { url: format!("smtp://127.0.0.1:{port}"), received, shutdown }
    }

    /// The next mail to an address: its `Message-ID` and its whole text.
    async fn mail_to(&mut self, email: &str) -> (String, String) {
        loop {
            let mail =
                timeout(Duration::from_secs(20), self.received.recv()).await.unwrap_or_else(|_| panic!("no mail to {email}")).unwrap();
            if mail.envelope_recipients.iter().any(|recipient| recipient.contains(email)) {
                let stored = serde_json::to_value(&mail).unwrap();
                let raw = String::from_utf8(mail.raw_bytes().unwrap()).unwrap();
                let id = raw.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_else(|| panic!("{raw}")).to_owned();
                return (id, format!("{}\n{}", stored["text"].as_str().unwrap(), stored["html"].as_str().unwrap()));
            }
        }
    }

    /// How many more mails arrive within a moment.
    async fn further(&mut self) -> usize {
        let mut further = 0;
        while timeout(Duration::from_secs(2), self.received.recv()).await.is_ok() {
            further += 1;
        }
        further
    }
}

impl Drop for Mailcrab {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

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
    let token = crate::support::token_in(&text);
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
