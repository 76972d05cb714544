//! What every request shares. Nothing in it is about a person or an organization.

use std::sync::Arc;

use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

use super::passwords::Passwords;
use super::randomness::Randomness;
use super::sealing::Keys;
use super::settings::Settings;

/// The program's shared parts.
#[derive(Clone)]
pub struct AppState {
    /// Connections under the application's role.
    pub pool: PgPool,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    /// Keys derived from the secret key.
    pub keys: Keys,
    /// Password hashing with bounded memory and processor use.
    pub passwords: Passwords,
    /// Source of ids and tokens.
    pub randomness: Randomness,
    /// Writing tasks that must end before the program does.
    pub tasks: TaskTracker,
    /// Wakes the mail worker of this process; others are woken by the database or their own timer.
    pub mail_waiting: Arc<Notify>,
}
