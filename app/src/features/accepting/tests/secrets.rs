//! The activity log, and what is written nowhere.

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use sqlx::PgPool;

use super::*;
use crate::testing::refusal;
use crate::values::token::{Token, TokenPurpose};

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn only_the_digest_of_a_link_is_stored(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let digest = crate::platform::sealing::digest(&Token::parse_for(TokenPurpose::Link, &token).unwrap());
    let stored = world.everything_stored().await;
    assert!(stored["links"].contains(&HEXLOWER.encode(digest.as_bytes())));
    assert_nowhere(&world, &token).await;
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn no_table_holds_a_token_or_a_password(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let ann = world.account_with("ann@example.org").await;
    let declined = invited(&world, &ada, "ann@example.org").await;
    decline(&ann, &declined).await.unwrap();
    let first = invited(&world, &ada, "carl@example.org").await;
    let member = world.pending("Acme", "carl@example.org").await.unwrap();
    send_again(&ada, member).await.unwrap();
    let second = world.link_in_mail_to("carl@example.org").await;
    renew(&world.browser(), &second).await.unwrap();
    let third = world.link_in_mail_to("carl@example.org").await;
    let carl = world.browser();
    complete(&carl, complete_form(&third)).await.unwrap();

    for secret in [declined, first, second, third, carl.session_token().unwrap(), PASSWORD.to_owned()] {
        assert_nowhere(&world, &secret).await;
    }
}

/// In no column, neither as text nor in the ways that bytes are written, with or without what tells its purpose.
async fn assert_nowhere(world: &World, secret: &str) {
    let bare = secret.split_once('_').map_or(secret, |(_, bare)| bare);
    for (table, rows) in world.everything_stored().await {
        let bytes = BASE64URL_NOPAD.decode(bare.as_bytes()).unwrap_or_else(|_| bare.as_bytes().to_vec());
        for written in [bare.to_owned(), HEXLOWER.encode(bare.as_bytes()), BASE64.encode(bare.as_bytes()), HEXLOWER.encode(&bytes)] {
            assert!(!rows.contains(&written), "{table} holds a secret");
        }
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn every_change_leaves_its_row_of_activity_with_who_whom_where_and_the_difference(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    send_again(&ada, member).await.unwrap();
    renew(&world.browser(), &token).await.unwrap();
    cancel(&ada, member).await.unwrap();
    complete(&world.browser(), complete_form(&invited(&world, &ada, "bob@example.org").await)).await.unwrap();

    let expected = [
        "invitation.sent",
        "invitation.sent_again",
        "invitation.renewed",
        "invitation.cancelled",
        "invitation.sent",
        "registration.completed",
        "invitation.accepted",
        "session.signed_in",
    ];
    assert_eq!(world.audit_actions().await, expected);
    let of_ada: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_events WHERE actor_id = $1")
        .bind(ada.user.as_uuid())
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(of_ada, 4);
    assert_eq!(world.count("audit_events WHERE action = 'invitation.renewed' AND actor_id IS NULL").await, 1);
    assert_eq!(world.count("audit_events WHERE organization_id IS NULL AND action <> 'session.signed_in'").await, 0);
    let of_ann: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_events JOIN audit_details ON event_id = id WHERE subject_kind = 'membership' AND subject_id = $1 AND words->>'email' = 'ann@example.org'")
        .bind(member.as_uuid())
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(of_ann, 4);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_is_refused_or_rolled_back_leaves_no_row_and_no_mail(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    let before = world.everything_stored().await;

    assert_eq!(refusal(invite_as(&ada, "acme", "", "user").await), invitations::refusal::InviteRefusal::NoAddress);
    assert!(
        complete(
            &world.browser(),
            complete_form(&token).with(|fields| {
                fields.first_name = String::new();
            })
        )
        .await
        .is_err()
    );
    assert_eq!(world.everything_stored().await, before);

    // The mail can't be queued: the last statement of the transaction fails, and everything before it with it.
    sqlx::query("ALTER TABLE mails ADD CONSTRAINT mails_full CHECK (kind <> 'invitation') NOT VALID").execute(world.owner()).await.unwrap();
    assert!(matches!(send_again(&ada, member).await, Err(Failure::Internal(_))));
    assert!(matches!(outcomes(invite(&ada, "bob@example.org").await).as_slice(), [InviteOutcome::Failed(_)]));
    assert_eq!(world.everything_stored().await, before);

    // The row of activity can't be written: then nothing happens, either.
    sqlx::query("REVOKE INSERT ON audit_events FROM nexus_app").execute(world.owner()).await.unwrap();
    assert!(matches!(cancel(&ada, member).await, Err(Failure::Internal(_))));
    assert!(matches!(complete(&world.browser(), complete_form(&token)).await, Err(Failure::Internal(_))));
    assert_eq!(world.everything_stored().await, before);
}
