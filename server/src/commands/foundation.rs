//! What every command stands on: settings, the database (the operator's or the embedded one) and the shared state.

use std::str::FromStr;
use std::sync::Arc;

use app::platform::db;
use app::platform::passwords::Passwords;
use app::platform::randomness::Randomness;
use app::platform::sealing::Keys;
use app::platform::state::AppState;
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

use super::CommandError;
use crate::config::{Config, Purpose, environment};
use crate::embedded::{self, Embedded};
use crate::secret_key;

/// Connections of a serving process.
const CONNECTIONS: u32 = 16;

/// Settings, database and state.
pub struct Foundation {
    /// The settings.
    pub config: Config,
    /// The shared state.
    pub state: AppState,
    owner_url: SecretString,
    embedded: Option<Embedded>,
}

impl Foundation {
    /// Reads the settings, starts the embedded database if there is no other, and opens the pool.
    pub fn lay(purpose: Purpose) -> Result<Self, CommandError> {
        let config = Config::read(environment, purpose)?;
        let randomness = Randomness::system();
        let (embedded, application_url, owner_url) = if let Some(databases) = &config.database {
            (None, databases.application.clone(), databases.owner.clone())
        } else {
            let embedded = embedded::start(&config.data_dir, config.postgres_programs.clone())?;
            let urls = (SecretString::from(embedded.application_url.clone()), SecretString::from(embedded.owner_url.clone()));
            (Some(embedded), urls.0, urls.1)
        };
        let key = match (&config.secret_key, &embedded) {
            (Some(key), _) => secret_key::decode(key.expose_secret()).ok_or("NEXUS_SECRET_KEY can't be read")?,
            (None, Some(embedded)) => secret_key::kept_in(&embedded.folder, &randomness)?,
            (None, None) => return Err("NEXUS_SECRET_KEY is missing".into()),
        };
        let permits = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let state = AppState {
            pool: db::pool(PgConnectOptions::from_str(application_url.expose_secret())?, CONNECTIONS),
            settings: Arc::new(config.settings.clone()),
            keys: Keys::derive(&key)?,
            passwords: Passwords::new(permits),
            randomness,
            tasks: TaskTracker::new(),
            mail_waiting: Arc::new(Notify::new()),
        };
        Ok(Self { config, state, owner_url, embedded })
    }

    /// Brings the schema up to date under the owner's role.
    pub async fn migrate(&self) -> Result<(), CommandError> {
        let owner =
            PgPoolOptions::new().max_connections(1).connect_with(PgConnectOptions::from_str(self.owner_url.expose_secret())?).await?;
        db::migrate(&owner).await?;
        owner.close().await;
        Ok(())
    }

    /// Says when the audit rows are not protected from the program itself.
    pub async fn warn_without_protection(&self) -> Result<(), CommandError> {
        if db::store::may_change_audit_events(&self.state.pool).await? {
            let advice = if self.config.database.as_ref().is_some_and(|databases| databases.is_one_role) {
                "set NEXUS_OWNER_DATABASE_URL for migrations and let DATABASE_URL use the role nexus_app"
            } else {
                "let DATABASE_URL use the role nexus_app"
            };
            tracing::warn!(advice, "the activity log is not protected: the role that serves requests can change it");
        }
        Ok(())
    }

    /// Ends writing tasks, connections and the embedded database, in this order.
    pub async fn close(self) -> Result<(), CommandError> {
        self.state.tasks.close();
        self.state.tasks.wait().await;
        let pool: PgPool = self.state.pool;
        pool.close().await;
        if let Some(embedded) = self.embedded {
            tokio::task::spawn_blocking(|| embedded.stop()).await??;
        }
        Ok(())
    }
}
