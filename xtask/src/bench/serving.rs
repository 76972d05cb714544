//! The run's own Postgres and servers.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::data::{self, Size};
use super::http::{Answer, Client};
use super::sign_in;
use crate::browser::files_below;
use crate::cluster::{APPLICATION, Cluster, OWNER, Options};
use crate::compress::fingerprint;
use crate::program::{self, command, run_silently};
use crate::sql::Connection;
use crate::steps::{Failure, step};
use crate::workspace::{CACHE, SHIPPED_PROGRAM};
use crate::{cluster, tools};

/// The big installation.
pub const LARGE: &str = "large";
/// An installation of one small organization.
pub const ALONE: &str = "alone";
/// Changes of the database; data of other ones is not used again.
const MIGRATIONS: &str = "migrations";
/// The program as it is when the run begins: a build meanwhile must not change what is measured.
const MEASURED: &str = "target/xtask/bench-measured";
/// How long a server may take to be ready.
const READY_WITHIN: Duration = Duration::from_mins(1);
/// The bytes from 0 to 31: there are no secrets here.
const SECRET_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// The Postgres of the run.
pub struct Database(Cluster);

impl Database {
    /// Starts it as for production: every commit waits for the disk.
    pub fn start() -> Result<Self, Failure> {
        tools::ensure_postgres()?;
        fs::create_dir_all(CACHE).map_err(Failure::while_doing("make", Path::new(CACHE)))?;
        fs::copy(SHIPPED_PROGRAM, MEASURED).map_err(Failure::while_doing("copy", Path::new(SHIPPED_PROGRAM)))?;
        step("start Postgres", || {
            let settings =
                vec![("max_connections", "100"), ("max_wal_size", "4GB"), ("maintenance_work_mem", "512MB"), ("shared_buffers", "512MB")];
            let started = Cluster::start(&Options {
                folder: Path::new("target/postgres").join("bench"),
                binaries: tools::postgres_folders(),
                settings,
            })?;
            for notice in started.notices {
                println!("{notice}");
            }
            Ok(Self(started.cluster))
        })
    }

    /// A connection under the owner's role.
    pub fn connect(&self, database: &str) -> Result<Connection, Failure> {
        Connection::open(&self.0.url(OWNER, database))
    }

    /// Fills a database, unless an earlier run left the same data.
    pub fn fill(&self, database: &str, sizes: &[Size]) -> Result<(), Failure> {
        let data = data_fingerprint()?;
        let is_filled = self
            .connect(database)
            .and_then(|mut connection| connection.value("SELECT obj_description('public'::regnamespace, 'pg_namespace')"));
        if is_filled.is_ok_and(|found| found == data) {
            return Ok(());
        }
        let password_hash = &sign_in::stored_hash()?;
        let mut owner = self.connect(cluster::DATABASE)?;
        owner.execute(&format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"))?;
        owner.execute(&format!("CREATE DATABASE {database}"))?;
        step(&format!("migrate {database}"), || run_silently(self.program(database, 0, "migrate")))?;
        let mut connection = self.connect(database)?;
        connection.execute(&data::administrator(password_hash))?;
        // Filling an index row by row takes many times as long as building it.
        let index = connection.value("SELECT pg_get_indexdef('memberships_by_search'::regclass)")?;
        connection.execute("DROP INDEX memberships_by_search")?;
        for size in sizes {
            step(&format!("fill {} with {} people", size.slug, size.members), || {
                connection.execute(&data::organization(*size, password_hash))
            })?;
        }
        step("index and analyze", || {
            connection.execute(&index)?;
            connection.execute("VACUUM ANALYZE")?;
            connection.execute("CHECKPOINT")
        })?;
        connection.execute(&format!("COMMENT ON SCHEMA public IS '{data}'"))
    }

    /// Starts a server on a database, with a session for the administrator.
    pub fn serve(&self, database: &str) -> Result<Server, Failure> {
        step(&format!("serve {database}"), || {
            self.connect(database)?.execute(&data::session())?;
            let address = free_address()?;
            Server::start(self.program(database, address.port(), "serve"), address, &format!("bench-{database}"), "/readyz")
        })
    }

    /// The address for the superuser, who may make databases: `#[sqlx::test]` does.
    pub fn owner_url(&self) -> String {
        self.0.url(OWNER, cluster::DATABASE)
    }

    /// Its address for the application's role.
    pub fn application_url(&self, database: &str) -> String {
        self.0.url(APPLICATION, database)
    }

    /// Stops it.
    pub fn stop(self) -> Result<(), Failure> {
        Ok(self.0.stop()?)
    }

    fn program(&self, database: &str, port: u16, word: &str) -> Command {
        let mut program = on_every_processor(MEASURED);
        program.arg(word);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NEXUS_")) {
            program.env_remove(name);
        }
        program.envs([
            ("DATABASE_URL", self.application_url(database)),
            ("NEXUS_OWNER_DATABASE_URL", self.0.url(OWNER, database)),
            ("NEXUS_SECRET_KEY", SECRET_KEY.to_owned()),
            ("NEXUS_LISTEN", format!("127.0.0.1:{port}")),
            ("NEXUS_PUBLIC_URL", format!("http://localhost:{port}")),
            // Nobody is written to here.
            ("NEXUS_SMTP_URL", "smtp://127.0.0.1:9".to_owned()),
            ("NEXUS_MAIL_FROM", "Nexus <nexus@bench.example>".to_owned()),
            // So that every sign-in can come from a network of its own.
            ("NEXUS_TRUSTED_PROXIES", "127.0.0.1/32".to_owned()),
        ]);
        program
    }
}

