//! The database: pool, transactions, migrations and the rights of the application's role.

pub mod store;
#[cfg(test)]
mod tests;
mod transaction;

pub use self::transaction::Tx;

use sqlx::PgPool;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::time::Duration;

/// All migrations, compiled in.
pub static MIGRATOR: Migrator = sqlx::migrate!("../migrations");

/// Role under which the product reads and writes; it can't alter audit rows.
pub const APPLICATION_ROLE: &str = "nexus_app";

/// How long a request waits for a connection before it is told to come back.
pub const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);

/// A pool for serving requests. Every limit is on the server's side too, so that neither a slow statement nor a
/// forgotten transaction can hold the others up.
///
/// A connection that somebody left inside a transaction is closed instead of being lent again: whoever got it would read and
/// write in a stranger's transaction. The question takes the place of sqlx' own, whether the connection is alive.
pub fn pool(options: PgConnectOptions, connections: u32) -> PgPool {
    let options = options.application_name("nexus").options([
        ("statement_timeout", "10s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "15s"),
    ]);
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(store::is_outside_of_a_transaction(connection)))
        .connect_lazy_with(options)
}

/// Brings the schema up to date and gives the application's role its rights. Run under the owner's role; safe to run by
/// several servers at once (migrations are serialized by a lock in the database).
pub async fn migrate(owner: &PgPool) -> Result<(), MigrationError> {
    MIGRATOR.run(owner).await?;
    store::grant_to_application_role(owner).await?;
    Ok(())
}

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// A migration failed or was changed after it had been applied.
    #[error("the database schema could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The rights could not be given.
    #[error("the rights of the application's role could not be set: {0}")]
    Rights(#[from] sqlx::Error),
}
