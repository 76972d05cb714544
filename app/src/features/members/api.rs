//! What the pages of members ask and do.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{DeactivateForm, DeactivationPreview, DeactivationReceipt, MemberActions, MemberList, MemberQuery};
use super::refusal::{DeactivateRefusal, LeaveRefusal};
use crate::failure::{Failure, NoRefusal};
use crate::values::go_to::GoTo;

/// A page of an organization's people.
#[server]
pub async fn list_members(
    #[server(default)] organization: String,
    #[server(default)] query: MemberQuery,
) -> Result<MemberList, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::list(request, organization, query)).await
}

/// Somebody of the list, and what can be done with them.
#[server]
pub async fn read_member_actions(
    #[server(default)] organization: String,
    #[server(default)] member: String,
) -> Result<MemberActions, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::read_actions(request, organization, member)).await
}

/// What deactivating somebody would mean.
#[server]
pub async fn preview_deactivation(
    #[server(default)] organization: String,
    #[server(default)] member: String,
) -> Result<DeactivationPreview, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::preview_deactivation(request, organization, member)).await
}

/// Withdraws somebody's access at once.
#[server]
pub async fn deactivate_member(
    #[server(default)] organization: String,
    #[server(default)] form: DeactivateForm,
) -> Result<DeactivationReceipt, Failure<DeactivateRefusal>> {
    crate::platform::serve(move |request| super::use_cases::deactivate(request, organization, form)).await
}

/// Ends the caller's own membership.
#[server]
pub async fn leave_organization(#[server(default)] organization: String) -> Result<GoTo, Failure<LeaveRefusal>> {
    crate::platform::serve(move |request| super::use_cases::leave(request, organization)).await
}
