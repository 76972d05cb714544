//! What the page of a set-up link asks the server.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{SetUpForm, SetUpLink};
use super::refusal::SetUpRefusal;
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::registration::model::RegistrationFields;
use crate::values::go_to::GoTo;

/// What a set-up link still is good for. Changes nothing.
#[server]
pub async fn read_set_up_link(#[server(default)] token: String) -> Result<SetUpLink, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::read_link(request, token)).await
}

/// Creates the first account and its organization.
#[server]
pub async fn set_up_installation(
    #[server(default)] form: SetUpForm,
    #[server(default)] registration: RegistrationFields,
) -> Result<GoTo, Failure<SetUpRefusal>> {
    crate::platform::serve(move |request| super::use_cases::set_up(request, form, registration)).await
}
