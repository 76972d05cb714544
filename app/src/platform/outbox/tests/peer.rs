//! A small mail server that misbehaves on demand.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// How the server behaves on one connection.
#[derive(Clone, Copy)]
pub(super) enum Behavior {
    /// Takes every mail.
    Takes,
    /// Takes every mail, after a while.
    TakesSlowly,
    /// Takes the mail, and is gone before it says so.
    DropsAfterData,
    /// Takes the mail and says nothing.
    SilentAfterData,
    /// Accepts the connection and says nothing.
    Silent,
    /// Knows no such person.
    RefusesRecipient,
    /// Is too busy for this person.
    PutsRecipientOff,
    /// Wants us to sign in.
    WantsSignIn,
    /// Does not talk to us at all.
    RefusesConnection,
}

/// The running server.
pub(super) struct Peer {
    port: u16,
    received: Arc<Mutex<Vec<Vec<u8>>>>,
    arrived: Arc<Notify>,
}

impl Peer {
    /// Starts a server that behaves like this on its first connections, and well on all others.
    pub(super) async fn start(behaviors: &[Behavior]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let peer = Self { port: listener.local_addr().unwrap().port(), received: Arc::default(), arrived: Arc::default() };
        let mut behaviors: VecDeque<Behavior> = behaviors.iter().copied().collect();
        let (received, arrived) = (Arc::clone(&peer.received), Arc::clone(&peer.arrived));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let behavior = behaviors.pop_front().unwrap_or(Behavior::Takes);
                tokio::spawn(talk(stream, behavior, Arc::clone(&received), Arc::clone(&arrived)));
            }
        });
        peer
    }

    pub(super) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Every message that was transmitted to its end.
    pub(super) fn received(&self) -> Vec<Vec<u8>> {
        self.received.lock().unwrap().clone()
    }

    /// Waits for the next message.
    pub(super) async fn arrival(&self) {
        self.arrived.notified().await;
    }
}

async fn talk(stream: TcpStream, behavior: Behavior, received: Arc<Mutex<Vec<Vec<u8>>>>, arrived: Arc<Notify>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    match behavior {
        Behavior::Silent => return std::future::pending().await,
        Behavior::RefusesConnection => {
            return stream.write_all(b"554 No mail from you\r\n").await.ok();
        }
        _ => stream.write_all(b"220 peer\r\n").await.ok()?,
    }
    loop {
        let line = read_line(&mut stream).await?;
        let verb = String::from_utf8_lossy(&line).to_uppercase();
        let answer = match (verb.get(..4)?, behavior) {
            ("MAIL", Behavior::WantsSignIn) => "530 5.7.0 Authentication required\r\n",
            ("RCPT", Behavior::RefusesRecipient) => "550-5.1.1 No such\r\n550 5.1.1 person here\r\n",
            ("RCPT", Behavior::PutsRecipientOff) => "451 4.7.1 Greylisted, try again\r\n",
            ("EHLO" | "MAIL" | "RCPT" | "NOOP" | "RSET", _) => "250 OK\r\n",
            ("DATA", _) => {
                stream.write_all(b"354 Go on\r\n").await.ok()?;
                let message = read_message(&mut stream).await?;
                received.lock().ok()?.push(message);
                arrived.notify_one();
                match behavior {
                    Behavior::DropsAfterData => return None,
                    Behavior::SilentAfterData => return std::future::pending().await,
                    Behavior::TakesSlowly => tokio::time::sleep(Duration::from_millis(700)).await,
                    _ => {}
                }
                "250 Taken\r\n"
            }
            _ => {
                stream.write_all(b"221 Bye\r\n").await.ok();
                return None;
            }
        };
        stream.write_all(answer.as_bytes()).await.ok()?;
    }
}

async fn read_line(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    let read = stream.read_until(b'\n', &mut line).await.ok()?;
    (read > 0).then_some(line)
}

async fn read_message(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        let line = read_line(stream).await?;
        if line == b".\r\n" {
            return Some(message);
        }
        message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
