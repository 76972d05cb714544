//! Wrong passwords.

use sqlx::PgPool;

use super::*;
use crate::features::permissions::Role;
use crate::testing::{World, all_at_once, refusal};

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn after_five_wrong_passwords_the_right_one_is_refused_too_until_the_lock_passes(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.account_with("ann@example.org").await;
    // By either name: it is one account.
    for identifier in [&ann.username, "ann@example.org", "ANN@example.org", &ann.username, &ann.username] {
        assert_eq!(refusal(sign_in(&world.browser(), identifier, "wrong").await), SignInRefusal::Wrong);
    }
    assert_eq!(refusal(sign_in(&world.browser(), &ann.email, PASSWORD).await), SignInRefusal::Wrong);
    assert_eq!(world.audit_actions().await.last().unwrap(), "session.sign_in_locked");

    world.time_passes(299).await;
    assert!(!is_signed_in_with(&world.browser(), &ann.email).await);
    world.time_passes(1).await;
    assert!(is_signed_in_with(&world.browser(), &ann.email).await);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_owner_is_told_of_a_lock_once(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    for _ in 0..8 {
        sign_in(&world.browser(), &ann.email, "wrong").await.unwrap_err();
    }
    world.state.tasks.close();
    world.state.tasks.wait().await;
    assert_eq!(world.mails_to(&ann.email).await.len(), 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_mail_about_a_lock_reads_well(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.member_called("Acme", "Ada", "Lovelace", Role::User).await;
    for _ in 0..5 {
        sign_in(&world.browser().in_network("203.0.113.9"), &ada.email, "wrong").await.unwrap_err();
    }
    world.state.tasks.close();
    world.state.tasks.wait().await;
    insta::assert_snapshot!("locked", world.newest_mail_to(&ada.email, &["Time: "]).await);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_right_password_in_between_begins_the_count_anew(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    for _ in 0..3 {
        for _ in 0..4 {
            sign_in(&world.browser(), &ann.email, "wrong").await.unwrap_err();
        }
        assert!(is_signed_in_with(&world.browser(), &ann.email).await);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_browser_that_has_signed_in_before_has_a_counter_of_its_own(pool: PgPool) {
    let world = World::new(pool).await;
    let (ann, bob) = (world.stranger().await, world.stranger().await);
    let known = world.browser();
    assert!(is_signed_in_with(&known, &ann.email).await);
    for _ in 0..20 {
        sign_in(&world.browser(), &ann.email, "wrong").await.unwrap_err();
    }
    assert!(!is_signed_in_with(&world.browser(), &ann.email).await);
    assert!(is_signed_in_with(&known, &ann.email).await, "a stranger can't lock the owner out");
    // It is known for that account only.
    for _ in 0..5 {
        sign_in(&world.browser(), &bob.email, "wrong").await.unwrap_err();
    }
    assert!(!is_signed_in_with(&known, &bob.email).await);
    // And its own counter locks it, but nobody else.
    world.time_passes(301).await;
    for _ in 0..5 {
        sign_in(&known, &ann.email, "wrong").await.unwrap_err();
    }
    assert!(!is_signed_in_with(&known, &ann.email).await);
    assert!(is_signed_in_with(&world.browser(), &ann.email).await);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn one_network_tries_a_hundred_passwords_whoever_is_meant_and_its_neighbors_are_spared(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    sqlx::query("INSERT INTO throttles (scope, key, failures, window_started_at) VALUES ('password.network', '\\xcb0071', 99, now())")
        .execute(world.owner())
        .await
        .unwrap();
    let from = |address: &str| world.browser().in_network(address);
    // The right one does not count: it is the hundredth, and taken back.
    let known = from("203.0.113.9");
    assert!(is_signed_in_with(&known, &ann.email).await);
    sign_in(&from("203.0.113.10"), "nobody", "wrong").await.unwrap_err();
    assert!(!is_signed_in_with(&from("203.0.113.200"), &ann.email).await);
    assert!(is_signed_in_with(&from("203.0.114.9"), &ann.email).await);
    assert!(is_signed_in_with(&known, &ann.email).await);
    assert_eq!(world.count("audit_events WHERE action = 'session.sign_in_locked' AND difference->>'scope' = 'password.network'").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_twenty_parallel_wrong_passwords_five_are_looked_at(pool: PgPool) {
    let world = World::new(pool).await;
    for _ in 0..3 {
        let ann = world.stranger().await;
        let attempts = (0..20).map(|_| {
            let (browser, email) = (world.browser(), ann.email.clone());
            async move { sign_in(&browser, &email, "wrong").await }
        });
        for answer in all_at_once(attempts).await {
            assert_eq!(refusal(answer), SignInRefusal::Wrong);
        }
        let of_ann = |action: &'static str| {
            let (owner, user) = (world.owner().clone(), ann.user.as_uuid());
            async move {
                let statement = "SELECT count(*) FROM audit_events WHERE action = $1 AND subject_id = $2";
                sqlx::query_scalar::<_, i64>(statement).bind(action).bind(user).fetch_one(&owner).await.unwrap()
            }
        };
        assert_eq!((of_ann("session.sign_in_failed").await, of_ann("session.sign_in_locked").await), (5, 15));
        assert!(!is_signed_in_with(&world.browser(), &ann.email).await);
    }
}
