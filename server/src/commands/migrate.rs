//! `nexus migrate`.

use super::{CommandError, Foundation};
use crate::config::Purpose;

/// Brings the database up to date.
pub async fn migrate() -> Result<(), CommandError> {
    let foundation = tokio::task::spawn_blocking(|| Foundation::lay(Purpose::Operating)).await??;
    let migrated = foundation.migrate().await;
    if migrated.is_ok() {
        println!("The database is up to date.");
    }
    foundation.close().await?;
    migrated
}
