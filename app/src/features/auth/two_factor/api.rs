//! Calls from the browser.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{CodeForm, OwnFactor, RecoveryCodes, TurnOnForm};
use super::refusal::TwoFactorRefusal;
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::step_up::{PasswordProof, ProofFields};
use crate::values::go_to::GoTo;

/// Completes signing in with a code of the app.
#[server]
pub async fn verify_code(#[server(default)] form: CodeForm) -> Result<GoTo, Failure<TwoFactorRefusal>> {
    crate::platform::serve(move |request| super::use_cases::verify_code(request, form)).await
}

/// Completes signing in with a recovery code.
#[server]
pub async fn use_recovery_code(#[server(default)] form: CodeForm) -> Result<GoTo, Failure<TwoFactorRefusal>> {
    crate::platform::serve(move |request| super::use_cases::use_recovery_code(request, form)).await
}

/// The own second factor; without one, a secret that could become it: the one that `pending` seals, else a fresh one.
#[server]
pub async fn read_own_factor(#[server(default)] pending: String) -> Result<OwnFactor, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::read_own_factor(request, pending)).await
}

/// Turns the second factor on and gives the recovery codes.
#[server]
pub async fn turn_on_two_factor(
    #[server(default)] form: TurnOnForm,
    #[server(default)] proof: PasswordProof,
) -> Result<RecoveryCodes, Failure<TwoFactorRefusal>> {
    crate::platform::serve(move |request| super::use_cases::turn_on(request, form, proof)).await
}

/// Replaces the recovery codes.
#[server]
pub async fn renew_recovery_codes(#[server(default)] proof: ProofFields) -> Result<RecoveryCodes, Failure<TwoFactorRefusal>> {
    crate::platform::serve(move |request| super::use_cases::renew_recovery_codes(request, proof)).await
}
