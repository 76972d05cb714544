//! What pages and forms of an organization ask the server.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{MessageForm, MessageSent, Overview};
use super::refusal::MessageRefusal;
use crate::failure::{Failure, NoRefusal};

/// The overview, for every active member.
#[server]
pub async fn read_overview(#[server(default)] organization: String) -> Result<Overview, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::read_overview(request, organization)).await
}

/// Writes to the other administrators of the organization.
#[server]
pub async fn message_administrators(
    #[server(default)] organization: String,
    #[server(default)] form: MessageForm,
) -> Result<MessageSent, Failure<MessageRefusal>> {
    crate::platform::serve(move |request| super::use_cases::message_administrators(request, organization, form)).await
}
