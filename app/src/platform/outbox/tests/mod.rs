//! The outbox against a real database and real SMTP.

mod delivery;
mod faults;
mod messages;
mod peer;

use std::sync::Arc;
use std::time::Duration;

use sqlx::{PgPool, Row};
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::*;
use crate::platform::clock;
use crate::platform::mailer::Transport;
use crate::platform::passwords::Passwords;
use crate::platform::randomness::Randomness;
use crate::platform::sealing::Keys;
use crate::platform::settings::{MailDelivery, Settings};

const LINK: &str = "https://people.example.org/complete?token=nxi_secret&source=mail";

/// One server's state; several may share a database.
fn server(pool: &PgPool, seed: u64) -> AppState {
    let settings = Settings {
        public_url: "https://people.example.org".to_owned(),
        is_https: true,
        session_idle: Duration::from_hours(1),
        session_max: Duration::from_hours(24),
        password_minimum: 15,
        terms_url: None,
        mail_from: "Nexus <nexus@example.org>".to_owned(),
        mail_delivery: MailDelivery::Smtp,
        invitations_per_day: 2_000,
    };
    AppState {
        pool: pool.clone(),
        settings: Arc::new(settings),
        keys: Keys::derive(&[7; 32]).unwrap(),
        passwords: Passwords::new(1),
        randomness: Randomness::seeded(seed),
        tasks: TaskTracker::new(),
        mail_waiting: Arc::new(Notify::new()),
    }
}

fn mail_to(recipient: &str) -> Mail {
    let letter = Letter::new("Join Acme", "Complete your registration.", "Ann Smith entered your address.")
        .button("Complete your registration", LINK);
    Mail { kind: "invitation", organization: None, membership: None, recipient: EmailAddress::parse(recipient).unwrap(), letter }
}

/// Queues a mail and commits.
async fn queue(state: &AppState, mail: Mail) -> MailId {
    let mut tx = Tx::begin(&state.pool).await.unwrap();
    let now = clock::now(&mut tx).await.unwrap();
    let id = enqueue(&mut tx, state, now, mail).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A row of the outbox, as somebody who can read the database sees it.
#[derive(Debug)]
struct StoredMail {
    attempts: i32,
    message: Option<Vec<u8>>,
    is_claimed: bool,
    is_delivered: bool,
    is_dead: bool,
    last_error: Option<String>,
    seconds_until_due: f64,
}

async fn stored(pool: &PgPool, id: MailId) -> StoredMail {
    let row = sqlx::query(
        "SELECT attempts, sealed_message, claim IS NOT NULL AS is_claimed, delivered_at IS NOT NULL AS is_delivered, dead_at IS NOT NULL AS is_dead,
                last_error, extract(epoch FROM due_at - now())::double precision AS seconds_until_due
         FROM mails WHERE id = $1",
    )
    .bind(id.as_uuid())
    .fetch_one(pool)
    .await
    .unwrap();
    StoredMail {
        attempts: row.get("attempts"),
        message: row.get("sealed_message"),
        is_claimed: row.get("is_claimed"),
        is_delivered: row.get("is_delivered"),
        is_dead: row.get("is_dead"),
        last_error: row.get("last_error"),
        seconds_until_due: row.get("seconds_until_due"),
    }
}

/// Lets every lease and every pause end.
async fn let_time_pass(pool: &PgPool) {
    sqlx::query("UPDATE mails SET leased_until = leased_until - interval '1 day', due_at = due_at - interval '1 day'")
        .execute(pool)
        .await
        .unwrap();
}

async fn count(pool: &PgPool, condition: &'static str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM mails WHERE {condition}"))).fetch_one(pool).await.unwrap()
}

fn message_id_of(message: &[u8]) -> String {
    mail_parser::MessageParser::default().parse(message).unwrap().message_id().unwrap().to_owned()
}

async fn claim_one(pool: &PgPool) -> Vec<store::ClaimedMail> {
    store::claim_due(pool, Uuid::from_u128(1), 1, 300.0).await.unwrap()
}
