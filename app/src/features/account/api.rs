//! What the page about oneself asks.

use leptos::prelude::*;

use super::model::Account;
use crate::failure::{Failure, NoRefusal};

/// One's own account.
#[server]
pub async fn read_account() -> Result<Account, Failure<NoRefusal>> {
    crate::platform::serve(super::use_cases::read_account).await
}
