//! The pool that requests are served from.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use tokio::time::timeout;

use super::store;

/// How long a request waits for a connection before it is told to come back.
pub const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a connection has for saying how it stands; one that takes longer is closed.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);
/// After so much idleness a connection is asked again before it is lent: Postgres may have been started anew.
const TRUSTED_FOR: Duration = Duration::from_secs(1);
/// More than the program has statements. One that falls out is prepared anew, which takes two further round trips.
const KEPT_STATEMENTS: usize = 400;

/// A pool for serving requests. Every limit is on the server's side too, so that neither a slow statement nor a
/// forgotten transaction can hold the others up.
///
/// A connection that somebody left inside a transaction is closed instead of being lent again: whoever got it would read and
/// write in a stranger's transaction. It is asked when it comes back, while nobody waits for it.
pub fn pool(options: PgConnectOptions, connections: u32) -> PgPool {
    let options = options.application_name("nexus").statement_cache_capacity(KEPT_STATEMENTS).options([
        ("statement_timeout", "10s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "15s"),
    ]);
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .after_release(|connection, _| Box::pin(may_be_lent(connection)))
        .before_acquire(|connection, known| {
            let idle_for = known.idle_for;
            Box::pin(async move { if idle_for > TRUSTED_FOR { may_be_lent(connection).await } else { Ok(true) } })
        })
        .connect_lazy_with(options)
}

async fn may_be_lent(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    match timeout(ANSWER_WITHIN, store::is_outside_of_a_transaction(connection)).await {
        Ok(answer) => answer,
        Err(_) => Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())),
    }
}
