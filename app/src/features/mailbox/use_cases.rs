//! Reading the mailbox.

use super::model::{DevelopmentMail, MailboxList};
use super::{rules, store};
use crate::failure::{Failure, NoRefusal};
use crate::platform::incidents::Fault;
use crate::platform::mailer;
use crate::platform::request::Working;
use crate::platform::state::AppState;
use crate::values::ids::MailId;

/// Lists the mails to recipients that contain `recipient`, and opens `mail` unless it is empty. There is no mailbox where mail goes to a server.
pub(super) async fn read(request: Working, recipient: String, mail: String) -> Result<MailboxList, Failure<NoRefusal>> {
    let state = request.state();
    if !state.settings.has_development_mailbox() {
        return Err(Failure::NotFound);
    }
    // Postgres takes no NUL in a text and would answer with a fault.
    let recipient = recipient.replace('\0', "");
    let mut reading = request.reading().await?;

    let mails = store::list_mails(&mut reading, recipient.trim()).await?;
    let open = if mail.is_empty() {
        None
    } else {
        let id: MailId = mail.parse().map_err(|_| Failure::NotFound)?;
        let (summary, plain) = store::find_mail(&mut reading, id).await?.ok_or(Failure::NotFound)?;
        Some(DevelopmentMail {
            sender: state.settings.mail_from.clone(),
            message_id: mailer::message_id(&state.settings, id),
            links: rules::links_in(&plain),
            summary,
            plain,
        })
    };

    Ok(MailboxList { mails, open })
}

/// The HTML of a mail, for the frame that shows it. `None` where there is no mailbox, or no such mail in it.
pub async fn message_html(state: &AppState, id: MailId) -> Result<Option<String>, Fault> {
    if !state.settings.has_development_mailbox() {
        return Ok(None);
    }
    Ok(store::find_html(&state.pool, id).await?)
}
