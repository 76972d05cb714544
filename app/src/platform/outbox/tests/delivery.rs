//! Every committed mail arrives, once.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::peer::{Behavior, Peer};
use super::*;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_mail_exists_only_if_its_transaction_is_committed(pool: PgPool) {
    let state = server(&pool, 1);
    let transport = Transport::DevelopmentMailbox(pool.clone());
    let mut tx = Tx::begin(&pool).await.unwrap();
    let now = clock::now(&mut tx).await.unwrap();
    enqueue(&mut tx, &state, now, mail_to("ann@example.org")).await.unwrap();
    drop(tx);
    assert_eq!(count(&pool, "true").await, 0);
    assert_eq!(deliver_due(&state, &transport).await.unwrap(), 0);

    let id = queue(&state, mail_to("ann@example.org")).await;
    assert_eq!(deliver_due(&state, &transport).await.unwrap(), 1);
    let delivered: Vec<(Uuid, String, String)> =
        sqlx::query_as("SELECT id, recipient, subject FROM development_mailbox").fetch_all(&pool).await.unwrap();
    assert_eq!(delivered, [(id.as_uuid(), "ann@example.org".to_owned(), "Join Acme".to_owned())]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_a_mail_says_is_sealed_and_forgotten_once_delivered(pool: PgPool) {
    let state = server(&pool, 1);
    let id = queue(&state, mail_to("ann@example.org")).await;
    let waiting = stored(&pool, id).await.message.unwrap();
    assert!(!String::from_utf8_lossy(&waiting).contains("secret"));

    deliver_due(&state, &Transport::DevelopmentMailbox(pool.clone())).await.unwrap();
    let delivered = stored(&pool, id).await;
    assert!(delivered.is_delivered && !delivered.is_claimed);
    assert_eq!(delivered.message, None);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn many_mails_are_queued_at_once(pool: PgPool) {
    let state = server(&pool, 1);
    let mut tx = Tx::begin(&pool).await.unwrap();
    let now = clock::now(&mut tx).await.unwrap();
    let mails = (0..1_000).map(|number| mail_to(&format!("person{number}@example.org"))).collect();
    let ids = enqueue_all(&mut tx, &state, now, mails).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 1_000);
    assert_eq!(count(&pool, "true").await, 1_000);
    let recipient: String =
        sqlx::query_scalar("SELECT recipient FROM mails WHERE id = $1").bind(ids[700].as_uuid()).fetch_one(&pool).await.unwrap();
    assert_eq!(recipient, "person700@example.org");
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_committed_mail_leaves_at_once(pool: PgPool) {
    let state = server(&pool, 1);
    let shutdown = CancellationToken::new();
    let worker = tokio::spawn(run(state.clone(), Transport::DevelopmentMailbox(pool.clone()), shutdown.clone()));
    let listens = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'listen%'";
    timeout(Duration::from_secs(10), async {
        while sqlx::query_scalar::<_, i64>(listens).fetch_one(&pool).await.unwrap() == 0 {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("the worker listens");

    // Queued by another server: only the database can tell the worker.
    queue(&server(&pool, 2), mail_to("ann@example.org")).await;
    timeout(Duration::from_secs(2), async {
        while count(&pool, "delivered_at IS NOT NULL").await == 0 {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("sooner than the worker looks by itself");
    shutdown.cancel();
    worker.await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn two_workers_deliver_five_hundred_mails_exactly_once(pool: PgPool) {
    const MAILS: usize = 500;
    let (port, mut received, sink) = mailcrab().await;
    let state = server(&pool, 1);
    let mut tx = Tx::begin(&pool).await.unwrap();
    let now = clock::now(&mut tx).await.unwrap();
    enqueue_all(&mut tx, &state, now, (0..MAILS).map(|number| mail_to(&format!("person{number}@example.org"))).collect()).await.unwrap();
    tx.commit().await.unwrap();

    let shutdown = CancellationToken::new();
    let workers: Vec<_> = [2, 3]
        .map(|seed| {
            let transport = Transport::smtp(&format!("smtp://127.0.0.1:{port}")).unwrap();
            tokio::spawn(run(server(&pool, seed), transport, shutdown.clone()))
        })
        .into_iter()
        .collect();
    timeout(Duration::from_mins(1), async {
        while count(&pool, "delivered_at IS NULL").await > 0 {
            sleep(Duration::from_millis(50)).await;
        }
    })
    .await
    .expect("all are delivered");
    shutdown.cancel();
    for worker in workers {
        worker.await.unwrap();
    }

    let mut message_ids = HashSet::new();
    let mut recipients = HashSet::new();
    let mut total = 0;
    while let Ok(message) = received.try_recv() {
        total += 1;
        message_ids.insert(message_id_of(&message.raw_bytes().unwrap()));
        recipients.extend(message.envelope_recipients);
    }
    assert_eq!((total, message_ids.len(), recipients.len()), (MAILS, MAILS, MAILS));
    assert_eq!(count(&pool, "attempts <> 1").await, 0);
    sink.cancel();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_worker_finishes_what_it_has_begun_and_begins_nothing_new(pool: PgPool) {
    let peer = Peer::start(&[Behavior::TakesSlowly; 8]).await;
    let state = server(&pool, 1);
    for number in 0..6 {
        queue(&state, mail_to(&format!("person{number}@example.org"))).await;
    }
    let shutdown = CancellationToken::new();
    let worker = tokio::spawn(run(state.clone(), Transport::smtp(&peer.url()).unwrap(), shutdown.clone()));
    peer.arrival().await;
    shutdown.cancel();
    worker.await.unwrap();

    assert_eq!(count(&pool, "delivered_at IS NOT NULL").await, 4);
    assert_eq!(peer.received().len(), 4);
    assert_eq!(count(&pool, "claim IS NOT NULL").await, 0);
}

/// mailcrab on a free port.
async fn mailcrab() -> (u16, broadcast::Receiver<mailcrab::MailMessage>, CancellationToken) {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let (sender, receiver) = broadcast::channel(2_048);
    let token = CancellationToken::new();
    tokio::spawn(mailcrab::mail_server(IpAddr::V4(Ipv4Addr::LOCALHOST), port, sender, false, token.clone()));
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        sleep(Duration::from_millis(20)).await;
    }
    (port, receiver, token)
}
