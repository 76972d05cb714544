//! The short stories of the operator's help.

use super::emails;
use super::events::Event;
use crate::features::auth::{codes, people, sessions};
use crate::platform::audit::{self, Cause};
use crate::platform::clock;
use crate::platform::db::Tx;
use crate::platform::incidents::Fault;
use crate::platform::outbox;
use crate::platform::state::AppState;
use crate::platform::throttle;

/// Lifts the locks of somebody named by username or address. False when nobody has that name.
pub async fn unlock(state: &AppState, person: &str) -> Result<bool, Fault> {
    let mut tx = Tx::begin(&state.pool).await?;
    let Some(person) = people::lock_by_name(&mut tx, &person.trim().to_lowercase()).await? else {
        return Ok(false);
    };
    let now = clock::now(&mut tx).await?;

    throttle::forget(&mut tx, person.user).await?;
    let cause = Cause::of_operator(now);
    audit::record(&mut tx, state, &cause, &Event::SignInUnlocked { user: person.user }).await?;
    tx.commit().await?;
    Ok(true)
}

/// Removes the second factor of somebody named by username or address, and ends their sessions. False when nobody has that name.
pub async fn reset_two_factor(state: &AppState, person: &str) -> Result<bool, Fault> {
    let mut tx = Tx::begin(&state.pool).await?;
    let Some(person) = people::lock_by_name(&mut tx, &person.trim().to_lowercase()).await? else {
        return Ok(false);
    };
    let now = clock::now(&mut tx).await?;

    // In the order in which signing in takes them.
    sessions::end_all(&mut tx, person.user).await?;
    codes::remove(&mut tx, person.user).await?;
    let cause = Cause::of_operator(now);
    audit::record(&mut tx, state, &cause, &Event::TwoFactorReset { user: person.user }).await?;
    outbox::enqueue(&mut tx, state, now, emails::factor_reset(&person, now)).await?;
    tx.commit().await?;
    Ok(true)
}
