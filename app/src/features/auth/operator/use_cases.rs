//! The short stories of the operator's help.

use super::{emails, store};
use crate::features::audit::event::Event;
use crate::features::audit::{self, Cause};
use crate::platform::clock;
use crate::platform::incidents::Fault;
use crate::platform::outbox;
use crate::platform::request::Origin;
use crate::platform::state::AppState;
use crate::values::email_address::EmailAddress;

/// Lifts the locks of somebody named by username or address. False when nobody has that name.
pub async fn unlock(state: &AppState, person: &str) -> Result<bool, Fault> {
    let mut tx = state.pool.begin().await?;
    let Some(person) = store::find_person(&mut tx, &person.trim().to_lowercase()).await? else {
        return Ok(false);
    };
    let now = clock::now(&mut tx).await?;

    store::delete_counters(&mut tx, person.id).await?;
    let cause = Cause { organization: None, actor: None, at: now, origin: Origin::default() };
    audit::record(&mut tx, state, &cause, &Event::SignInUnlocked { user: person.id }).await?;
    tx.commit().await?;
    Ok(true)
}

/// Removes the second factor of somebody named by username or address, and ends their sessions. False when nobody has that name.
pub async fn reset_two_factor(state: &AppState, person: &str) -> Result<bool, Fault> {
    let mut tx = state.pool.begin().await?;
    let Some(person) = store::find_person(&mut tx, &person.trim().to_lowercase()).await? else {
        return Ok(false);
    };
    let now = clock::now(&mut tx).await?;
    let recipient =
        EmailAddress::parse(&person.email).map_err(|error| Fault::Inconsistent { table: "users", reason: error.to_string() })?;

    // In the order in which signing in takes them.
    store::delete_sessions(&mut tx, person.id).await?;
    store::delete_factor(&mut tx, person.id).await?;
    let cause = Cause { organization: None, actor: None, at: now, origin: Origin::default() };
    audit::record(&mut tx, state, &cause, &Event::TwoFactorReset { user: person.id }).await?;
    outbox::enqueue(&mut tx, state, now, emails::factor_reset(recipient, &person.first_name, now)).await?;
    tx.commit().await?;
    Ok(true)
}
