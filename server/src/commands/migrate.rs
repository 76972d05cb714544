//! `nexus migrate`.

use super::{CommandError, Foundation};

/// Brings the database up to date.
pub async fn migrate() -> Result<(), CommandError> {
    let foundation = tokio::task::spawn_blocking(Foundation::lay).await??;
    let migrated = foundation.migrate().await;
    if migrated.is_ok() {
        println!("The database is up to date.");
    }
    foundation.close().await?;
    migrated
}
