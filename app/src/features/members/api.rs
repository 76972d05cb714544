//! What the pages of members ask and do.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{DeactivateForm, DeactivationPreview, DeactivationReceipt, MemberList, MemberQuery};
use super::refusal::DeactivateRefusal;
use crate::failure::{Failure, NoRefusal};

/// A page of an organization's people.
#[server]
pub async fn list_members(
    #[server(default)] organization: String,
    #[server(default)] query: MemberQuery,
) -> Result<MemberList, Failure<NoRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::list(request, organization, query)).await)
}

/// What deactivating somebody would mean.
#[server]
pub async fn preview_deactivation(
    #[server(default)] organization: String,
    #[server(default)] member: String,
) -> Result<DeactivationPreview, Failure<NoRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(
        request.to_completion(move |request| super::use_cases::preview_deactivation(request, organization, member)).await,
    )
}

/// Withdraws somebody's access at once.
#[server]
pub async fn deactivate_member(
    #[server(default)] organization: String,
    #[server(default)] form: DeactivateForm,
) -> Result<DeactivationReceipt, Failure<DeactivateRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::deactivate(request, organization, form)).await)
}
