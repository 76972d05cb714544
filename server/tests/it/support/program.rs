//! The program itself, as an operator starts it: for what only the sudden end of a process can show.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use app::platform::db;
use sqlx::{ConnectOptions, PgPool};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

use super::client::Browser;
use super::server::{PUBLIC_HOST, SECRET_KEY};

/// A running `nexus serve`. Ends at once when it is dropped.
pub struct Program {
    /// Where it listens.
    pub address: SocketAddr,
    process: Child,
}

impl Program {
    /// Starts it on the database that `owner` is connected to, under the application's role, and waits until it is ready. It
    /// believes to be reached under an https address, and has the key of the other servers.
    pub async fn start(owner: &PgPool, smtp_url: &str) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let owner_url = owner.connect_options().to_url_lossy();
        let mut application_url = owner_url.clone();
        application_url.query_pairs_mut().append_pair("options[role]", db::APPLICATION_ROLE);
        let process = Command::new(env!("CARGO_BIN_EXE_nexus"))
            .arg("serve")
            .env_clear()
            .env("DATABASE_URL", application_url.as_str())
            .env("NEXUS_OWNER_DATABASE_URL", owner_url.as_str())
            .env("NEXUS_LISTEN", address.to_string())
            .env("NEXUS_PUBLIC_URL", format!("https://{PUBLIC_HOST}"))
            .env("NEXUS_SECRET_KEY", SECRET_KEY)
            .env("NEXUS_SMTP_URL", smtp_url)
            .env("NEXUS_MAIL_FROM", "Nexus <nexus@example.org>")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut program = Self { address, process };
        program.until_ready().await;
        program
    }

    /// Ends it as `kill -9` does: it can finish nothing.
    pub fn kill(mut self) {
        self.end();
    }

    async fn until_ready(&mut self) {
        let patience = Instant::now() + Duration::from_secs(20);
        loop {
            assert!(Instant::now() < patience, "the program is not ready");
            assert!(self.process.try_wait().unwrap().is_none(), "the program has ended");
            let is_listening = TcpStream::connect(self.address).await.is_ok();
            if is_listening && Browser::new(self.address, PUBLIC_HOST).get("/readyz").await.status == 200 {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    }

    fn end(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}
