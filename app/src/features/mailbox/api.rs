//! Calls from the browser.

use leptos::prelude::*;

use super::model::MailboxList;
use crate::failure::{Failure, NoRefusal};

/// Reads the mails whose recipient contains `recipient` (all for an empty text), and the one whose id is `mail`.
#[server]
pub async fn read_development_mailbox(
    /// Part of the recipient's address.
    #[server(default)]
    recipient: String,
    /// Id of the mail to open.
    #[server(default)]
    mail: String,
) -> Result<MailboxList, Failure<NoRefusal>> {
    crate::platform::serve(move |request| super::use_cases::read(request, recipient, mail)).await
}
