//! What the home page asks the server.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::{Home, Opening};
use crate::failure::{Failure, NoRefusal};

/// The first page after signing in.
#[server]
pub async fn read_home() -> Result<Home, Failure<NoRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(super::use_cases::read_home).await)
}

/// Where an application is, for whoever may open it now.
#[server]
pub async fn open_application(#[server(default)] application: String) -> Result<Opening, Failure<NoRefusal>> {
    let request = crate::platform::request::current().await?;
    crate::platform::respond::respond(request.to_completion(move |request| super::use_cases::open_application(request, application)).await)
}
