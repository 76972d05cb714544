//! Delivers mail: beside the server, or as a program of its own.

use app::platform::mailer::{SmtpUrlError, Transport};
use app::platform::outbox;
use app::platform::settings::MailDelivery;
use app::platform::state::AppState;
use secrecy::{ExposeSecret, SecretString};
use tokio_util::sync::CancellationToken;

/// Why mail can't be delivered.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// Mail goes to a server, but none is named.
    #[error("NEXUS_SMTP_URL is missing: there is no mail server to deliver to")]
    NoServer,
    /// The named one can't be used.
    #[error("NEXUS_SMTP_URL: {0}")]
    Server(#[from] SmtpUrlError),
}

/// The way out for mail, as the settings have it. Connects to nothing yet, so that a mistake is named before anything runs.
pub fn transport(state: &AppState, smtp_url: Option<&SecretString>) -> Result<Transport, WorkerError> {
    match (state.settings.mail_delivery, smtp_url) {
        (MailDelivery::DevelopmentMailbox, _) => Ok(Transport::DevelopmentMailbox(state.pool.clone())),
        (MailDelivery::Smtp, Some(url)) => Ok(Transport::smtp(url.expose_secret())?),
        (MailDelivery::Smtp, None) => Err(WorkerError::NoServer),
    }
}

/// Delivers mail until `shutdown`, then finishes what was begun. Wait for it before the pool is closed.
pub async fn run(state: AppState, transport: Transport, shutdown: CancellationToken) {
    tracing::info!("the mail worker has started");
    outbox::run(state, transport, shutdown).await;
    tracing::info!("the mail worker has stopped");
}
