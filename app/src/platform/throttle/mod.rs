//! Counters of attempts, kept in the database: shared by all servers, and a restart forgives nothing.
//!
//! An attempt is counted before the secret is looked at, in a transaction of its own: it must stay counted even when
//! everything else is refused.

mod store;
#[cfg(test)]
mod tests;

use super::incidents::Fault;
use super::state::AppState;
use crate::values::moment::Moment;

/// How many attempts are allowed, and what happens then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Name of the counter's kind.
    pub scope: &'static str,
    /// Attempts within the window before the lock.
    pub attempts: i32,
    /// Length of the window, in seconds.
    pub window_seconds: i64,
    /// Length of the lock, in seconds.
    pub lock_seconds: i64,
}

/// Wrong passwords of one account, by browsers that have not signed in to it before (spec §5).
pub const PASSWORD_BY_ACCOUNT: Limit = Limit { scope: "password.account", attempts: 5, window_seconds: 900, lock_seconds: 300 };
/// Wrong passwords of one account by one browser that has signed in to it before.
pub const PASSWORD_BY_BROWSER: Limit = Limit { scope: "password.browser", attempts: 5, window_seconds: 900, lock_seconds: 300 };
/// Wrong passwords from one network (/24 or /64), whatever the account.
pub const PASSWORD_BY_NETWORK: Limit = Limit { scope: "password.network", attempts: 100, window_seconds: 900, lock_seconds: 300 };
/// Wrong authentication or recovery codes of one account, whatever the session.
pub const CODE_BY_ACCOUNT: Limit = Limit { scope: "code.account", attempts: 10, window_seconds: 900, lock_seconds: 300 };
/// New links asked for on the page of an expired one.
pub const NEW_LINK: Limit = Limit { scope: "link.renewal", attempts: 3, window_seconds: 3_600, lock_seconds: 3_600 };
/// Messages to the administrators from the page of an invitation's link, for each invitation.
pub const LINK_MESSAGE: Limit = Limit { scope: "message.link", attempts: 3, window_seconds: 86_400, lock_seconds: 86_400 };
/// Messages to the administrators of an organization by one person.
pub const MESSAGE: Limit = Limit { scope: "message.person", attempts: 5, window_seconds: 3_600, lock_seconds: 3_600 };
/// Passwords judged while they are typed, from one network.
pub const JUDGEMENT_BY_NETWORK: Limit = Limit { scope: "judgement.network", attempts: 600, window_seconds: 300, lock_seconds: 60 };

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

/// Takes one attempt back, because it was not a failure. A lock that somebody else's attempts set stays.
pub async fn take_back(state: &AppState, limit: Limit, key: &[u8]) -> Result<(), Fault> {
    Ok(store::take_back(&state.pool, limit, key).await?)
}

/// Forgets the failures of a counter after a success, unless it is locked.
pub async fn forgive(state: &AppState, limit: Limit, key: &[u8]) -> Result<(), Fault> {
    Ok(store::forgive(&state.pool, limit, key).await?)
}

/// Removes counters that no longer count; how many.
pub async fn delete_passed(pool: &sqlx::PgPool) -> Result<u64, Fault> {
    Ok(store::delete_passed(pool).await?)
}

/// Counter state after an attempt.
struct Counted {
    failures: i32,
    locked_until: Option<Moment>,
    now: Moment,
}

fn seconds_between(now: Moment, until: Moment) -> u32 {
    u32::try_from(until.seconds_since(now).max(1)).unwrap_or(u32::MAX)
}
