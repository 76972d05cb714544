//! Signing in and out against a real database.

mod entering;
mod locking;

use super::model::{SignInForm, SignInProgress};
use super::refusal::SignInRefusal;
use super::use_cases;
use crate::failure::Failure;
use crate::testing::{Browser, PASSWORD};
use crate::values::go_to::GoTo;

async fn sign_in(browser: &Browser, identifier: &str, password: &str) -> Result<GoTo, Failure<SignInRefusal>> {
    sign_in_then(browser, identifier, password, "").await
}

async fn sign_in_then(browser: &Browser, identifier: &str, password: &str, next: &str) -> Result<GoTo, Failure<SignInRefusal>> {
    let form = SignInForm { identifier: identifier.to_owned(), password: password.to_owned(), next: next.to_owned() };
    browser.does(move |request| use_cases::sign_in(request, form)).await
}

async fn progress(browser: &Browser) -> SignInProgress {
    browser.does(use_cases::read_progress).await.unwrap()
}

async fn is_signed_in_with(browser: &Browser, identifier: &str) -> bool {
    sign_in(browser, identifier, PASSWORD).await.is_ok()
}
