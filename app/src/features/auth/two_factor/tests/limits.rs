//! Wrong codes, late ones, and many at once.

use sqlx::PgPool;

use super::*;
use crate::testing::{all_at_once, refusal};

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn five_wrong_codes_end_the_half_session(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let browser = after_password(&world, &ada).await;
    let wrong = another_than(&world.code().await);
    for _ in 0..2 {
        assert_eq!(refusal(verify(&browser, &wrong).await), TwoFactorRefusal::Code(CodeRefusal::WrongCode));
        assert_eq!(refusal(recover(&browser, "7K3QP9XMTR01CDEF").await), TwoFactorRefusal::Code(CodeRefusal::WrongRecoveryCode));
    }
    assert_eq!(refusal(verify(&browser, &wrong).await), TwoFactorRefusal::FiveWrongCodes);
    assert_eq!(refusal(verify(&browser, &world.code().await).await), TwoFactorRefusal::FiveWrongCodes);
    assert_eq!(progress(&browser).await, SignInProgress::CodesSpent);
    assert_eq!(world.count("audit_events WHERE action = 'session.sign_in_failed' AND actor_id IS NOT NULL").await, 5);
    // The password opens a new one.
    verify(&after_password(&world, &ada).await, &world.code().await).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_is_no_code_costs_no_attempt(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let browser = after_password(&world, &ada).await;
    for _ in 0..6 {
        assert_eq!(refusal(verify(&browser, "12345").await), TwoFactorRefusal::Code(CodeRefusal::NotSixDigits));
        assert_eq!(refusal(verify(&browser, "").await), TwoFactorRefusal::Code(CodeRefusal::NoCode));
    }
    verify(&browser, &world.code().await).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn ten_wrong_codes_lock_the_account_over_all_sessions_and_both_kinds(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    world.recovery_codes(&ada, &["7K3QP9XMTR01CDEF"]).await;
    let wrong = another_than(&world.code().await);
    for _ in 0..5 {
        let browser = after_password(&world, &ada).await;
        verify(&browser, &wrong).await.unwrap_err();
        recover(&browser, "AAAABBBBCCCCDDDD").await.unwrap_err();
    }
    let browser = after_password(&world, &ada).await;
    assert!(matches!(verify(&browser, &world.code().await).await, Err(Failure::TooManyAttempts { wait_seconds: 200..=300 })));
    assert!(matches!(recover(&browser, "7K3QP9XMTR01CDEF").await, Err(Failure::TooManyAttempts { .. })));
    assert!(matches!(renew(&ada, PASSWORD, &world.code().await).await, Err(Failure::TooManyAttempts { .. })));
    world.time_passes(301).await;
    recover(&browser, "7K3QP9XMTR01CDEF").await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_half_session_waits_ten_minutes(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let browser = after_password(&world, &ada).await;
    sqlx::query("UPDATE sessions SET created_at = now() - interval '600 seconds' WHERE stage = 'password'")
        .execute(world.owner())
        .await
        .unwrap();
    assert_eq!(progress(&browser).await, SignInProgress::Nothing);
    assert_eq!(verify(&browser, &world.code().await).await, Err(Failure::SignedOut));
    sqlx::query("UPDATE sessions SET created_at = now() - interval '590 seconds' WHERE stage = 'password'")
        .execute(world.owner())
        .await
        .unwrap();
    verify(&browser, &world.code().await).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_fifty_parallel_uses_of_one_code_one_succeeds(pool: PgPool) {
    let world = World::new(pool).await;
    for _ in 0..3 {
        let ada = world.administrator_of("Acme").await;
        let mut browsers = Vec::new();
        for _ in 0..10 {
            browsers.push(after_password(&world, &ada).await);
        }
        let code = world.code().await;
        let uses = (0..50).map(|number| {
            let (browser, code) = (browsers[number % 10].copy_of_cookies(), code.clone());
            async move { verify(&browser, &code).await }
        });
        let answers = all_at_once(uses).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        assert!(!answers.iter().any(|answer| matches!(answer, Err(Failure::Internal(_) | Failure::Unavailable))), "{answers:?}");
        let whole: i64 = sqlx::query_scalar("SELECT count(*) FROM sessions WHERE user_id = $1 AND stage = 'full'")
            .bind(ada.user.as_uuid())
            .fetch_one(world.owner())
            .await
            .unwrap();
        assert_eq!(whole, 2);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_fifty_parallel_uses_of_one_recovery_code_one_succeeds(pool: PgPool) {
    let world = World::new(pool).await;
    for _ in 0..3 {
        let ada = world.administrator_of("Acme").await;
        world.recovery_codes(&ada, &["7K3QP9XMTR01CDEF", "AAAABBBBCCCCDDDD"]).await;
        let mut browsers = Vec::new();
        for _ in 0..10 {
            browsers.push(after_password(&world, &ada).await);
        }
        let uses = (0..50).map(|number| {
            let browser = browsers[number % 10].copy_of_cookies();
            async move { recover(&browser, "7K3QP9XMTR01CDEF").await }
        });
        let answers = all_at_once(uses).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        assert!(!answers.iter().any(|answer| matches!(answer, Err(Failure::Internal(_) | Failure::Unavailable))), "{answers:?}");
        assert_eq!(world.mails_to(&ada.email).await.len(), 1);
    }
}
