//! Being written.
use app::platform::state::AppState;
/// Later.
pub async fn fill(_state: &AppState) -> Result<String, crate::commands::CommandError> { Err("not yet".into()) }
