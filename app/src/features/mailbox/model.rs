//! What the mailbox shows.

use serde::{Deserialize, Serialize};

use crate::values::go_to::Outcome;
use crate::values::ids::MailId;
use crate::values::moment::Moment;

/// The mails that were delivered, and the one that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxList {
    /// Newest first.
    pub mails: Vec<MailSummary>,
    /// The open one.
    pub open: Option<DevelopmentMail>,
}

impl Outcome for MailboxList {}

/// A mail in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSummary {
    /// Identifies it.
    pub id: MailId,
    /// Who got it.
    pub recipient: String,
    /// What it is about.
    pub subject: String,
    /// When it was delivered.
    pub received_at: Moment,
}

/// An open mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevelopmentMail {
    /// What the list shows of it, too.
    pub summary: MailSummary,
    /// Who sends all mail of this installation.
    pub sender: String,
    /// The header that stays the same when a mail is repeated.
    pub message_id: String,
    /// The plain text.
    pub plain: String,
    /// The addresses in the plain text, each once.
    pub links: Vec<String>,
}
