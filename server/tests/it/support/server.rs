//! A server on a port of its own, as `nexus serve` runs it, under the application's role.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::platform::db;
use app::platform::mailer::Transport;
use app::platform::passwords::Passwords;
use app::platform::randomness::Randomness;
use app::platform::sealing::Keys;
use app::platform::settings::{MailDelivery, Settings};
use app::platform::state::AppState;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::client::Browser;

/// The host under which a server with an https address believes to be reached.
pub const PUBLIC_HOST: &str = "people.example.org";
/// The secret key of every server here, as an operator would set it.
pub const SECRET_KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
/// Passwords that a server hashes at the same time.
pub const HASHING_PERMITS: usize = 2;

/// How a server differs from the usual one.
pub struct Options {
    /// Connections of its pool.
    pub connections: u32,
    /// Whether its public address is `https://people.example.org`.
    pub is_https: bool,
    /// Whether a mail worker runs beside it.
    pub has_worker: bool,
    /// The mail server; without it, the development mailbox.
    pub smtp_url: Option<String>,
    /// The most invitation mails of a day.
    pub invitations_per_day: i64,
}

impl Default for Options {
    fn default() -> Self {
        Self { connections: 8, is_https: false, has_worker: true, smtp_url: None, invitations_per_day: 2_000 }
    }
}

/// A running server. Ends when it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// What its requests share.
    pub state: AppState,
    host: String,
    shutdown: CancellationToken,
    serving: JoinHandle<()>,
    worker: Option<(JoinHandle<()>, CancellationToken)>,
    /// The worker's, which is the requests' own unless those take another way.
    worker_pool: PgPool,
}

impl Server {
    /// Starts one on the database that `owner` is connected to.
    pub async fn start(owner: &PgPool, options: Options) -> Self {
        Self::start_on(owner, None, options).await
    }

    /// The same, whose requests may reach the database by another way than its worker.
    pub async fn start_on(owner: &PgPool, way: Option<PgConnectOptions>, options: Options) -> Self {
        db::store::grant_to_application_role(owner).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let host = if options.is_https { PUBLIC_HOST.to_owned() } else { address.to_string() };
        let scheme = if options.is_https { "https" } else { "http" };
        let settings = Settings {
            public_url: format!("{scheme}://{host}"),
            is_https: options.is_https,
            session_idle: Duration::from_hours(1),
            session_max: Duration::from_hours(24),
            password_minimum: 15,
            terms_url: None,
            mail_from: "Nexus <nexus@example.org>".to_owned(),
            mail_delivery: if options.smtp_url.is_some() { MailDelivery::Smtp } else { MailDelivery::DevelopmentMailbox },
            invitations_per_day: options.invitations_per_day,
        };
        let pool = |way: PgConnectOptions| db::pool(way.options([("role", db::APPLICATION_ROLE)]), options.connections);
        let straight = pool(owner.connect_options().as_ref().clone());
        let state = AppState {
            pool: way.map_or_else(|| straight.clone(), pool),
            settings: Arc::new(settings),
            keys: Keys::derive(&server::secret_key::decode(SECRET_KEY).unwrap()).unwrap(),
            passwords: Passwords::new(HASHING_PERMITS),
            randomness: Randomness::system(),
            tasks: TaskTracker::new(),
            mail_waiting: Arc::new(Notify::new()),
        };

        let shutdown = CancellationToken::new();
        let worker = options.has_worker.then(|| {
            let state = AppState { pool: straight.clone(), ..state.clone() };
            let transport = match &options.smtp_url {
                Some(url) => Transport::smtp(url).unwrap(),
                None => Transport::DevelopmentMailbox(state.pool.clone()),
            };
            let stop = shutdown.child_token();
            (tokio::spawn(server::worker::run(state, transport, stop.clone())), stop)
        });
        let router = server::router::router(&state, Arc::from([]));
        let serving = tokio::spawn(server::connections::serve(listener, router, shutdown.clone()));
        Self { address, state, host, shutdown, serving, worker, worker_pool: straight }
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser {
        Browser::new(self.address, &self.host)
    }

    /// Lets mail lie from now on, and serves as before.
    pub async fn stop_worker(&mut self) {
        let (worker, stop) = self.worker.take().expect("a mail worker");
        stop.cancel();
        worker.await.unwrap();
    }

    /// Ends it at once, as when the machine loses its power: nothing is finished.
    pub async fn kill(mut self) {
        self.serving.abort();
        if let Some((worker, _)) = self.worker.take() {
            worker.abort();
        }
        self.state.pool.close().await;
        self.worker_pool.close().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
        self.shutdown.cancel();
        let (state, worker, worker_pool) = (self.state.clone(), self.worker.take(), self.worker_pool.clone());
        // The test's database can only be removed once nobody is connected to it.
        tokio::spawn(async move {
            if let Some((worker, _)) = worker {
                let _ = worker.await;
            }
            state.pool.close().await;
            worker_pool.close().await;
        });
    }
}
