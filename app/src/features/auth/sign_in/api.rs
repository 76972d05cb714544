//! Calls from the browser.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{SignInForm, SignInProgress};
use super::refusal::SignInRefusal;
use crate::failure::{Failure, NoRefusal};
use crate::values::go_to::GoTo;

/// Signs in.
#[server]
pub async fn sign_in(#[server(default)] form: SignInForm) -> Result<GoTo, Failure<SignInRefusal>> {
    crate::platform::serve(move |request| super::use_cases::sign_in(request, form)).await
}

/// Signs out.
#[server]
pub async fn sign_out() -> Result<GoTo, Failure<NoRefusal>> {
    crate::platform::serve(super::use_cases::sign_out).await
}

/// How far this browser has come with signing in.
#[server]
pub async fn read_sign_in_progress() -> Result<SignInProgress, Failure<NoRefusal>> {
    crate::platform::serve(super::use_cases::read_progress).await
}
