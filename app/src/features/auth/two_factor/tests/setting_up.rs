//! Turning the factor on, and new recovery codes.

use data_encoding::HEXLOWER;
use sqlx::PgPool;

use super::*;
use crate::features::permissions::Action;
use crate::features::permissions::access::{self, Denied};
use crate::testing::refusal;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_first_right_code_turns_the_factor_on_and_opens_what_was_shut(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    world.remove_factor(&ada).await;
    let before = world.everything_stored().await;
    assert!(matches!(own_factor(&ada).await, OwnFactor::NotSetUp { is_owed: true, asks_password: false, .. }));
    let pending = pending(&ada).await;
    assert_eq!(world.everything_stored().await, before, "looking at the page writes nothing");

    let code = world.code_of(&secret_of(&pending)).await;
    assert_eq!(refusal(turn_on(&ada, &pending, &another_than(&code), "").await), TwoFactorRefusal::Code(CodeRefusal::WrongCode));
    let stolen = ada.copy_of_cookies();
    let RecoveryCodes { codes } = turn_on(&ada, &pending, &code, "").await.unwrap();
    assert_eq!((codes.len(), progress(&stolen).await), (10, SignInProgress::Nothing));
    assert!(matches!(own_factor(&ada).await, OwnFactor::SetUp { unused_recovery_codes: 10, .. }));
    let working = ada.working().await;
    let mut tx = working.begin().await.unwrap();
    assert!(access::require(&mut tx, &working, "acme", Action::SeeMembers).await.is_ok());
    drop(tx);

    assert_eq!(world.audit_actions().await, ["two_factor.set_up"]);
    assert_eq!(world.mails_to(&ada.email).await[0].kind, "two_factor.set_up");
    // The code that turned it on is used up.
    assert_eq!(refusal(verify(&after_password(&world, &ada).await, &code).await), TwoFactorRefusal::Code(CodeRefusal::UsedCode));
    recover(&after_password(&world, &ada).await, &codes[9]).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn neither_the_secret_nor_a_recovery_code_is_stored_as_it_is(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    let pending = pending(&ann).await;
    let secret = secret_of(&pending);
    let RecoveryCodes { codes } = turn_on(&ann, &pending, &world.code_of(&secret).await, "").await.unwrap();
    for (table, rows) in world.everything_stored().await {
        for code in &codes {
            let bare = code.replace('-', "");
            for written in [code.clone(), HEXLOWER.encode(bare.as_bytes()), bare] {
                assert!(!rows.contains(&written), "{table}");
            }
        }
        for written in [HEXLOWER.encode(&secret), BASE32_NOPAD.encode(&secret), pending.secret.clone()] {
            assert!(!rows.contains(&written), "{table}");
        }
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_proof_older_than_five_minutes_asks_for_the_password(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    let pending = pending(&ann).await;
    let code = world.code_of(&secret_of(&pending)).await;
    sqlx::query("UPDATE sessions SET proved_at = now() - interval '300 seconds'").execute(world.owner()).await.unwrap();
    assert!(matches!(own_factor(&ann).await, OwnFactor::NotSetUp { is_owed: false, asks_password: true, .. }));
    assert_eq!(refusal(turn_on(&ann, &pending, &code, "").await), TwoFactorRefusal::Proof(ProofRefusal::NoPassword));
    assert_eq!(refusal(turn_on(&ann, &pending, &code, "wrong").await), TwoFactorRefusal::Proof(ProofRefusal::WrongPassword));
    assert_eq!(world.count("two_factors").await, 0);
    turn_on(&ann, &pending, &code, PASSWORD).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn asking_for_the_password_again_shares_the_counter_of_signing_in(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    let pending = pending(&ann).await;
    let code = world.code_of(&secret_of(&pending)).await;
    sqlx::query("UPDATE sessions SET proved_at = now() - interval '1 hour'").execute(world.owner()).await.unwrap();
    for _ in 0..5 {
        assert_eq!(refusal(turn_on(&ann, &pending, &code, "wrong").await), TwoFactorRefusal::Proof(ProofRefusal::WrongPassword));
    }
    assert_eq!(refusal(turn_on(&ann, &pending, &code, PASSWORD).await), TwoFactorRefusal::Proof(ProofRefusal::WrongPassword));
    let form = SignInForm { identifier: ann.email.clone(), password: PASSWORD.to_owned(), next: String::new() };
    assert!(world.browser().does(move |request| sign_in::use_cases::sign_in(request, form)).await.is_err());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_secret_of_somebody_else_or_of_the_table_is_no_pending_one(pool: PgPool) {
    let world = World::new(pool).await;
    let (ann, bob) = (world.stranger().await, world.stranger().await);
    let foreign = pending(&bob).await;
    let code = world.code_of(&secret_of(&foreign)).await;
    assert_eq!(refusal(turn_on(&ann, &foreign, &code, "").await), TwoFactorRefusal::PendingExpired);
    let ada = world.administrator_of("Acme").await;
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT sealed_secret FROM two_factors").fetch_one(world.owner()).await.unwrap();
    world.remove_factor(&ada).await;
    let of_table = PendingFactor { sealed: data_encoding::BASE64URL_NOPAD.encode(&sealed), ..foreign };
    assert_eq!(refusal(turn_on(&ada, &of_table, &world.code().await, "").await), TwoFactorRefusal::PendingExpired);
    assert_eq!(world.count("two_factors").await, 0);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_factor_is_not_replaced_by_setting_up_another(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    let (first, second) = (pending(&ann).await, pending(&ann).await);
    turn_on(&ann, &first, &world.code_of(&secret_of(&first)).await, "").await.unwrap();
    assert_eq!(refusal(turn_on(&ann, &second, &world.code_of(&secret_of(&second)).await, "").await), TwoFactorRefusal::AlreadySetUp);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn new_recovery_codes_ask_for_password_and_code_and_end_the_former(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    world.recovery_codes(&ada, &["7K3QP9XMTR01CDEF"]).await;
    let code = world.code().await;
    assert_eq!(refusal(renew(&ada, "", &code).await), TwoFactorRefusal::Proof(ProofRefusal::NoPassword));
    assert_eq!(refusal(renew(&ada, "wrong", &code).await), TwoFactorRefusal::Proof(ProofRefusal::WrongPassword));
    assert_eq!(refusal(renew(&ada, PASSWORD, "").await), TwoFactorRefusal::Proof(CodeRefusal::NoCode.into()));
    assert_eq!(refusal(renew(&ada, PASSWORD, &another_than(&code)).await), TwoFactorRefusal::Proof(CodeRefusal::WrongCode.into()));
    let RecoveryCodes { codes } = renew(&ada, PASSWORD, &code).await.unwrap();
    assert_eq!(refusal(renew(&ada, PASSWORD, &code).await), TwoFactorRefusal::Proof(CodeRefusal::UsedCode.into()));

    let browser = after_password(&world, &ada).await;
    assert_eq!(refusal(recover(&browser, "7K3QP9XMTR01CDEF").await), TwoFactorRefusal::Code(CodeRefusal::WrongRecoveryCode));
    recover(&browser, &codes[0]).await.unwrap();
    assert_eq!(
        world.mails_to(&ada.email).await.iter().map(|mail| mail.kind.as_str()).collect::<Vec<_>>(),
        ["recovery_codes.renewed", "recovery_code.used"]
    );
    assert_eq!(world.count("audit_events WHERE action = 'recovery_codes.renewed'").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn without_a_factor_there_are_no_recovery_codes(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    assert_eq!(refusal(renew(&ann, PASSWORD, "123456").await), TwoFactorRefusal::NotSetUp);
    let working = ann.working().await;
    let mut tx = working.begin().await.unwrap();
    assert!(!matches!(access::signed_in(&mut tx, &working).await, Err(Denied::SignedOut)));
}
