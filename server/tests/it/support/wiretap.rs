//! Stands between a server and its database, and notes what is asked: every statement, how often the server waited for an answer,
//! and how many rows Postgres looked at.
//!
//! Postgres tells the rows by its module `auto_explain`, as notices to the client; they end here.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::task::JoinHandle;

/// Scans of fewer rows are not told one by one.
const A_FEW_ROWS: f64 = 100.0;

/// What was asked since the last look.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Statements, apart from those that begin and end transactions and from the pool's own question.
    pub statements: Vec<String>,
    /// How often somebody waited for the database. Preparing a statement that is kept counts nothing: it happens once in a
    /// connection's life.
    pub round_trips: usize,
    /// Every statement that was carried out, triggers' included, with the ways by which it looked at many rows, and with all rows that it
    /// looked at.
    pub plans: Vec<(String, f64)>,
}

/// The place between.
pub struct Wiretap {
    asked: Arc<Mutex<Asked>>,
    accepting: JoinHandle<()>,
    /// Where the server connects to.
    pub options: PgConnectOptions,
    /// Whether this Postgres has the module.
    pub tells_rows: bool,
}

impl Wiretap {
    /// Stands before the database that `owner` is connected to; connections from now on tell the rows that they look at.
    pub async fn new(owner: &PgPool) -> Self {
        let options = owner.connect_options().as_ref().clone();
        let database = options.get_database().unwrap_or_default();
        let tells_rows = sqlx::raw_sql("LOAD 'auto_explain'").execute(owner).await.is_ok();
        for (setting, value) in [
            ("session_preload_libraries", "auto_explain"),
            ("auto_explain.log_min_duration", "0"),
            ("auto_explain.log_analyze", "on"),
            ("auto_explain.log_timing", "off"),
            ("auto_explain.log_format", "json"),
            ("auto_explain.log_level", "notice"),
            ("auto_explain.log_nested_statements", "on"),
        ]
        .into_iter()
        .filter(|_| tells_rows)
        {
            let statement = format!("ALTER DATABASE \"{database}\" SET {setting} = '{value}'");
            sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(owner).await.unwrap();
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Asked::default()));
        let accepting = tokio::spawn(accept(listener, options.clone(), Arc::clone(&asked)));
        let username = options.get_username().to_owned();
        let here = PgConnectOptions::new_without_pgpass()
            .host("127.0.0.1")
            .port(port)
            .username(&username)
            .database(database)
            .ssl_mode(PgSslMode::Disable);
        Self { asked, accepting, options: here, tells_rows }
    }

    /// What was asked since the last look.
    pub fn news(&self) -> Asked {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

impl Drop for Wiretap {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, options: PgConnectOptions, asked: Arc<Mutex<Asked>>) {
    while let Ok((client, _)) = listener.accept().await {
        client.set_nodelay(true).unwrap();
        let asked = Arc::clone(&asked);
        let (host, port) = (options.get_host().to_owned(), options.get_port());
        let socket = options.get_socket().cloned().or_else(|| host.starts_with('/').then(|| host.clone().into()));
        tokio::spawn(async move {
            if let Some(folder) = socket {
                let database = UnixStream::connect(folder.join(format!(".s.PGSQL.{port}"))).await.unwrap();
                carry(client, database.into_split(), asked).await;
            } else {
                let database = TcpStream::connect((host, port)).await.unwrap();
                carry(client, database.into_split(), asked).await;
            }
        });
    }
}

/// Carries messages both ways until one side closes.
async fn carry(client: TcpStream, database: (impl AsyncRead + Unpin, impl AsyncWrite + Unpin), asked: Arc<Mutex<Asked>>) {
    let (from_client, to_client) = client.into_split();
    let (from_database, to_database) = database;
    tokio::select! {
        _ = carry_questions(from_client, to_database, &asked) => {}
        _ = carry_answers(from_database, to_client, &asked) => {}
    }
}

async fn carry_questions(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, asked: &Mutex<Asked>) -> std::io::Result<()> {
    // The first message has no kind.
    let length = from.read_u32().await?;
    let mut start = vec![0; usize::try_from(length).unwrap() - 4];
    from.read_exact(&mut start).await?;
    to.write_all(&[&length.to_be_bytes()[..], &start].concat()).await?;

    let mut prepared = HashMap::<Vec<u8>, String>::new();
    let mut bound = String::new();
    // What has been sent since the database was last waited for.
    let (mut prepares_for_long, mut executes) = (false, false);
    loop {
        let (kind, body) = message(&mut from).await?;
        let mut words = body.split(|byte| *byte == 0);
        let mut word = || words.next().unwrap_or_default();
        match kind {
            b'Q' => {
                let text = String::from_utf8_lossy(word()).into_owned();
                let mut asked = asked.lock().unwrap();
                // The pool asks when nobody waits, or after a second of idleness.
                asked.round_trips += usize::from(!is_of_the_pool(&text));
                if !is_about_transactions(&text) {
                    asked.statements.push(text);
                }
            }
            b'P' => {
                let name = word().to_vec();
                prepares_for_long |= !name.is_empty();
                prepared.insert(name, String::from_utf8_lossy(word()).into_owned());
            }
            b'B' => {
                let _portal = word();
                bound = prepared.get(word()).cloned().unwrap_or_default();
            }
            b'E' => {
                executes = true;
                if !is_about_transactions(&bound) {
                    asked.lock().unwrap().statements.push(bound.clone());
                }
            }
            b'S' => {
                if executes || !prepares_for_long {
                    asked.lock().unwrap().round_trips += 1;
                }
                (prepares_for_long, executes) = (false, false);
            }
            _ => {}
        }
        send(&mut to, kind, &body).await?;
    }
}

/// What begins and ends transactions is no statement of a use case.
fn is_about_transactions(statement: &str) -> bool {
    let beginning = statement.trim_start().to_ascii_lowercase();
    is_of_the_pool(statement) || ["begin", "commit", "rollback", "start transaction"].iter().any(|control| beginning.starts_with(control))
}

/// The pool asks each connection for its state.
fn is_of_the_pool(statement: &str) -> bool {
    statement == "UNLISTEN *"
}

async fn carry_answers(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, asked: &Mutex<Asked>) -> std::io::Result<()> {
    loop {
        let (kind, body) = message(&mut from).await?;
        if kind == b'N'
            && let Some(plan) = plan_in(&body)
        {
            asked.lock().unwrap().plans.push(plan);
            continue;
        }
        send(&mut to, kind, &body).await?;
    }
}

async fn message(from: &mut (impl AsyncRead + Unpin)) -> std::io::Result<(u8, Vec<u8>)> {
    let kind = from.read_u8().await?;
    let length = from.read_u32().await?;
    let mut body = vec![0; usize::try_from(length).unwrap() - 4];
    from.read_exact(&mut body).await?;
    Ok((kind, body))
}

async fn send(to: &mut (impl AsyncWrite + Unpin), kind: u8, body: &[u8]) -> std::io::Result<()> {
    let length = u32::try_from(body.len() + 4).unwrap();
    to.write_all(&[&[kind][..], &length.to_be_bytes(), body].concat()).await
}

/// Statement and rows out of a notice of `auto_explain`.
fn plan_in(notice: &[u8]) -> Option<(String, f64)> {
    let message = notice.split(|byte| *byte == 0).find_map(|field| field.strip_prefix(b"M"))?;
    let message = std::str::from_utf8(message).ok()?;
    let (head, json) = message.split_once("plan:\n")?;
    if !head.starts_with("duration: ") {
        return None;
    }
    let plan: Value = serde_json::from_str(json).unwrap();
    let mut statement = plan["Query Text"].as_str().unwrap_or_default().to_owned();
    tell_scans(&plan["Plan"], &mut statement);
    Some((statement, rows_looked_at(&plan["Plan"])))
}

/// Adds a line for each part of a plan that looks at more than a few rows.
fn tell_scans(node: &Value, words: &mut String) {
    let rows = own_rows(node);
    if rows > A_FEW_ROWS {
        let name = |name: &str| node[name].as_str().unwrap_or_default().to_owned();
        let (kind, table, index) = (name("Node Type"), name("Alias"), name("Index Name"));
        writeln!(words, "\n    -- {kind} of {table} by {index}, {rows} rows in {} loops", node["Actual Loops"]).unwrap();
    }
    for child in node["Plans"].as_array().into_iter().flatten() {
        tell_scans(child, words);
    }
}

/// The rows of tables that a plan looked at, whether it kept them or not.
fn rows_looked_at(node: &Value) -> f64 {
    own_rows(node) + node["Plans"].as_array().into_iter().flatten().map(rows_looked_at).sum::<f64>()
}

fn own_rows(node: &Value) -> f64 {
    let number = |name: &str| node[name].as_f64().unwrap_or_default();
    let is_scan = node["Node Type"].as_str().is_some_and(|kind| kind.ends_with("Scan")) && node["Relation Name"].is_string();
    if is_scan {
        (number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Index Recheck")) * number("Actual Loops")
    } else {
        0.0
    }
}
