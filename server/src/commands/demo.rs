//! `nexus demo`.

use super::{CommandError, Foundation};
use crate::config::Purpose;

/// Fills in the example organization and prints how to sign in.
pub async fn demo() -> Result<(), CommandError> {
    let foundation = tokio::task::spawn_blocking(|| Foundation::lay(Purpose::Operating)).await??;
    let filled = fill(&foundation).await;
    foundation.close().await?;
    filled
}

async fn fill(foundation: &Foundation) -> Result<(), CommandError> {
    foundation.migrate().await?;
    let report = crate::demo::fill(&foundation.state).await?;
    println!("{report}");
    Ok(())
}
