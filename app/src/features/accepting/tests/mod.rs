//! What the invited do, against a real database.

mod answering;
mod completing;
mod links;
mod mails;
mod races;
mod renewing;
mod secrets;

use super::model::{LinkMessageForm, LinkMessageSent, LinkPage, LinkRenewed, TokenForm, WaitingForm, WaitingInvitation};
use super::refusal::{AcceptRefusal, LinkMessageRefusal};
use super::use_cases;
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::registration::model::RegistrationFields;
use crate::features::home;
use crate::features::invitations;
use crate::features::invitations::model::{InviteForm, InviteOutcome};
use crate::features::invitations::refusal::InvitationRefusal;
use crate::features::invitations::tests::{cancel, invite, invite_as, invited, outcomes, send_again};
use crate::testing::{Browser, PASSWORD, World};
use crate::values::go_to::GoTo;
use crate::values::ids::MembershipId;

pub(crate) async fn look_at(browser: &Browser, token: &str) -> LinkPage {
    let token = token.to_owned();
    browser.does(move |request| use_cases::read_link_page(request, token)).await.unwrap()
}

/// What is typed on the page of a link.
#[derive(Clone)]
pub(crate) struct Completion {
    token: String,
    registration: RegistrationFields,
}

impl Completion {
    fn with(mut self, change: impl FnOnce(&mut RegistrationFields)) -> Self {
        change(&mut self.registration);
        self
    }
}

/// What somebody called Ann Smith types.
pub(crate) fn complete_form(token: &str) -> Completion {
    let registration = RegistrationFields {
        first_name: "Ann".to_owned(),
        last_name: "Smith".to_owned(),
        automatic_username: "on".to_owned(),
        password: PASSWORD.to_owned(),
        ..RegistrationFields::default()
    };
    Completion { token: token.to_owned(), registration }
}

pub(crate) async fn complete(browser: &Browser, completion: Completion) -> Result<GoTo, Failure<AcceptRefusal>> {
    let form = TokenForm { token: completion.token };
    browser.does(move |request| use_cases::complete_registration(request, form, completion.registration)).await
}

async fn accept(browser: &Browser, token: &str) -> Result<GoTo, Failure<AcceptRefusal>> {
    let form = TokenForm { token: token.to_owned() };
    browser.does(move |request| use_cases::accept_by_link(request, form)).await
}

async fn accept_in_app(browser: &Browser, member: MembershipId) -> Result<GoTo, Failure<AcceptRefusal>> {
    browser.does(move |request| use_cases::accept_waiting(request, waiting_row(member))).await
}

async fn decline(browser: &Browser, token: &str) -> Result<GoTo, Failure<AcceptRefusal>> {
    let form = TokenForm { token: token.to_owned() };
    browser.does(move |request| use_cases::decline_by_link(request, form)).await
}

async fn renew(browser: &Browser, token: &str) -> Result<LinkRenewed, Failure<AcceptRefusal>> {
    let form = TokenForm { token: token.to_owned() };
    browser.does(move |request| use_cases::renew_link(request, form)).await
}

async fn write(browser: &Browser, token: &str, message: &str) -> Result<LinkMessageSent, Failure<LinkMessageRefusal>> {
    let form = LinkMessageForm { token: token.to_owned(), message: message.to_owned() };
    browser.does(move |request| use_cases::write_about_invitation(request, form)).await
}

async fn waiting(browser: &Browser) -> Result<Vec<WaitingInvitation>, Failure<NoRefusal>> {
    browser.does(home::use_cases::read_home).await.map(|home| home.invitations)
}

fn waiting_row(member: MembershipId) -> WaitingForm {
    WaitingForm { member: member.to_string() }
}
