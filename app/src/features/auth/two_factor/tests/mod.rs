//! The second factor against a real database.

mod limits;
mod mails;
mod proving;
mod setting_up;

use data_encoding::BASE32_NOPAD;

use super::model::{CodeForm, OwnFactor, PendingFactor, RecoveryCodes, TurnOnForm};
use super::refusal::TwoFactorRefusal;
use super::use_cases;
use crate::failure::Failure;
use crate::features::auth::codes::refusal::CodeRefusal;
use crate::features::auth::sign_in;
use crate::features::auth::sign_in::model::{SignInForm, SignInProgress};
use crate::features::auth::step_up::{PasswordProof, ProofFields, ProofRefusal};
use crate::testing::{Browser, PASSWORD, Person, World};
use crate::values::go_to::GoTo;

/// A browser in which the person has typed the right password.
async fn after_password(world: &World, person: &Person) -> Browser {
    let browser = world.browser();
    let form = SignInForm { identifier: person.email.clone(), password: PASSWORD.to_owned(), next: "/account".to_owned() };
    let gone_to = browser.does(move |request| sign_in::use_cases::sign_in(request, form)).await.unwrap();
    assert_eq!(gone_to.path, "/two-factor?next=%2Faccount");
    browser
}

async fn verify(browser: &Browser, code: &str) -> Result<GoTo, Failure<TwoFactorRefusal>> {
    let form = CodeForm { code: code.to_owned(), next: "/account".to_owned() };
    browser.does(move |request| use_cases::verify_code(request, form)).await
}

async fn recover(browser: &Browser, code: &str) -> Result<GoTo, Failure<TwoFactorRefusal>> {
    let form = CodeForm { code: code.to_owned(), next: "/account".to_owned() };
    browser.does(move |request| use_cases::use_recovery_code(request, form)).await
}

async fn own_factor(browser: &Browser) -> OwnFactor {
    browser.does(|request| use_cases::read_own_factor(request, String::new())).await.unwrap()
}

async fn pending(browser: &Browser) -> PendingFactor {
    match own_factor(browser).await {
        OwnFactor::NotSetUp { pending, .. } => pending,
        OwnFactor::SetUp { .. } => panic!("set up already"),
    }
}

/// The bytes of a secret that is shown in groups.
fn secret_of(pending: &PendingFactor) -> Vec<u8> {
    BASE32_NOPAD.decode(pending.secret.replace(' ', "").as_bytes()).unwrap()
}

async fn turn_on(
    browser: &Browser,
    pending: &PendingFactor,
    code: &str,
    password: &str,
) -> Result<RecoveryCodes, Failure<TwoFactorRefusal>> {
    let form = TurnOnForm { pending: pending.sealed.clone(), code: code.to_owned() };
    let proof = PasswordProof { password: password.to_owned() };
    browser.does(move |request| use_cases::turn_on(request, form, proof)).await
}

async fn renew(browser: &Browser, password: &str, code: &str) -> Result<RecoveryCodes, Failure<TwoFactorRefusal>> {
    let proof = ProofFields { password: password.to_owned(), code: code.to_owned() };
    browser.does(move |request| use_cases::renew_recovery_codes(request, proof)).await
}

async fn progress(browser: &Browser) -> SignInProgress {
    browser.does(sign_in::use_cases::read_progress).await.unwrap()
}

/// Six digits that are not the code of this moment.
fn another_than(code: &str) -> String {
    let first = if code.starts_with('7') { '3' } else { '7' };
    format!("{first}{}", &code[1..])
}
