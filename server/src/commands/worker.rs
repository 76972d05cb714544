//! `nexus worker`.

use tokio_util::sync::CancellationToken;

use super::signals::cancel_on_signal;
use super::{CommandError, Foundation};
use crate::config::Purpose;
use crate::worker as mail_worker;

/// Delivers mail until told to stop.
pub async fn worker() -> Result<(), CommandError> {
    let shutdown = CancellationToken::new();
    cancel_on_signal(shutdown.clone())?;
    let foundation = tokio::task::spawn_blocking(|| Foundation::lay(Purpose::Delivering)).await??;
    let transport = mail_worker::transport(&foundation.state, foundation.config.smtp_url.as_ref())?;
    mail_worker::run(foundation.state.clone(), transport, shutdown).await;
    foundation.close().await
}
