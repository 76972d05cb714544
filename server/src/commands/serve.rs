//! `nexus serve`.

use std::time::Duration;

use app::features::auth::set_up;
use clap::Args;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::signals::cancel_on_signal;
use super::{CommandError, Foundation};
use crate::config::Purpose;
use crate::{connections, housekeeping, router, worker};

/// Requests that have not ended by then are cut off.
const DRAIN_WITHIN: Duration = Duration::from_secs(20);

/// How to serve.
#[derive(Args, Debug, Default)]
pub struct ServeOptions {
    /// Leave the database as it is.
    #[arg(long)]
    no_migrate: bool,
    /// Leave the mail to `nexus worker`.
    #[arg(long)]
    no_worker: bool,
}

/// Serves until told to stop; then drains requests and mail.
pub async fn serve(options: ServeOptions) -> Result<(), CommandError> {
    let shutdown = CancellationToken::new();
    cancel_on_signal(shutdown.clone())?;
    let foundation = tokio::task::spawn_blocking(|| Foundation::lay(Purpose::Delivering)).await??;
    let served = serve_on(&foundation, &options, shutdown).await;
    let closed = foundation.close().await;
    served.and(closed)
}

async fn serve_on(foundation: &Foundation, options: &ServeOptions, shutdown: CancellationToken) -> Result<(), CommandError> {
    let state = &foundation.state;
    let transport = worker::transport(state, foundation.config.smtp_url.as_ref())?;
    if !options.no_migrate {
        foundation.migrate().await?;
    }
    foundation.warn_without_protection().await?;
    let listener = TcpListener::bind(foundation.config.listen)
        .await
        .map_err(|error| format!("can't listen on {}: {error}", foundation.config.listen))?;
    let address = listener.local_addr()?;

    // Whatever can fail has been done before mail is delivered: the pool isn't closed under a delivery.
    let set_up_link = set_up::issue_link(state).await?;
    let mail = (!options.no_worker).then(|| tokio::spawn(worker::run(state.clone(), transport, shutdown.clone())));
    let tidying = tokio::spawn(housekeeping::run(state.clone(), shutdown.clone()));
    let router = router::router(state, foundation.config.trusted_proxies.clone().into());
    println!("Nexus is ready at {}", state.settings.public_url);
    if let Some(link) = set_up_link {
        println!("Create the first organization with this one-time link, valid for 72 hours:\n  {link}");
    }
    tracing::info!(%address, "serving");

    let cut_off = async {
        shutdown.cancelled().await;
        tokio::time::sleep(DRAIN_WITHIN).await;
    };
    tokio::select! {
        () = connections::serve(listener, router, shutdown.clone()) => {}
        () = cut_off => tracing::warn!("some requests did not end in time and were cut off"),
    }
    if let Some(mail) = mail {
        mail.await?;
    }
    tidying.await?;
    Ok(())
}
