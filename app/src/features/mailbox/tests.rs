//! The mailbox against a real database.

use std::sync::Arc;
use std::time::Duration;

use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

use super::model::MailboxList;
use super::use_cases;
use crate::failure::{Failure, NoRefusal};
use crate::platform::clock;
use crate::platform::db::Tx;
use crate::platform::letter::Letter;
use crate::platform::mailer::Transport;
use crate::platform::outbox::{self, Mail};
use crate::platform::passwords::Passwords;
use crate::platform::randomness::Randomness;
use crate::platform::request::{Origin, Request, RequestContext};
use crate::platform::sealing::Keys;
use crate::platform::settings::{MailDelivery, Settings};
use crate::platform::state::AppState;
use crate::values::email_address::EmailAddress;
use crate::values::ids::MailId;

const LINK: &str = "http://localhost:3000/complete?token=nxi_secret";

fn server(pool: &PgPool, mail_delivery: MailDelivery) -> AppState {
    let settings = Settings {
        public_url: "http://localhost:3000".to_owned(),
        is_https: false,
        session_idle: Duration::from_hours(1),
        session_max: Duration::from_hours(24),
        password_minimum: 15,
        terms_url: None,
        mail_from: "Nexus <nexus@localhost>".to_owned(),
        mail_delivery,
        invitations_per_day: 2_000,
    };
    AppState {
        pool: pool.clone(),
        settings: Arc::new(settings),
        keys: Keys::derive(&[7; 32]).unwrap(),
        passwords: Passwords::new(1),
        randomness: Randomness::seeded(1),
        tasks: TaskTracker::new(),
        mail_waiting: Arc::new(Notify::new()),
    }
}

async fn deliver(state: &AppState, recipient: &str, subject: &str) -> MailId {
    let letter = Letter::new(subject, "", "You asked for it.").button("Complete your registration", LINK);
    let mail =
        Mail { kind: "invitation", organization: None, membership: None, recipient: EmailAddress::parse(recipient).unwrap(), letter };
    let mut tx = Tx::begin(&state.pool).await.unwrap();
    let now = clock::now(&mut tx).await.unwrap();
    let id = outbox::enqueue(&mut tx, state, now, mail).await.unwrap();
    tx.commit().await.unwrap();
    outbox::deliver_due(state, &Transport::DevelopmentMailbox(state.pool.clone())).await.unwrap();
    id
}

async fn read(state: &AppState, recipient: &str, mail: &str) -> Result<MailboxList, Failure<NoRefusal>> {
    let context = RequestContext { state: state.clone(), session: None, browser: None, origin: Origin::default(), cookies: Arc::default() };
    let (recipient, mail) = (recipient.to_owned(), mail.to_owned());
    Request::from_context(context).to_completion(move |request| use_cases::read(request, recipient, mail)).await
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn mail_is_listed_newest_first_and_found_by_recipient(pool: PgPool) {
    let state = server(&pool, MailDelivery::DevelopmentMailbox);
    assert_eq!(read(&state, "", "").await.unwrap().mails, []);
    deliver(&state, "Ann.Smith@example.org", "First").await;
    deliver(&state, "ben@example.org", "Second").await;

    let subjects = |list: MailboxList| list.mails.into_iter().map(|mail| mail.subject).collect::<Vec<_>>();
    assert_eq!(subjects(read(&state, "", "").await.unwrap()), ["Second", "First"]);
    assert_eq!(subjects(read(&state, " ann.smith@ ", "").await.unwrap()), ["First"]);
    assert!(read(&state, "%", "").await.unwrap().mails.is_empty());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_open_mail_shows_both_parts_and_its_links(pool: PgPool) {
    let state = server(&pool, MailDelivery::DevelopmentMailbox);
    let id = deliver(&state, "ann@example.org", "Join Acme").await;
    let mail = read(&state, "", &id.to_string()).await.unwrap().open.unwrap();
    assert_eq!(mail.summary.subject, "Join Acme");
    assert_eq!(mail.sender, "Nexus <nexus@localhost>");
    assert_eq!(mail.message_id, format!("<{id}@localhost>"));
    assert_eq!(mail.links, [LINK]);
    assert!(use_cases::message_html(&state, id).await.unwrap().unwrap().contains("<h1"));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn there_is_no_such_mail_and_no_mailbox_beside_a_mail_server(pool: PgPool) {
    let state = server(&pool, MailDelivery::DevelopmentMailbox);
    let id = deliver(&state, "ann@example.org", "Join Acme").await;
    for unknown in ["00000000-0000-0000-0000-000000000001", "../../etc", "x"] {
        assert_eq!(read(&state, "", unknown).await, Err(Failure::NotFound), "{unknown}");
    }
    let with_server = server(&pool, MailDelivery::Smtp);
    assert_eq!(read(&with_server, "", "").await, Err(Failure::NotFound));
    assert_eq!(read(&with_server, "", &id.to_string()).await, Err(Failure::NotFound));
    assert_eq!(use_cases::message_html(&with_server, id).await.unwrap(), None);
}
