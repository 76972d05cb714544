//! The way out for mail: to a mail server, or to the development mailbox.
//!
//! What is delivered is put together by lettre, which encodes every header; none of them can be split into two.

mod delivery_error;
mod outgoing;
mod smtp;
mod store;

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use sqlx::PgPool;
use std::time::Duration;
use url::Url;

pub use self::delivery_error::DeliveryError;
use self::delivery_error::one_line;
pub use self::outgoing::OutgoingMail;
pub use self::smtp::{SmtpConnections, SmtpUrlError};
use super::settings::Settings;
use crate::values::ids::MailId;

/// Where mail is delivered.
#[derive(Clone)]
pub enum Transport {
    /// To a mail server, over connections that are used again.
    Smtp(SmtpConnections),
    /// To the table that `/dev/mailbox` shows.
    DevelopmentMailbox(PgPool),
}

/// The sender in the settings is no e-mail address with or without a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sender must be an e-mail address, like nexus@example.org or Nexus <nexus@example.org>")]
pub struct SenderError;

impl Transport {
    /// To the mail server at `url`, for instance `smtps://user:password@mail.example.org`.
    ///
    /// `smtps` is encrypted from the start; `smtp` is not, unless `?tls=required` (or `opportunistic`) asks for `STARTTLS`.
    pub fn smtp(url: &str) -> Result<Self, SmtpUrlError> {
        SmtpConnections::to(url).map(Self::Smtp)
    }

    /// With another limit to how long one delivery may take.
    #[must_use]
    pub fn with_time_limit(self, limit: Duration) -> Self {
        match self {
            Self::Smtp(connections) => Self::Smtp(connections.with_time_limit(limit)),
            other @ Self::DevelopmentMailbox(_) => other,
        }
    }

    /// Delivers one mail. After `Ok` it is the receiving side's.
    pub async fn deliver(&self, settings: &Settings, mail: &OutgoingMail) -> Result<(), DeliveryError> {
        match self {
            Self::Smtp(connections) => connections.send(&message(settings, mail)?).await,
            Self::DevelopmentMailbox(pool) => store::insert_into_development_mailbox(pool, mail)
                .await
                .map_err(|error| DeliveryError::Transient(one_line(&error.to_string()))),
        }
    }

    /// Says goodbye to the mail server.
    pub async fn close(&self) {
        if let Self::Smtp(connections) = self {
            connections.close().await;
        }
    }
}

/// Checks the sender before the first mail needs it.
pub fn check_sender(mail_from: &str) -> Result<(), SenderError> {
    sender(mail_from).map(|_| ())
}

/// The `Message-ID` of a mail: the same however often it is delivered, so that a repetition can be recognized.
pub fn message_id(settings: &Settings, id: MailId) -> String {
    let url = Url::parse(&settings.public_url).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or("localhost");
    format!("<{id}@{host}>")
}

/// Puts the message together: headers, and plain text and HTML as two forms of the same.
fn message(settings: &Settings, mail: &OutgoingMail) -> Result<Message, DeliveryError> {
    // The operator can put the sender right, so its mail waits; an address can't become right by waiting.
    let sender = sender(&settings.mail_from).map_err(|error| DeliveryError::Transient(error.to_string()))?;
    let recipient =
        mail.recipient.as_str().parse().map_err(|_| DeliveryError::Permanent("No mail can be addressed to this address.".to_owned()))?;
    let subject: String = mail.letter.subject.chars().filter(|character| !character.is_control()).collect();
    // Keeps automatic replies away (RFC 3834).
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    Message::builder()
        .from(sender)
        .to(Mailbox::new(None, recipient))
        .subject(subject)
        .date(mail.written_at.to_offset_date_time().into())
        .message_id(Some(message_id(settings, mail.id)))
        .raw_header(automatic)
        .multipart(MultiPart::alternative_plain_html(mail.letter.plain.clone(), mail.letter.html.clone()))
        .map_err(|error| DeliveryError::Permanent(one_line(&error.to_string())))
}

fn sender(mail_from: &str) -> Result<Mailbox, SenderError> {
    mail_from.parse().map_err(|_| SenderError)
}
