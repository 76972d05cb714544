//! What the registration form asks while it is filled in.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{PasswordJudgement, UsernameSuggestion};
use crate::failure::{Failure, NoRefusal};

/// The username that the names make, and whether it is free. Answers only somebody with a live link: the names of all
/// accounts are not to be read by guessing.
#[server]
pub async fn suggest_username(
    #[server(default)] token: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
) -> Result<UsernameSuggestion, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::suggest_username(request, token, first_name, last_name)).await
}

/// How good a password is for whoever has this link and types these names beside it; nothing is kept of it.
#[server]
pub async fn judge_password(
    #[server(default)] password: String,
    #[server(default)] token: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] username: String,
) -> Result<PasswordJudgement, Failure<NoRefusal>> {
    let typed = [first_name, last_name, username];
    crate::platform::serve(move |request| super::use_cases::judge_password(request, password, token, typed)).await
}
