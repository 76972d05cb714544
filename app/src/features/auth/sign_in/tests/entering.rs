//! The right password, the wrong one, and leaving.

use std::time::Duration;

use sqlx::PgPool;

use super::*;
use crate::features::permissions::Role;
use crate::testing::{Person, World, refusal, refusals};

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_right_password_signs_in_by_username_or_address_in_any_case(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.account_with("Ann@Example.org").await;
    for identifier in [&ann.username, &ann.username.to_uppercase(), "ann@example.org", "ANN@EXAMPLE.ORG", "  Ann@example.org "] {
        let browser = world.browser();
        assert_eq!(sign_in(&browser, identifier, PASSWORD).await.unwrap(), GoTo::page_afresh("/"), "{identifier}");
        assert_eq!(progress(&browser).await, SignInProgress::SignedIn);
    }
    assert_eq!(world.audit_actions().await, ["session.signed_in"; 5]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_wrong_password_and_an_unknown_name_share_one_answer_and_each_leaves_its_row(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.account_with("ann@example.org").await;
    let long = "x".repeat(2_000);
    for (identifier, password) in [
        (ann.username.as_str(), "violet kettle marches North"),
        (ann.username.as_str(), " violet kettle marches north"),
        (ann.username.as_str(), long.as_str()),
        ("nobody", PASSWORD),
        ("nobody@example.org", PASSWORD),
        (long.as_str(), PASSWORD),
        ("ann\0", PASSWORD),
    ] {
        let browser = world.browser();
        assert_eq!(refusal(sign_in(&browser, identifier, password).await), SignInRefusal::Wrong);
        assert_eq!((browser.session_token(), progress(&browser).await), (None, SignInProgress::Nothing));
    }
    assert_eq!(world.audit_actions().await, ["session.sign_in_failed"; 7]);
    assert_eq!(
        world.count("audit_events WHERE difference->>'because' = 'password' AND subject_id IS NOT NULL AND actor_id IS NULL").await,
        3
    );
    assert_eq!(world.count("audit_events WHERE difference->>'because' = 'name' AND subject_id IS NULL").await, 4);
    assert_eq!(world.count("sessions").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn empty_inputs_are_named_and_count_for_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    assert_eq!(refusals(sign_in(&world.browser(), " ", "").await), [SignInRefusal::NoIdentifier, SignInRefusal::NoPassword]);
    assert_eq!(world.count("throttles").await, 0);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn one_goes_on_to_the_own_page_that_was_asked_for_and_nowhere_else(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    for (next, expected) in [
        ("/organizations/acme/members", "/organizations/acme/members"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
    ] {
        assert_eq!(sign_in_then(&world.browser(), &ann.email, PASSWORD, next).await.unwrap().path, expected);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whoever_holds_something_sensitive_without_a_factor_is_led_to_setting_one_up(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    world.remove_factor(&ada).await;
    let gone_to = sign_in_then(&world.browser(), &ada.email, PASSWORD, "/organizations/acme").await.unwrap();
    assert_eq!(gone_to.path, "/account/two-factor?next=%2Forganizations%2Facme");
    let bob = world.member("Acme", Role::User).await;
    let register = world.application("Acme", "Register", &[("See pupil-level data", true)]).await;
    assert_eq!(sign_in(&world.browser(), &bob.email, PASSWORD).await.unwrap().path, "/");
    world.grant(&bob, register, 1).await;
    assert_eq!(sign_in(&world.browser(), &bob.email, PASSWORD).await.unwrap().path, "/account/two-factor?next=%2F");
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_token_from_before_signing_in_is_worth_nothing_afterwards(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    let stolen = ann.copy_of_cookies();
    sign_in(&ann, &ann.email, PASSWORD).await.unwrap();
    assert_ne!(ann.session_token(), stolen.session_token());
    assert_eq!((progress(&ann).await, progress(&stolen).await), (SignInProgress::SignedIn, SignInProgress::Nothing));
    assert_eq!(world.count("sessions").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn signing_out_ends_the_session_on_the_server(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    let stolen = ann.copy_of_cookies();
    assert_eq!(ann.does(use_cases::sign_out).await.unwrap(), GoTo::page_afresh("/sign-in"));
    assert_eq!((progress(&ann).await, progress(&stolen).await), (SignInProgress::Nothing, SignInProgress::Nothing));
    assert_eq!((ann.session_token(), world.audit_actions().await), (None, vec!["session.signed_out".to_owned()]));
    // Once more, with a session that has ended: no mistake, and nothing to record.
    stolen.does(use_cases::sign_out).await.unwrap();
    assert_eq!(world.audit_actions().await.len(), 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_hash_with_older_parameters_is_renewed_at_the_next_sign_in(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    sqlx::query("UPDATE users SET password_hash = $1").bind(outdated_hash()).execute(world.owner()).await.unwrap();
    sign_in(&world.browser(), &ann.email, PASSWORD).await.unwrap();
    assert_eq!(world.count("users WHERE password_hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'").await, 1);
    assert_eq!(progress(&ann).await, SignInProgress::SignedIn, "the other session is not touched");
    sign_in(&world.browser(), &ann.email, PASSWORD).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_two_who_sign_in_and_renew_the_hash_at_the_same_time_neither_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    sqlx::query("UPDATE users SET password_hash = $1").bind(outdated_hash()).execute(world.owner()).await.unwrap();
    let renewed = world.state.passwords.hash(PASSWORD, &world.state.randomness).await.unwrap().unwrap();
    assert_eq!(sign_in_while_the_hash_becomes(&world, &ann, &renewed).await.unwrap(), GoTo::page_afresh("/"));
    let stored: String = sqlx::query_scalar("SELECT password_hash FROM users").fetch_one(world.owner()).await.unwrap();
    assert_eq!(stored, renewed, "it is renewed once");
    assert_eq!(world.audit_actions().await, ["session.signed_in"]);
    assert_eq!(world.count("throttles WHERE failures > 0").await, 0);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_password_that_is_changed_while_somebody_signs_in_with_the_former_one_lets_nobody_in(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    let changed = world.state.passwords.hash("seven lanterns over the harbour", &world.state.randomness).await.unwrap().unwrap();
    assert_eq!(refusal(sign_in_while_the_hash_becomes(&world, &ann, &changed).await), SignInRefusal::Wrong);
    assert_eq!(
        world.count("audit_events WHERE action = 'session.sign_in_failed' AND difference->>'because' = 'password_changed'").await,
        1
    );
    assert_eq!((world.audit_actions().await.len(), world.count("sessions").await), (1, 1));
}

/// Signs in, and has the stored hash replaced after the password was compared with the former one.
async fn sign_in_while_the_hash_becomes(world: &World, person: &Person, hash: &str) -> Result<GoTo, Failure<SignInRefusal>> {
    let mut replacing = world.owner().begin().await.unwrap();
    sqlx::query("UPDATE users SET password_hash = $1 WHERE id = $2")
        .bind(hash)
        .bind(person.user.as_uuid())
        .execute(&mut *replacing)
        .await
        .unwrap();
    let (browser, email) = (world.browser(), person.email.clone());
    let signing_in = tokio::spawn(async move { sign_in(&browser, &email, PASSWORD).await });
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while !signing_in.is_finished() && world.number(waiting).await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    replacing.commit().await.unwrap();
    signing_in.await.unwrap()
}

/// A hash of everybody's password with older parameters.
fn outdated_hash() -> String {
    let mut hash = [0_u8; 32];
    let weak =
        argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, argon2::Params::new(8_192, 1, 1, Some(32)).unwrap());
    weak.hash_password_into(PASSWORD.as_bytes(), &[1; 16], &mut hash).unwrap();
    let encode = |bytes: &[u8]| data_encoding::BASE64_NOPAD.encode(bytes);
    format!("$argon2id$v=19$m=8192,t=1,p=1${}${}", encode(&[1; 16]), encode(&hash))
}
