//! What goes wrong: crashes, mail servers, and hands in the database.

use super::peer::{Behavior, Peer};
use super::*;
use crate::platform::mailer::OutgoingMail;

/// Action, organization, acting person, subject and difference of a row of activity.
type Activity = (String, Option<Uuid>, Option<Uuid>, Option<Uuid>, String);

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_mail_whose_worker_disappeared_is_delivered_when_the_lease_has_run_out(pool: PgPool) {
    let peer = Peer::start(&[]).await;
    let transport = Transport::smtp(&peer.url()).unwrap();
    let state = server(&pool, 1);
    let id = queue(&state, mail_to("ann@example.org")).await;
    assert_eq!(claim_one(&pool).await.len(), 1);
    assert_eq!(deliver_due(&state, &transport).await.unwrap(), 0);

    let_time_pass(&pool).await;
    assert_eq!(deliver_due(&state, &transport).await.unwrap(), 1);
    let mail = stored(&pool, id).await;
    assert!(mail.is_delivered);
    assert_eq!((mail.attempts, peer.received().len()), (2, 1));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_crash_after_delivery_repeats_the_mail_with_the_same_message_id(pool: PgPool) {
    let peer = Peer::start(&[]).await;
    let transport = Transport::smtp(&peer.url()).unwrap();
    let state = server(&pool, 1);
    let id = queue(&state, mail_to("ann@example.org")).await;
    let lost = claim_one(&pool).await.remove(0);
    let message = state.keys.open(Purpose::Mail, id.as_uuid(), &lost.sealed_message).unwrap();
    let outgoing = OutgoingMail {
        id,
        recipient: EmailAddress::parse(&lost.recipient).unwrap(),
        written_at: lost.created_at,
        letter: serde_json::from_slice(&message).unwrap(),
    };
    transport.deliver(&state.settings, &outgoing).await.unwrap();

    let_time_pass(&pool).await;
    assert_eq!(deliver_due(&state, &transport).await.unwrap(), 1);
    let received = peer.received();
    assert_eq!(received.len(), 2);
    assert_eq!(message_id_of(&received[0]), format!("{id}@people.example.org"));
    assert_eq!(message_id_of(&received[0]), message_id_of(&received[1]));
    // The former worker comes back: the mail is no longer its own.
    assert!(!store::mark_delivered(&pool, id, lost.claim).await.unwrap());
    assert!(!store::postpone(&pool, id, lost.claim, 60.0, "late").await.unwrap());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_connection_lost_after_the_message_is_tried_again_with_the_same_message_id(pool: PgPool) {
    let peer = Peer::start(&[Behavior::DropsAfterData]).await;
    let transport = Transport::smtp(&peer.url()).unwrap();
    let state = server(&pool, 1);
    let id = queue(&state, mail_to("ann@example.org")).await;
    assert_eq!(deliver_due(&state, &transport).await.unwrap(), 1);
    let mail = stored(&pool, id).await;
    assert!(!mail.is_delivered && !mail.is_dead && !mail.is_claimed && mail.message.is_some());
    assert!((50.0..80.0).contains(&mail.seconds_until_due), "{mail:?}");

    let_time_pass(&pool).await;
    deliver_due(&state, &transport).await.unwrap();
    let received = peer.received();
    assert_eq!(received.len(), 2);
    assert_eq!(message_id_of(&received[0]), message_id_of(&received[1]));
    assert!(stored(&pool, id).await.is_delivered);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_mail_refused_for_good_is_given_up_with_the_servers_words(pool: PgPool) {
    let peer = Peer::start(&[Behavior::RefusesRecipient]).await;
    let transport = Transport::smtp(&peer.url()).unwrap();
    let state = server(&pool, 1);
    let refused = queue(&state, mail_to("nobody@example.org")).await;
    deliver_due(&state, &transport).await.unwrap();
    let mail = stored(&pool, refused).await;
    assert!(mail.is_dead && !mail.is_delivered);
    assert_eq!(mail.message, None);
    assert_eq!(mail.last_error.as_deref(), Some("permanent error (550): 5.1.1 No such person here"));
    assert_eq!(dead_count(&pool).await.unwrap(), 1);
    let newest = newest_dead(&pool).await.unwrap();
    assert_eq!((newest.len(), newest[0].id, newest[0].kind.as_str()), (1, refused, "invitation"));

    let_time_pass(&pool).await;
    assert_eq!(deliver_due(&state, &transport).await.unwrap(), 0);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_mail_that_is_given_up_leaves_a_row_of_activity_in_its_organization(pool: PgPool) {
    let peer = Peer::start(&[Behavior::RefusesRecipient, Behavior::RefusesRecipient]).await;
    let transport = Transport::smtp(&peer.url()).unwrap();
    let state = server(&pool, 1);
    let acme = OrganizationId::from_uuid(Uuid::from_u128(7));
    sqlx::query("INSERT INTO organizations (id, slug, name, label, created_at) VALUES ($1, 'acme', 'Acme', 'Organization', now())")
        .bind(acme.as_uuid())
        .execute(&pool)
        .await
        .unwrap();
    let of_acme = queue(&state, Mail { organization: Some(acme), ..mail_to("nobody@example.org") }).await;
    deliver_due(&state, &transport).await.unwrap();
    let of_nobody = queue(&state, mail_to("nobody@example.org")).await;
    deliver_due(&state, &transport).await.unwrap();

    let rows: Vec<Activity> =
        sqlx::query_as("SELECT action, organization_id, actor_id, subject_id, difference::text FROM audit_events ORDER BY position")
            .fetch_all(&pool)
            .await
            .unwrap();
    let given_up = |organization: Option<Uuid>, mail: MailId| -> Activity {
        ("mail.given_up".to_owned(), organization, None, Some(mail.as_uuid()), "{}".to_owned())
    };
    assert_eq!(rows, [given_up(Some(acme.as_uuid()), of_acme), given_up(None, of_nobody)]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whoever_comes_late_gives_nothing_up(pool: PgPool) {
    let state = server(&pool, 1);
    let id = queue(&state, mail_to("ann@example.org")).await;
    let late = claim_one(&pool).await.remove(0);
    let_time_pass(&pool).await;
    assert_eq!(deliver_due(&state, &Transport::DevelopmentMailbox(pool.clone())).await.unwrap(), 1);

    let mut tx = Tx::begin(&pool).await.unwrap();
    assert!(store::mark_dead(&mut tx, id, late.claim, "late").await.unwrap().is_none());
    tx.commit().await.unwrap();
    assert!(stored(&pool, id).await.is_delivered);
    let events: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_events").fetch_one(&pool).await.unwrap();
    assert_eq!(events, 0);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_the_operator_or_time_can_put_right_is_waited_for(pool: PgPool) {
    let state = server(&pool, 1);
    for behavior in [Behavior::WantsSignIn, Behavior::RefusesConnection, Behavior::PutsRecipientOff] {
        let peer = Peer::start(&[behavior]).await;
        let id = queue(&state, mail_to("ann@example.org")).await;
        deliver_due(&state, &Transport::smtp(&peer.url()).unwrap()).await.unwrap();
        let mail = stored(&pool, id).await;
        assert!(!mail.is_dead && !mail.is_delivered && mail.last_error.is_some(), "{mail:?}");
    }
    let id = queue(&state, mail_to("ann@example.org")).await;
    deliver_due(&state, &Transport::smtp("smtp://127.0.0.1:1").unwrap()).await.unwrap();
    assert!(!stored(&pool, id).await.is_dead);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_silent_server_holds_no_mail_up_and_its_connection_is_not_used_again(pool: PgPool) {
    let peer = Peer::start(&[Behavior::Silent, Behavior::SilentAfterData]).await;
    let transport = Transport::smtp(&peer.url()).unwrap().with_time_limit(Duration::from_millis(400));
    let state = server(&pool, 1);
    for _ in 0..2 {
        let id = queue(&state, mail_to("ann@example.org")).await;
        deliver_due(&state, &transport).await.unwrap();
        let mail = stored(&pool, id).await;
        assert_eq!(mail.last_error.as_deref(), Some("The mail server did not answer in time."));
    }
    let patient = transport.with_time_limit(Duration::from_secs(30));
    let id = queue(&state, mail_to("ann@example.org")).await;
    deliver_due(&state, &patient).await.unwrap();
    assert!(stored(&pool, id).await.is_delivered);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_mail_is_given_up_after_eight_attempts(pool: PgPool) {
    let state = server(&pool, 1);
    let transport = Transport::smtp("smtp://127.0.0.1:1").unwrap();
    let id = queue(&state, mail_to("ann@example.org")).await;
    for attempt in 1..=8 {
        assert_eq!(deliver_due(&state, &transport).await.unwrap(), 1, "attempt {attempt}");
        let_time_pass(&pool).await;
    }
    let mail = stored(&pool, id).await;
    assert!(mail.is_dead && mail.message.is_none());
    assert_eq!(deliver_due(&state, &transport).await.unwrap(), 0);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_mail_during_which_the_server_always_stops_is_given_up_unread(pool: PgPool) {
    let peer = Peer::start(&[]).await;
    let state = server(&pool, 1);
    let id = queue(&state, mail_to("ann@example.org")).await;
    for _ in 0..8 {
        assert_eq!(claim_one(&pool).await.len(), 1);
        let_time_pass(&pool).await;
    }
    deliver_due(&state, &Transport::smtp(&peer.url()).unwrap()).await.unwrap();
    assert!(stored(&pool, id).await.is_dead);
    assert!(peer.received().is_empty());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_message_that_was_changed_or_moved_is_not_sent(pool: PgPool) {
    let peer = Peer::start(&[]).await;
    let transport = Transport::smtp(&peer.url()).unwrap();
    let state = server(&pool, 1);
    let changed = queue(&state, mail_to("ann@example.org")).await;
    sqlx::query("UPDATE mails SET sealed_message = set_byte(sealed_message, 99, (get_byte(sealed_message, 99) + 1) % 256)")
        .execute(&pool)
        .await
        .unwrap();
    let other = queue(&state, mail_to("ben@example.org")).await;
    let moved = queue(&state, mail_to("eve@example.org")).await;
    sqlx::query("UPDATE mails SET sealed_message = (SELECT sealed_message FROM mails WHERE id = $1) WHERE id = $2")
        .bind(other.as_uuid())
        .bind(moved.as_uuid())
        .execute(&pool)
        .await
        .unwrap();

    assert_eq!(deliver_due(&state, &transport).await.unwrap(), 3);
    for id in [changed, moved] {
        let mail = stored(&pool, id).await;
        assert!(!mail.is_delivered);
        assert_eq!(mail.last_error.as_deref(), Some("The stored message could not be opened."));
    }
    assert!(stored(&pool, other).await.is_delivered);
    assert_eq!(peer.received().len(), 1);
}
