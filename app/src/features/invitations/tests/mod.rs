//! Use cases of invitations against a real database.

mod inviting;
mod offering;
mod strangers;

use super::model::{CancelForm, InvitationDone, InvitationForm, InviteForm, InviteOutcome, InviteResults};
use super::refusal::{InvitationRefusal, InviteRefusal};
use super::use_cases;
use crate::failure::{Failure, NoRefusal};
use crate::features::accepting::model::LinkPage;
use crate::features::accepting::tests::{complete, complete_form, look_at};
use crate::features::auth::step_up::ProofFields;
use crate::testing::{Browser, PASSWORD, Person, World};
use crate::values::go_to::GoTo;
use crate::values::ids::MembershipId;

/// Invites these addresses to Acme as users.
pub(crate) async fn invite(administrator: &Person, emails: &str) -> InviteResults {
    invite_as(administrator, "acme", emails, "user").await.unwrap()
}

pub(crate) async fn invite_as(
    inviter: &Browser,
    organization: &str,
    emails: &str,
    role: &str,
) -> Result<InviteResults, Failure<InviteRefusal>> {
    let form = InviteForm { emails: emails.to_owned(), role: role.to_owned(), ..InviteForm::default() };
    let organization = organization.to_owned();
    inviter.does(move |request| use_cases::invite(request, organization, form, ProofFields::default())).await
}

/// Invites one address to Acme and gives the token of its link.
pub(crate) async fn invited(world: &World, administrator: &Person, email: &str) -> String {
    let results = invite(administrator, email).await;
    assert!(matches!(results.results[0].outcome, InviteOutcome::Invited { .. }), "{results:?}");
    world.link_in_mail_to(email).await
}

pub(crate) fn outcomes(results: InviteResults) -> Vec<InviteOutcome> {
    results.results.into_iter().map(|result| result.outcome).collect()
}

pub(crate) async fn send_again(administrator: &Browser, member: MembershipId) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    administrator.does(move |request| use_cases::send_again(request, "acme".to_owned(), row(member))).await
}

pub(crate) async fn cancel(administrator: &Browser, member: MembershipId) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    administrator.does(move |request| use_cases::cancel(request, "acme".to_owned(), cancellation(member))).await
}

pub(crate) fn cancellation(member: MembershipId) -> CancelForm {
    CancelForm { member: member.to_string(), ..CancelForm::default() }
}

pub(crate) fn row(member: MembershipId) -> InvitationForm {
    InvitationForm { member: member.to_string() }
}