/// Changes when the data would.
fn data_fingerprint() -> Result<String, Failure> {
    let mut parts = vec![include_bytes!("data.rs").to_vec()];
    for path in files_below(Path::new(MIGRATIONS))? {
        parts.push(fs::read(&path).map_err(Failure::while_doing("read", &path))?);
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    Ok(fingerprint(&parts))
}

/// A server that runs; it ends with the run.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts a program and waits until it answers at `path`; what it says goes to a log of that name.
    pub fn start(mut program: Command, address: SocketAddr, name: &str, path: &str) -> Result<Self, Failure> {
        let log = Path::new(CACHE).join(format!("{name}.log"));
        let output = File::create(&log).map_err(Failure::while_doing("write", &log))?;
        let errors = output.try_clone().map_err(Failure::while_doing("write", &log))?;
        program.stdin(Stdio::null()).stdout(output).stderr(errors);
        let child = program.spawn().map_err(|error| Failure::new(format!("{name} couldn't be started: {error}.")))?;
        let mut server = Self { child, address };
        let begun = Instant::now();
        while page(&mut server.client(), path).is_err() {
            if begun.elapsed() > READY_WITHIN || !matches!(server.child.try_wait(), Ok(None)) {
                let said = fs::read_to_string(&log).unwrap_or_default();
                return Err(Failure::new(format!("{name} isn't ready. It said:\n{said}")));
            }
            sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// A new connection to it.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nobody is left to be told.
        let _ = program::end(&mut self.child);
    }
}

/// A port that nobody listens on.
pub fn free_address() -> Result<SocketAddr, Failure> {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    free.map_err(|error| Failure::new(format!("There is no free port: {error}.")))
}

/// A page as the administrator sees it; anything but 200 ends the run, because its time would mean nothing.
pub fn page(client: &mut Client, path: &str) -> Result<Answer, Failure> {
    let answer = client.get(path, &[("Cookie", &format!("nexus={}", data::TOKEN))])?;
    if answer.status == 200 {
        return Ok(answer);
    }
    Err(Failure::new(format!("{path} answered {} instead of 200.", answer.status)))
}

/// The people of an organization.
pub fn members(size: Size) -> String {
    format!("/organizations/{}/members", size.slug)
}

/// A program that may use every processor, although the generator that starts it is pinned to one.
pub fn on_every_processor(program: &str) -> Command {
    if !tools::has("taskset") {
        return command::<&str>(program, []);
    }
    command("taskset", ["--cpu-list", &format!("0-{}", processors() - 1), program])
}

/// Pins this process, and the threads it starts from now on, to the last processor.
pub fn pin_generator() {
    let last = (processors() - 1).to_string();
    let process = std::process::id().to_string();
    if !tools::has("taskset") || run_silently(command("taskset", ["--pid", "--cpu-list", &last, &process])).is_err() {
        println!("taskset is missing, so the generator of load isn't pinned to a processor.");
    }
}

/// How many processors this machine has.
pub fn processors() -> usize {
    fs::read_to_string("/proc/cpuinfo").map_or(1, |text| text.lines().filter(|line| line.starts_with("processor")).count().max(1))
}
