//! What the invited ask and do.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{LinkMessageForm, LinkMessageSent, LinkPage, LinkRenewed, TokenForm, WaitingForm};
use super::refusal::{AcceptRefusal, LinkMessageRefusal};
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::registration::model::RegistrationFields;
use crate::values::go_to::GoTo;

/// What the page of a link shows. Changes nothing.
#[server]
pub async fn read_link_page(#[server(default)] token: String) -> Result<LinkPage, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::read_link_page(request, token)).await
}

/// Creates the account of somebody who was invited, who thereby accepts.
#[server]
pub async fn complete_registration(
    #[server(default)] form: TokenForm,
    #[server(default)] registration: RegistrationFields,
) -> Result<GoTo, Failure<AcceptRefusal>> {
    crate::platform::serve(move |request| super::use_cases::complete_registration(request, form, registration)).await
}

/// Accepts with the account that is signed in.
#[server]
pub async fn accept_invitation(#[server(default)] form: TokenForm) -> Result<GoTo, Failure<AcceptRefusal>> {
    crate::platform::serve(move |request| super::use_cases::accept_by_link(request, form)).await
}

/// Declines; the inviting person is told.
#[server]
pub async fn decline_invitation(#[server(default)] form: TokenForm) -> Result<GoTo, Failure<AcceptRefusal>> {
    crate::platform::serve(move |request| super::use_cases::decline_by_link(request, form)).await
}

/// Mails a new link to the same address. Answers the same whether or not one was sent.
#[server]
pub async fn renew_link(#[server(default)] form: TokenForm) -> Result<LinkRenewed, Failure<AcceptRefusal>> {
    crate::platform::serve(move |request| super::use_cases::renew_link(request, form)).await
}

/// Writes to the administrators about an invitation that leads nowhere any more.
#[server]
pub async fn write_about_invitation(#[server(default)] form: LinkMessageForm) -> Result<LinkMessageSent, Failure<LinkMessageRefusal>> {
    crate::platform::serve(move |request| super::use_cases::write_about_invitation(request, form)).await
}

/// Signs out and keeps the link.
#[server]
pub async fn switch_account(#[server(default)] form: TokenForm) -> Result<GoTo, Failure<AcceptRefusal>> {
    crate::platform::serve(move |request| super::use_cases::switch_account(request, form)).await
}

/// Accepts an invitation that waits for the signed-in person.
#[server]
pub async fn accept_waiting_invitation(#[server(default)] form: WaitingForm) -> Result<GoTo, Failure<AcceptRefusal>> {
    crate::platform::serve(move |request| super::use_cases::accept_waiting(request, form)).await
}

/// Declines an invitation that waits for the signed-in person.
#[server]
pub async fn decline_waiting_invitation(#[server(default)] form: WaitingForm) -> Result<GoTo, Failure<AcceptRefusal>> {
    crate::platform::serve(move |request| super::use_cases::decline_waiting(request, form)).await
}
