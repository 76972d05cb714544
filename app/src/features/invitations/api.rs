//! What the pages of invitations ask and do.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{CancelForm, CancellationPreview, InvitationDone, InvitationForm, InviteForm, InvitePage, InviteResults};
use super::refusal::{InvitationRefusal, InviteRefusal};
use crate::failure::{Failure, NoRefusal};
use crate::features::auth::step_up::ProofFields;

/// What the invite page offers.
#[server]
pub async fn read_invite_page(#[server(default)] organization: String) -> Result<InvitePage, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::read_invite_page(request, organization)).await
}

/// Invites people; each address gets its own outcome.
#[server]
pub async fn invite_members(
    #[server(default)] organization: String,
    #[server(default)] form: InviteForm,
    #[server(default)] proof: ProofFields,
) -> Result<InviteResults, Failure<InviteRefusal>> {
    crate::platform::serve(move |request| super::use_cases::invite(request, organization, form, proof)).await
}

/// Mails a new link; the former one is dead.
#[server]
pub async fn send_invitation_again(
    #[server(default)] organization: String,
    #[server(default)] form: InvitationForm,
) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    crate::platform::serve(move |request| super::use_cases::send_again(request, organization, form)).await
}

/// What cancelling an invitation would mean.
#[server]
pub async fn preview_cancellation(
    #[server(default)] organization: String,
    #[server(default)] member: String,
) -> Result<CancellationPreview, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::preview_cancellation(request, organization, member)).await
}

/// Stops somebody from joining: every link is dead at once.
#[server]
pub async fn cancel_invitation(
    #[server(default)] organization: String,
    #[server(default)] form: CancelForm,
) -> Result<InvitationDone, Failure<InvitationRefusal>> {
    crate::platform::serve(move |request| super::use_cases::cancel(request, organization, form)).await
}
