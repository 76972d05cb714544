//! What the pages of invitations ask and do.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{
    CancelForm, CancellationPreview, CompleteForm, InvitationDone, InvitationForm, InviteForm, InvitePage, InviteResults, LinkMessageForm,
    LinkMessageSent, LinkPage, LinkRenewed, TokenForm, WaitingInvitations,
};
use super::refusal::{InvitationRefusal, InviteRefusal, JoinRefusal, LinkMessageRefusal};
use crate::failure::{Failure, NoRefusal};
use crate::values::go_to::GoTo;

/// What the invite page offers.
#[server]
pub async fn read_invite_page(#[server(default)] organization: String) -> Result<InvitePage, Failure<NoRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::read_invite_page(request, organization)).await)
}

/// Invites people; each address gets its own outcome.
#[server]
pub async fn invite_members(
    #[server(default)] organization: String,
    #[server(default)] form: InviteForm,
) -> Result<InviteResults, Failure<InviteRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::invite(request, organization, form)).await)
}

/// Mails a new link; the former one is dead.
#[server]
pub async fn send_invitation_again(
    #[server(default)] organization: String,
    #[server(default)] form: InvitationForm,
) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::send_again(request, organization, form)).await)
}

/// What cancelling an invitation would mean.
#[server]
pub async fn preview_cancellation(
    #[server(default)] organization: String,
    #[server(default)] member: String,
) -> Result<CancellationPreview, Failure<NoRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(
        request.to_completion(move |request| super::use_cases::preview_cancellation(request, organization, member)).await,
    )
}

/// Stops somebody from joining: every link is dead at once.
#[server]
pub async fn cancel_invitation(
    #[server(default)] organization: String,
    #[server(default)] form: CancelForm,
) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::cancel(request, organization, form)).await)
}

/// What the page of a link shows. Changes nothing.
#[server]
pub async fn read_link_page(#[server(default)] token: String) -> Result<LinkPage, Failure<NoRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::read_link_page(request, token)).await)
}

/// Creates the account of somebody who was invited, and joins the organization.
#[server]
pub async fn complete_registration(#[server(default)] form: CompleteForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::complete_registration(request, form)).await)
}

/// Joins the organization with the account that is signed in.
#[server]
pub async fn accept_invitation(#[server(default)] form: TokenForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::accept_by_link(request, form)).await)
}

/// Declines; the inviting person is told.
#[server]
pub async fn decline_invitation(#[server(default)] form: TokenForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::decline_by_link(request, form)).await)
}

/// Mails a new link to the same address. Answers the same whether or not one was sent.
#[server]
pub async fn renew_link(#[server(default)] form: TokenForm) -> Result<LinkRenewed, Failure<JoinRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::renew_link(request, form)).await)
}

/// Writes to the administrators about an invitation that leads nowhere any more.
#[server]
pub async fn write_about_invitation(#[server(default)] form: LinkMessageForm) -> Result<LinkMessageSent, Failure<LinkMessageRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::write_about_invitation(request, form)).await)
}

/// Signs out and keeps the link.
#[server]
pub async fn switch_account(#[server(default)] form: TokenForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::switch_account(request, form)).await)
}

/// The invitations that wait for the signed-in person, whose address is proved.
#[server]
pub async fn list_waiting_invitations() -> Result<WaitingInvitations, Failure<NoRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(super::use_cases::list_waiting).await)
}

/// Joins the organization of an invitation that waits for the signed-in person.
#[server]
pub async fn accept_waiting_invitation(#[server(default)] form: InvitationForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::accept_waiting(request, form)).await)
}

/// Declines an invitation that waits for the signed-in person.
#[server]
pub async fn decline_waiting_invitation(#[server(default)] form: InvitationForm) -> Result<GoTo, Failure<JoinRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::decline_waiting(request, form)).await)
}
