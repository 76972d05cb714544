//! What pages ask of applications.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::Opening;
use crate::failure::{Failure, NoRefusal};

/// Where an application is, for whoever may open it now.
#[server]
pub async fn open_application(#[server(default)] application: String) -> Result<Opening, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::open_application(request, application)).await
}
