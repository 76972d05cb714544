//! What every page asks about the person who looks at it.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments, which has no place for words")]

use leptos::prelude::*;

use super::model::Viewer;
use crate::failure::{Failure, NoRefusal};

/// Who looks at the page with this path. Answers everybody; nobody in particular when there is no live session.
#[server]
pub async fn read_viewer(#[server(default)] path: String) -> Result<Viewer, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::read_viewer(request, path)).await
}
