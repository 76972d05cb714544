//! A very small Postgres client: it signs in where no password is asked for, runs statements, and reads single values.
//!
//! It stands here because npm's Postgres brings no `psql`, and because xtask should compile quickly.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

use crate::steps::Failure;

/// Version 3.0 of the protocol.
const PROTOCOL: i32 = 196_608;

/// A connection over a Unix socket.
pub struct Connection(UnixStream);

impl Connection {
    /// Signs in to the database that an address names: `postgres://role@localhost/database?host=/folder/of/the/socket`.
    pub fn open(url: &str) -> Result<Self, Failure> {
        let parts = url.strip_prefix("postgres://").and_then(|rest| {
            let (role, rest) = rest.split_once("@localhost/")?;
            rest.split_once("?host=").map(|(database, folder)| (role, database, folder))
        });
        let (role, database, folder) = parts.ok_or_else(|| Failure::new("The database's address isn't one of a Unix socket."))?;
        let socket = format!("{}/.s.PGSQL.5432", percent_decoded(folder));
        let stream =
            UnixStream::connect(&socket).map_err(|error| Failure::new(format!("Couldn't reach Postgres at {socket}: {error}.")))?;
        let mut connection = Self(stream);
        let mut body = PROTOCOL.to_be_bytes().to_vec();
        body.extend(format!("user\0{role}\0database\0{database}\0\0").bytes());
        connection.send(None, &body)?;
        connection.answer(|_| {})?;
        Ok(connection)
    }

    /// Runs statements, all in one transaction unless they say otherwise; fails with Postgres' words.
    pub fn execute(&mut self, statements: &str) -> Result<(), Failure> {
        let mut body = statements.as_bytes().to_vec();
        body.push(0);
        self.send(Some(b'Q'), &body)?;
        self.answer(|_| {})
    }

    /// Runs a query and returns the first column of its first row as text; empty without a row, and for null.
    pub fn value(&mut self, query: &str) -> Result<String, Failure> {
        let mut body = query.as_bytes().to_vec();
        body.push(0);
        self.send(Some(b'Q'), &body)?;
        let mut value = None;
        self.answer(|row| {
            value.get_or_insert_with(|| first_column(row));
        })?;
        Ok(value.unwrap_or_default())
    }

    fn send(&mut self, kind: Option<u8>, body: &[u8]) -> Result<(), Failure> {
        let length = i32::try_from(body.len() + 4).map_err(|_| Failure::new("The statement is too long for Postgres."))?;
        let mut message: Vec<u8> = kind.into_iter().collect();
        message.extend(length.to_be_bytes());
        message.extend(body);
        self.0.write_all(&message).map_err(lost)
    }

    /// Reads messages until Postgres is ready for the next statement.
    fn answer(&mut self, mut take_row: impl FnMut(&[u8])) -> Result<(), Failure> {
        let mut refusal = None;
        loop {
            let mut head = [0; 5];
            if let Err(error) = self.0.read_exact(&mut head) {
                return Err(refusal.unwrap_or_else(|| lost(error)));
            }
            let [kind, length @ ..] = head;
            let length = usize::try_from(i32::from_be_bytes(length)).unwrap_or_default().saturating_sub(4);
            let mut body = vec![0; length];
            self.0.read_exact(&mut body).map_err(lost)?;
            match kind {
                b'D' => take_row(&body),
                b'E' => refusal = Some(Failure::new(words(&body))),
                b'R' if !body.starts_with(&[0; 4]) => {
                    return Err(Failure::new("Postgres asks for a password."));
                }
                b'Z' => return refusal.map_or(Ok(()), Err),
                _ => {}
            }
        }
    }
}

/// The first column out of a row: a number of columns, then each with its length, which is negative for null.
fn first_column(row: &[u8]) -> String {
    let value = row.get(2..).and_then(|columns| {
        let (length, rest) = columns.split_first_chunk()?;
        rest.get(..usize::try_from(i32::from_be_bytes(*length)).ok()?)
    });
    String::from_utf8_lossy(value.unwrap_or_default()).into_owned()
}

/// The message, detail, hint and place out of an error.
fn words(body: &[u8]) -> String {
    let fields = body.split(|byte| *byte == 0).filter_map(|field| field.split_first());
    let told = fields.filter_map(|(kind, text)| {
        let text = String::from_utf8_lossy(text);
        match kind {
            b'M' => Some(text.into_owned()),
            b'D' | b'H' => Some(format!("({text})")),
            b'P' => Some(format!("(at character {text})")),
            _ => None,
        }
    });
    told.collect::<Vec<_>>().join(" ")
}

fn lost(error: std::io::Error) -> Failure {
    Failure::new(format!("The connection to Postgres was lost: {error}."))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code =
            after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let encoded = code.filter(|_| *first == b'%');
        bytes.push(encoded.unwrap_or(*first));
        rest = if encoded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
