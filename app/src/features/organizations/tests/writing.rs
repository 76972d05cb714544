//! Messages to the administrators.

use sqlx::PgPool;

use super::*;
use crate::testing::refusal;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_message_goes_to_every_other_administrator_who_can_be_reached(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob, gone, closing) = (
        world.administrator_of("Acme").await,
        world.administrator_of("Acme").await,
        world.administrator_of("Acme").await,
        world.administrator_of("Acme").await,
    );
    world.deactivate(&gone, "Acme").await;
    world.begin_closing(&closing).await;
    let user = world.member("Acme", Role::User).await;
    let elsewhere = world.administrator_of("Globex").await;

    assert_eq!(write(&user, "  Please give me access to Register.\n").await.unwrap(), MessageSent { recipients: 2 });
    for administrator in [&ada, &bob] {
        let mails = world.mails_to(&administrator.email).await;
        assert_eq!(mails.len(), 1);
        assert!(
            mails[0].plain.contains("Please give me access to Register.") && mails[0].plain.contains(&user.email),
            "{}",
            mails[0].plain
        );
    }
    for other in [&gone, &closing, &user, &elsewhere] {
        assert!(world.mails_to(&other.email).await.is_empty());
    }
    assert_eq!(world.audit_actions().await, ["administrators.messaged"]);
    assert!(!world.everything_stored().await["audit_events"].contains("Register"));
    assert_eq!(write(&ada, "Hello").await.unwrap(), MessageSent { recipients: 1 });
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_says_nothing_or_reaches_nobody_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    assert_eq!(refusal(write(&ada, " \n").await), MessageRefusal::Empty);
    assert_eq!(refusal(write(&ada, &"x".repeat(2_001)).await), MessageRefusal::TooLong);
    assert_eq!(refusal(write(&ada, "Hello").await), MessageRefusal::NobodyElse);
    // The overview says the same in place of the form.
    assert_eq!(rules::may_write(overview(&ada).await.unwrap().stays_because), Err(MessageRefusal::NobodyElse));
    assert!(world.audit_actions().await.is_empty());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn five_messages_an_hour_are_sent(pool: PgPool) {
    let world = World::new(pool).await;
    world.administrator_of("Acme").await;
    let (user, other) = (world.member("Acme", Role::User).await, world.member("Acme", Role::User).await);
    for _ in 0..5 {
        write(&user, "Hello").await.unwrap();
    }
    assert!(matches!(write(&user, "Hello").await, Err(Failure::TooManyAttempts { .. })));
    write(&other, "Hello").await.unwrap();
    world.time_passes(3_601).await;
    write(&user, "Hello").await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_message_to_the_administrators_reads_well(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let bob = world.member_called("Acme", "Bob", "Brown", Role::User).await;
    write(&bob, "Please give me access to Register.\nI need it on Monday.").await.unwrap();
    insta::assert_snapshot!("message", world.newest_mail_to(&ada.email, &[]).await);
}
