//! A browser, as far as HTTP goes: cookies, forms with and without scripts, and every header in the test's hands.
//!
//! It speaks HTTP/1.1 by itself, one connection for each request, so that a test can send what no client library would.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than anything here should take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The media type of a plain form.
pub const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// One person's browser.
#[derive(Clone, Debug)]
pub struct Browser {
    address: SocketAddr,
    host: String,
    /// By name.
    pub cookies: BTreeMap<String, String>,
}

/// A request to be sent.
#[derive(Clone, Debug)]
pub struct Draft {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code; 0 when the connection ended without an answer.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Decoded.
    pub body: Vec<u8>,
}

impl Draft {
    /// A request without headers and body.
    pub fn new(method: &str, target: &str) -> Self {
        Self { method: method.to_owned(), target: target.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    /// With one more header, or another value of it.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a header.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// With this body.
    #[must_use]
    pub fn body(self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }.header("Content-Type", media_type)
    }

    /// A server function's call, as the browser's side makes it.
    pub fn call(function: &str, pairs: &[(&str, &str)]) -> Self {
        Self::new("POST", &format!("/api/{function}"))
            .header("Accept", "application/json")
            .header("Sec-Fetch-Site", "same-origin")
            .body(URL_ENCODED, encoded(pairs))
    }

    /// A form posted without scripts, from the page at `page`.
    pub fn submission(page: &str, function: &str, pairs: &[(&str, &str)]) -> Self {
        let function = format!("/api/{function}");
        let pairs: Vec<(&str, &str)> = std::iter::once(("_function", function.as_str())).chain(pairs.iter().copied()).collect();
        Self::new("POST", page).header("Accept", "text/html").header("Sec-Fetch-Site", "same-origin").body(URL_ENCODED, encoded(&pairs))
    }

    /// As it goes over the wire.
    pub fn bytes(&self, host: &str, cookies: &str) -> Vec<u8> {
        let mut text = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        let is_named = |name: &str| self.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        if !is_named("Host") {
            text.push_str(&format!("Host: {host}\r\n"));
        }
        if !cookies.is_empty() && !is_named("Cookie") {
            text.push_str(&format!("Cookie: {cookies}\r\n"));
        }
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if (!self.body.is_empty() || self.method == "POST") && !is_named("Content-Length") && !is_named("Transfer-Encoding") {
            text.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        text.push_str("Connection: close\r\n\r\n");
        [text.as_bytes(), &self.body].concat()
    }
}

impl Browser {
    /// One that has never been anywhere.
    pub fn new(address: SocketAddr, host: &str) -> Self {
        Self { address, host: host.to_owned(), cookies: BTreeMap::new() }
    }

    /// The same cookies at another server.
    pub fn at(&self, address: SocketAddr) -> Self {
        Self { address, ..self.clone() }
    }

    /// Sends a request, and keeps the cookies that come back.
    pub async fn send(&mut self, draft: Draft) -> Answer {
        let bytes = draft.bytes(&self.host, &self.cookie_header());
        let answer = exchange(self.address, &bytes).await;
        for cookie in answer.all("set-cookie") {
            self.keep(cookie);
        }
        answer
    }

    /// Opens a page.
    pub async fn get(&mut self, target: &str) -> Answer {
        self.send(Draft::new("GET", target).header("Accept", "text/html")).await
    }

    /// Opens a page and goes on where it leads.
    pub async fn open(&mut self, target: &str) -> Answer {
        let mut answer = self.get(target).await;
        for _ in 0..5 {
            let Some(location) = answer.header("location").map(str::to_owned).filter(|_| (300..400).contains(&answer.status)) else {
                return answer;
            };
            answer = self.get(&location).await;
        }
        panic!("{target} leads round in a circle");
    }

    /// Calls a server function with scripts.
    pub async fn call(&mut self, function: &str, pairs: &[(&str, &str)]) -> Answer {
        self.send(Draft::call(function, pairs)).await
    }

    /// Posts a form without scripts.
    pub async fn submit(&mut self, page: &str, function: &str, pairs: &[(&str, &str)]) -> Answer {
        self.send(Draft::submission(page, function, pairs)).await
    }

    /// Begins a request and hangs up after `pause`, in the middle of whatever the server does then.
    pub async fn hang_up_after(&self, draft: &Draft, pause: Duration) {
        self.hang_up_within(draft, 1.0, pause).await;
    }

    /// Sends only the first `part` of a request, which ends anywhere (1.0 is all of it), and hangs up after `pause`.
    pub async fn hang_up_within(&self, draft: &Draft, part: f64, pause: Duration) {
        let mut bytes = draft.bytes(&self.host, &self.cookie_header());
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "requests are small")]
        bytes.truncate((bytes.len() as f64 * part) as usize);
        let Ok(mut stream) = TcpStream::connect(self.address).await else {
            return;
        };
        // A reset instead of a polite end, as when a phone loses its network.
        stream.set_zero_linger().unwrap();
        let _ = stream.write_all(&bytes).await;
        tokio::time::sleep(pause).await;
        drop(stream);
    }

    fn cookie_header(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&mut self, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if value.is_empty() || attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Answer {
    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every header of that name.
    pub fn all<'answer>(&'answer self, name: &'answer str) -> impl Iterator<Item = &'answer str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {} {}", self.status, self.text()))
    }

    /// Fails the test unless the status is `expected`.
    #[track_caller]
    pub fn expect(self, expected: u16) -> Self {
        assert_eq!(self.status, expected, "{}", self.excerpt());
        self
    }

    /// Enough of it for a message.
    pub fn excerpt(&self) -> String {
        let text: String = self.text().chars().take(600).collect();
        format!("{} {:?} {text}", self.status, self.header("location"))
    }
}

/// Pairs as a form sends them.
pub fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Sends the bytes and reads the answer, at the same time: the answer may come before everything is sent.
pub async fn exchange(address: SocketAddr, bytes: &[u8]) -> Answer {
    let exchange = async {
        let (mut reading, mut writing) = TcpStream::connect(address).await.unwrap().into_split();
        let write = async {
            let _ = writing.write_all(bytes).await;
            writing
        };
        let read = async {
            let mut received = Vec::new();
            let _ = reading.read_to_end(&mut received).await;
            received
        };
        let (_writing, received) = tokio::join!(write, read);
        received
    };
    let received = timeout(PATIENCE, exchange)
        .await
        .unwrap_or_else(|_| panic!("no answer within a minute: {}", String::from_utf8_lossy(&bytes[..bytes.len().min(300)])));
    parsed(&received)
}

fn parsed(received: &[u8]) -> Answer {
    let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Answer { status: 0, headers: Vec::new(), body: received.to_vec() };
    };
    let head = String::from_utf8_lossy(&received[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok()).unwrap_or(0);
    let headers: Vec<(String, String)> =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
    let body = &received[end + 4..];
    let is_chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    Answer { status, headers, body: if is_chunked { joined(body) } else { body.to_vec() } }
}

fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(line) = chunks.windows(2).position(|window| window == b"\r\n") {
        let length = std::str::from_utf8(&chunks[..line]).ok().and_then(|length| usize::from_str_radix(length, 16).ok()).unwrap_or(0);
        let (from, to) = (line + 2, line + 2 + length);
        if length == 0 || to > chunks.len() {
            break;
        }
        body.extend_from_slice(&chunks[from..to]);
        chunks = chunks.get(to + 2..).unwrap_or_default();
    }
    body
}
