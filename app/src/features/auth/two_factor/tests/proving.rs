//! Completing a sign-in.

use sqlx::PgPool;

use super::*;
use crate::features::permissions::Action;
use crate::features::permissions::access::{self, Denied};
use crate::testing::refusal;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn password_and_code_sign_in_and_the_half_sessions_token_is_dead(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let browser = after_password(&world, &ada).await;
    let stolen = browser.copy_of_cookies();
    assert_eq!(progress(&browser).await, SignInProgress::CodeAwaited);
    assert_eq!(verify(&browser, &world.code().await).await.unwrap(), GoTo::page_afresh("/account"));
    assert_ne!(browser.session_token(), stolen.session_token());
    assert_eq!((progress(&browser).await, progress(&stolen).await), (SignInProgress::SignedIn, SignInProgress::Nothing));
    assert_eq!(world.audit_actions().await, ["session.password_accepted", "session.signed_in"]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_half_session_reaches_nothing_but_the_code(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let browser = after_password(&world, &ada).await;
    for action in Action::ALL {
        let working = browser.working().await;
        let mut tx = working.begin().await.unwrap();
        assert!(matches!(access::require(&mut tx, &working, "acme", *action).await, Err(Denied::SignedOut)), "{action:?}");
        assert!(matches!(access::require_alone(&mut tx, &working, "acme", *action).await, Err(Denied::SignedOut)), "{action:?}");
        assert!(matches!(access::signed_in(&mut tx, &working).await, Err(Denied::SignedOut)));
    }
    assert_eq!(browser.does(|request| use_cases::read_own_factor(request, String::new())).await, Err(Failure::SignedOut));
    let somebody = world.stranger().await;
    assert_eq!(turn_on(&browser, &pending(&somebody).await, "123456", PASSWORD).await, Err(Failure::SignedOut));
    assert_eq!(renew(&browser, PASSWORD, &world.code().await).await, Err(Failure::SignedOut));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_code_needs_the_password_first(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let code = world.code().await;
    assert_eq!(verify(&world.browser(), &code).await, Err(Failure::SignedOut));
    assert_eq!(verify(&ada, &code).await, Err(Failure::SignedOut), "a whole session has no use for a code");
    verify(&after_password(&world, &ada).await, &code).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_code_is_accepted_once_and_an_older_one_not_after_it(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let code = world.code().await;
    verify(&after_password(&world, &ada).await, &code).await.unwrap();
    let second = after_password(&world, &ada).await;
    assert_eq!(refusal(verify(&second, &code).await), TwoFactorRefusal::Code(CodeRefusal::UsedCode));
    // As if a later step had been used already.
    sqlx::query("UPDATE two_factors SET last_step = last_step + 2").execute(world.owner()).await.unwrap();
    assert_eq!(refusal(verify(&second, &world.code().await).await), TwoFactorRefusal::Code(CodeRefusal::UsedCode));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_recovery_code_is_accepted_once_however_it_is_typed_and_its_use_is_told(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    world.recovery_codes(&ada, &["7K3QP9XMTR01CDEF", "AAAABBBBCCCCDDDD"]).await;
    recover(&after_password(&world, &ada).await, " 7k3q-p9xm-trol-cdef ").await.unwrap();
    let again = after_password(&world, &ada).await;
    assert_eq!(refusal(recover(&again, "7K3Q-P9XM-TR01-CDEF").await), TwoFactorRefusal::Code(CodeRefusal::WrongRecoveryCode));
    assert_eq!(refusal(verify(&again, "7K3Q-P9XM-TR01-CDEF").await), TwoFactorRefusal::Code(CodeRefusal::NotSixDigits));
    let mails = world.mails_to(&ada.email).await;
    assert_eq!((mails.len(), mails[0].kind.as_str()), (1, "recovery_code.used"));
    assert!(mails[0].plain.contains("Recovery codes left: 1"), "{}", mails[0].plain);
    assert_eq!(
        world.count("audit_events WHERE action = 'session.signed_in' AND difference->>'with' = 'password and recovery code'").await,
        1
    );
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn another_persons_recovery_code_is_worth_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    world.recovery_codes(&bob, &["7K3QP9XMTR01CDEF"]).await;
    // Not even with the row moved to another person: the digest is bound to its owner.
    sqlx::query("UPDATE recovery_codes SET user_id = $1").bind(ada.user.as_uuid()).execute(world.owner()).await.unwrap();
    assert_eq!(
        refusal(recover(&after_password(&world, &ada).await, "7K3QP9XMTR01CDEF").await),
        TwoFactorRefusal::Code(CodeRefusal::WrongRecoveryCode)
    );
}
