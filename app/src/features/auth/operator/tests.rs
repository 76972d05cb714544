//! The operator's help against a real database.

use sqlx::PgPool;

use super::*;
use crate::features::auth::sign_in;
use crate::features::auth::sign_in::model::SignInForm;
use crate::features::permissions::Role;
use crate::testing::{Browser, PASSWORD, World};

async fn goes_to(browser: &Browser, identifier: &str, password: &str) -> Option<String> {
    let form = SignInForm { identifier: identifier.to_owned(), password: password.to_owned(), next: String::new() };
    browser.does(move |request| sign_in::use_cases::sign_in(request, form)).await.ok().map(|gone_to| gone_to.path)
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn unlocking_lifts_the_locks_of_one_person_and_leaves_its_row(pool: PgPool) {
    let world = World::new(pool).await;
    let (ann, bob) = (world.stranger().await, world.stranger().await);
    let known = world.browser();
    goes_to(&known, &ann.email, PASSWORD).await.unwrap();
    for _ in 0..5 {
        for (browser, person) in [(&world.browser(), &ann), (&known, &ann), (&world.browser(), &bob)] {
            assert_eq!(goes_to(browser, &person.email, "wrong").await, None);
        }
    }
    assert_eq!(goes_to(&world.browser(), &ann.email, PASSWORD).await, None);
    assert!(unlock(&world.state, &format!(" {} ", ann.email.to_uppercase())).await.unwrap());
    assert!(goes_to(&world.browser(), &ann.email, PASSWORD).await.is_some());
    assert!(goes_to(&known, &ann.email, PASSWORD).await.is_some());
    assert_eq!(goes_to(&world.browser(), &bob.email, PASSWORD).await, None);
    assert_eq!(world.count("audit_events WHERE action = 'session.sign_in_unlocked' AND actor_id IS NULL").await, 1);
    assert!(!unlock(&world.state, "nobody").await.unwrap());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn resetting_a_factor_ends_every_session_tells_the_person_and_keeps_the_duty(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    world.another_browser_of(&ada).await;
    world.recovery_codes(&ada, &["7K3QP9XMTR01CDEF"]).await;
    assert!(reset_two_factor(&world.state, &ada.username).await.unwrap());
    assert_eq!((world.count("two_factors").await, world.count("recovery_codes").await, world.count("sessions").await), (1, 0, 1));
    assert_eq!(world.audit_actions().await, ["two_factor.reset"]);
    assert_eq!(world.mails_to(&ada.email).await[0].kind, "two_factor.reset");
    assert_eq!(goes_to(&world.browser(), &ada.email, PASSWORD).await.unwrap(), "/account/two-factor?next=%2F");
    assert_eq!(goes_to(&world.browser(), &bob.email, PASSWORD).await.unwrap(), "/two-factor?next=%2F");
    assert!(!reset_two_factor(&world.state, "nobody").await.unwrap());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_mail_about_a_reset_factor_reads_well(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.member_called("Acme", "Ada", "Lovelace", Role::Administrator).await;
    assert!(reset_two_factor(&world.state, &ada.username).await.unwrap());
    insta::assert_snapshot!("factor_reset", world.newest_mail_to(&ada.email, &["When: "]).await);
}
