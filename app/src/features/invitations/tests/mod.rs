//! Use cases of invitations against a real database.

mod answering;
mod inviting;
mod joining;
mod links;
mod mails;
mod races;
mod renewing;
mod secrets;
mod strangers;

use super::model::{
    CancelForm, CompleteForm, InvitationDone, InvitationForm, InviteForm, InviteOutcome, InviteResults, LinkMessageForm, LinkMessageSent,
    LinkPage, LinkRenewed, TokenForm, WaitingInvitations,
};
use super::refusal::{InvitationRefusal, InviteRefusal, JoinRefusal, LinkMessageRefusal};
use super::use_cases;
use crate::failure::{Failure, NoRefusal};
use crate::testing::{Browser, PASSWORD, Person, World};
use crate::values::go_to::GoTo;
use crate::values::ids::MembershipId;

/// Invites these addresses to Acme as users.
async fn invite(administrator: &Person, emails: &str) -> InviteResults {
    invite_as(administrator, "acme", emails, "user").await.unwrap()
}

async fn invite_as(inviter: &Browser, organization: &str, emails: &str, role: &str) -> Result<InviteResults, Failure<InviteRefusal>> {
    let form = InviteForm { emails: emails.to_owned(), role: role.to_owned(), ..InviteForm::default() };
    let organization = organization.to_owned();
    inviter.does(move |request| use_cases::invite(request, organization, form)).await
}

/// Invites one address to Acme and gives the token of its link.
async fn invited(world: &World, administrator: &Person, email: &str) -> String {
    let results = invite(administrator, email).await;
    assert!(matches!(results.results[0].outcome, InviteOutcome::Invited { .. }), "{results:?}");
    world.link_in_mail_to(email).await
}

fn outcomes(results: InviteResults) -> Vec<InviteOutcome> {
    results.results.into_iter().map(|result| result.outcome).collect()
}

async fn look_at(browser: &Browser, token: &str) -> LinkPage {
    let token = token.to_owned();
    browser.does(move |request| use_cases::read_link_page(request, token)).await.unwrap()
}

/// What somebody called Ann Smith types.
fn complete_form(token: &str) -> CompleteForm {
    CompleteForm {
        token: token.to_owned(),
        first_name: "Ann".to_owned(),
        last_name: "Smith".to_owned(),
        automatic_username: "on".to_owned(),
        password: PASSWORD.to_owned(),
        ..CompleteForm::default()
    }
}

async fn complete(browser: &Browser, form: CompleteForm) -> Result<GoTo, Failure<JoinRefusal>> {
    browser.does(move |request| use_cases::complete_registration(request, form)).await
}

async fn accept(browser: &Browser, token: &str) -> Result<GoTo, Failure<JoinRefusal>> {
    let form = TokenForm { token: token.to_owned() };
    browser.does(move |request| use_cases::accept_by_link(request, form)).await
}

async fn accept_in_app(browser: &Browser, member: MembershipId) -> Result<GoTo, Failure<JoinRefusal>> {
    browser.does(move |request| use_cases::accept_waiting(request, row(member))).await
}

async fn decline(browser: &Browser, token: &str) -> Result<GoTo, Failure<JoinRefusal>> {
    let form = TokenForm { token: token.to_owned() };
    browser.does(move |request| use_cases::decline_by_link(request, form)).await
}

async fn renew(browser: &Browser, token: &str) -> Result<LinkRenewed, Failure<JoinRefusal>> {
    let form = TokenForm { token: token.to_owned() };
    browser.does(move |request| use_cases::renew_link(request, form)).await
}

async fn send_again(administrator: &Browser, member: MembershipId) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    administrator.does(move |request| use_cases::send_again(request, "acme".to_owned(), row(member))).await
}

async fn cancel(administrator: &Browser, member: MembershipId) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    administrator.does(move |request| use_cases::cancel(request, "acme".to_owned(), cancellation(member))).await
}

async fn write(browser: &Browser, token: &str, message: &str) -> Result<LinkMessageSent, Failure<LinkMessageRefusal>> {
    let form = LinkMessageForm { token: token.to_owned(), message: message.to_owned() };
    browser.does(move |request| use_cases::write_about_invitation(request, form)).await
}

async fn waiting(browser: &Browser) -> Result<WaitingInvitations, Failure<NoRefusal>> {
    browser.does(use_cases::list_waiting).await
}

fn cancellation(member: MembershipId) -> CancelForm {
    CancelForm { member: member.to_string(), ..CancelForm::default() }
}

fn row(member: MembershipId) -> InvitationForm {
    InvitationForm { member: member.to_string() }
}
