//! A small client of HTTP/1.1 for generating load: one connection, kept alive, one request after the other.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::steps::Failure;

/// Longer waits count as a failure.
const PATIENCE: Duration = Duration::from_secs(30);

/// A kept-alive connection.
pub struct Client {
    address: SocketAddr,
    connection: Option<BufReader<TcpStream>>,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, as it was sent.
    pub body: Vec<u8>,
    /// Bytes on the wire, head included.
    pub received: usize,
    /// From sending to the last byte.
    pub took: Duration,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Client {
    /// Connects at the first request.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, connection: None }
    }

    /// Asks for a page, with further header lines.
    pub fn get(&mut self, path: &str, headers: &[(&str, &str)]) -> Result<Answer, Failure> {
        self.send("GET", path, headers, "")
    }

    /// Posts a form's pairs.
    pub fn post(&mut self, path: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer, Failure> {
        self.send("POST", path, headers, body)
    }

    fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer, Failure> {
        let port = self.address.port();
        let mut head = vec![format!("{method} {path} HTTP/1.1"), format!("Host: localhost:{port}")];
        head.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
        if method == "POST" {
            head.push(format!("Origin: http://localhost:{port}"));
            head.push("Content-Type: application/x-www-form-urlencoded".to_owned());
            head.push(format!("Content-Length: {}", body.len()));
        }
        let request = format!(
            "{}

{body}",
            head.join(
                "
"
            )
        );
        let answer = self.exchange(request.as_bytes());
        if answer.is_err() {
            self.connection = None;
        }
        answer.map_err(|error| Failure::new(format!("{method} {path} failed: {error}.")))
    }

    fn exchange(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            empty => {
                let stream = TcpStream::connect(self.address)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                empty.insert(BufReader::new(stream))
            }
        };
        let begun = Instant::now();
        connection.get_mut().write_all(request)?;
        let mut received = 0;
        let status_line = line(connection, &mut received)?;
        let status = status_line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        let (mut length, mut is_chunked, mut closes) = (0, false, false);
        loop {
            let header = line(connection, &mut received)?.to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            let (name, value) = header.split_once(':').unwrap_or((&header, ""));
            match (name, value.trim()) {
                ("content-length", value) => length = value.parse().unwrap_or_default(),
                ("transfer-encoding", value) => is_chunked = value == "chunked",
                ("connection", value) => closes = value == "close",
                _ => {}
            }
        }
        let mut body = Vec::new();
        // The last chunk is the empty one.
        let mut has_chunks = is_chunked;
        while has_chunks {
            let size = usize::from_str_radix(&line(connection, &mut received)?, 16).unwrap_or_default();
            take(connection, size, &mut body)?;
            line(connection, &mut received)?;
            has_chunks = size > 0;
        }
        take(connection, length, &mut body)?;
        let took = begun.elapsed();
        if closes {
            self.connection = None;
        }
        received += body.len();
        Ok(Answer { status, body, received, took })
    }
}

fn line(connection: &mut BufReader<TcpStream>, received: &mut usize) -> std::io::Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    *received += line.len();
    Ok(line.trim_end().to_owned())
}

fn take(connection: &mut BufReader<TcpStream>, size: usize, body: &mut Vec<u8>) -> std::io::Result<()> {
    let start = body.len();
    body.resize(start + size, 0);
    connection.read_exact(body.get_mut(start..).unwrap_or_default())
}
