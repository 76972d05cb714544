//! What the home page asks the server.

use leptos::prelude::*;

use super::model::Home;
use crate::failure::{Failure, NoRefusal};

/// The first page after signing in.
#[server]
pub async fn read_home() -> Result<Home, Failure<NoRefusal>> {
    crate::platform::serve(super::use_cases::read_home).await
}
