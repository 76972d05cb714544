//! Postgres ends and comes back while people are at work, as when it is updated (S-65): some are asked to try again, and then all is
//! as before.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use app::platform::db;
use server::embedded::cluster::{Cluster, DATABASE, OWNER, Options as Settings};
use sqlx::PgPool;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::sleep;

use crate::support::{Draft, MEMBERS, ORGANIZATION, Options, Person, World, html};

/// A Postgres of its own: the other tests' must not end.
struct Restarting {
    folder: PathBuf,
    cluster: Option<Cluster>,
}

impl Restarting {
    #[expect(clippy::disallowed_methods, reason = "a test has no settings, and is told like the program where Postgres is")]
    async fn start(&mut self) {
        let folder = self.folder.clone();
        let binaries = std::env::var_os("NEXUS_POSTGRES_BIN").map(PathBuf::from).into_iter().collect();
        let start = move || Cluster::start(&Settings { folder, binaries, settings: vec![("fsync", "off")] }).unwrap().cluster;
        self.cluster = Some(spawn_blocking(start).await.unwrap());
    }

    async fn stop(&mut self) {
        let cluster = self.cluster.take().unwrap();
        spawn_blocking(move || cluster.stop().unwrap()).await.unwrap();
    }
}

impl Drop for Restarting {
    fn drop(&mut self) {
        drop(self.cluster.take());
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_of_postgres_asks_some_to_try_again_and_then_all_is_as_before() {
    let folder = std::env::temp_dir().join(format!("nexus-restart-{}", std::process::id()));
    let mut postgres = Restarting { folder, cluster: None };
    postgres.start().await;
    let owner = PgPool::connect(&postgres.cluster.as_ref().unwrap().url(OWNER, DATABASE)).await.unwrap();
    db::migrate(&owner).await.unwrap();
    let world = World::with(owner, Options { connections: 4, ..Options::default() }).await;
    let mut ada = world.administrator().await;

    let mut working = JoinSet::new();
    let begun = Instant::now();
    for number in 0..6 {
        working.spawn(work(ada.clone(), number, begun + Duration::from_secs(6)));
    }
    sleep(Duration::from_millis(500)).await;
    postgres.stop().await;
    let ended = Instant::now();
    // Whoever comes now is told soon.
    assert_eq!(ada.get(MEMBERS).await.status, 503);
    assert!(ended.elapsed() < Duration::from_secs(6), "{:?}", ended.elapsed());
    postgres.start().await;
    let back = Instant::now();
    while ada.get(MEMBERS).await.status != 200 {
        assert!(back.elapsed() < Duration::from_secs(5), "still away");
    }

    let mut refused = 0;
    while let Some(answers) = working.join_next().await {
        for (at, status) in answers.unwrap() {
            assert!(matches!(status, 200 | 503), "{status}");
            refused += usize::from(status == 503);
            // A connection that had just come back may be lent once more before it is found dead; nothing later.
            assert!(status == 200 || at < back + Duration::from_secs(2), "refused {:?} after Postgres came back", at - back);
        }
    }
    assert!(refused > 0, "Postgres was away, and nobody noticed");
    for number in 0..200 {
        let page = ada.get(MEMBERS).await.expect(200).text();
        assert!(html::is_complete(&page) && page.contains("ada@example.org"), "{number}");
    }
    world.no_transaction_is_idle(0.5).await;
    // Each invitation is whole or not there.
    let halves = "SELECT count(*) FROM memberships WHERE user_id IS NULL AND (
        (SELECT count(*) FROM links WHERE links.membership_id = memberships.id) <> 1
        OR (SELECT count(*) FROM mails WHERE mails.membership_id = memberships.id) <> 1)";
    assert_eq!(world.count(halves).await, 0);
    world.server.kill().await;
    world.owner.close().await;
    postgres.stop().await;
}

/// Reads and writes in turn until the time has come; when each answer came, and its status.
async fn work(mut person: Person, worker: usize, until: Instant) -> Vec<(Instant, u16)> {
    let mut answers = Vec::new();
    while Instant::now() < until {
        let email = format!("w{worker}n{}@example.org", answers.len());
        let invitation = [("organization", ORGANIZATION), ("form[emails]", email.as_str()), ("form[role]", "user")];
        let draft = match answers.len() % 3 {
            0 => Draft::new("GET", MEMBERS),
            1 => Draft::call("list_members", &[("organization", ORGANIZATION)]),
            _ => Draft::call("invite_members", &invitation),
        };
        let status = person.browser.send(draft).await.status;
        answers.push((Instant::now(), status));
    }
    answers
}
