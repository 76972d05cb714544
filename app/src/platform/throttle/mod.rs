//! Counters of attempts, kept in the database: shared by all servers, and a restart forgives nothing.
//!
//! An attempt is counted before the secret is looked at, in a transaction of its own: it must stay counted even when
//! everything else is refused.

mod limit;
mod store;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

pub use self::limit::Limit;

use super::db::Tx;
use super::incidents::Fault;
use super::state::AppState;
use crate::failure::{Failure, Refusal};
use crate::values::ids::UserId;
use crate::values::moment::Moment;

/// What a counter says of one more attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It may go on; it is the `number`th of its window.
    Allowed {
        /// 1 for the first.
        number: i32,
    },
    /// It may not, until then.
    Locked {
        /// Seconds from now.
        wait_seconds: u32,
    },
}

/// Counts one attempt and says whether it may go on. One atomic statement: of parallel attempts only as many go on as the
/// limit allows. Any error means no.
pub async fn count(state: &AppState, limit: Limit, key: &[u8]) -> Result<Attempt, Fault> {
    let counted = store::count(&state.pool, limit, key).await?;
    let Some(locked_until) = counted.locked_until.filter(|until| until.is_after(counted.now)) else {
        return Ok(Attempt::Allowed { number: counted.failures });
    };
    // The attempt that reaches the limit still goes on; the lock is for those after it.
    if counted.failures <= limit.attempts {
        return Ok(Attempt::Allowed { number: counted.failures });
    }
    Ok(Attempt::Locked { wait_seconds: seconds_between(counted.now, locked_until) })
}

/// Counts one attempt; beyond the limit, the answer says how long to wait.
pub async fn pass<R: Refusal>(state: &AppState, limit: Limit, key: &[u8]) -> Result<(), Failure<R>> {
    match count(state, limit, key).await? {
        Attempt::Allowed { .. } => Ok(()),
        Attempt::Locked { wait_seconds } => Err(Failure::TooManyAttempts { wait_seconds }),
    }
}

/// Takes one attempt back, because it was not a failure. A lock that somebody else's attempts set stays.
pub async fn take_back(state: &AppState, limit: Limit, key: &[u8]) -> Result<(), Fault> {
    Ok(store::take_back(&state.pool, limit, key).await?)
}

/// Forgets the failures of a counter after a success, unless it is locked.
pub async fn forgive(state: &AppState, limit: Limit, key: &[u8]) -> Result<(), Fault> {
    Ok(store::forgive(&state.pool, limit, key).await?)
}

/// Forgets the attempts counted for a person, whatever was counted: every such key begins with the person's id.
pub async fn forget(tx: &mut Tx, user: UserId) -> Result<(), Fault> {
    Ok(store::delete_of(tx, user.as_uuid().as_bytes()).await?)
}

/// The network that an address belongs to, as the key of a counter: /24 of IPv4, /64 of IPv6, which one household or school has.
pub fn network_key(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets()[..3].to_vec(),
        IpAddr::V6(address) => address.octets()[..8].to_vec(),
    }
}

/// Removes counters that no longer count; how many.
pub async fn delete_passed(pool: &sqlx::PgPool) -> Result<u64, Fault> {
    Ok(store::delete_passed(pool).await?)
}

fn seconds_between(now: Moment, until: Moment) -> u32 {
    u32::try_from(until.seconds_since(now).max(1)).unwrap_or(u32::MAX)
}
