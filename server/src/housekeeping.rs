//! Removes what has no use any more: ended sessions and counters whose time has passed. Nothing depends on it being done.

use std::time::Duration;

use app::features::auth::sessions;
use app::platform::db::Tx;
use app::platform::incidents::{self, Fault};
use app::platform::state::AppState;
use app::platform::{clock, throttle};
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_hours(1);

/// Tidies up every hour until `shutdown`. Several servers may do it at once.
pub async fn run(state: AppState, shutdown: CancellationToken) {
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        if let Err(fault) = tidy(&state).await {
            incidents::report(&fault);
        }
    }
}

async fn tidy(state: &AppState) -> Result<(), Fault> {
    let mut tx = Tx::begin(&state.pool).await?;
    let now = clock::now(&mut tx).await?;
    let sessions = sessions::delete_expired(&mut tx, &state.settings, now).await?;
    tx.commit().await?;
    let counters = throttle::delete_passed(&state.pool).await?;
    tracing::debug!(sessions, counters, "tidied up");
    Ok(())
}
