//! The database: pool, transactions, migrations and the rights of the application's role.

mod pool;
pub mod store;
#[cfg(test)]
mod tests;
mod transaction;

use sqlx::PgPool;
use sqlx::migrate::Migrator;

pub use self::pool::{ACQUIRE_TIMEOUT, pool};
pub use self::transaction::{Read, Reading, Tx};

/// All migrations, compiled in.
pub static MIGRATOR: Migrator = sqlx::migrate!("../migrations");

/// Role under which the product reads and writes; it can't alter audit rows.
pub const APPLICATION_ROLE: &str = "nexus_app";

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
