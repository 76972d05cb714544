//! Mail servers: one that works, and one that falls silent.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast::{self, Receiver};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

/// A mail server, and what it has received.
pub struct Mailcrab {
    /// Where it takes mail.
    pub url: String,
    received: Receiver<mailcrab::MailMessage>,
    shutdown: CancellationToken,
}

impl Mailcrab {
    /// Starts one.
    pub async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let (sender, received) = broadcast::channel(1_024);
        let shutdown = CancellationToken::new();
        tokio::spawn(mailcrab::mail_server(IpAddr::V4(Ipv4Addr::LOCALHOST), port, sender, false, shutdown.clone()));
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            sleep(Duration::from_millis(20)).await;
        }
        Self { url: format!("smtp://127.0.0.1:{port}"), received, shutdown }
    }

    /// The next mail to an address: its `Message-ID` and its whole text.
    pub async fn mail_to(&mut self, email: &str) -> (String, String) {
        loop {
            let mail = self.next().await.unwrap_or_else(|| panic!("no mail to {email}"));
            if mail.recipients.contains(email) {
                return (mail.id, mail.text);
            }
        }
    }

    /// The next mail, if one comes soon.
    pub async fn next(&mut self) -> Option<ReceivedMail> {
        let mail = timeout(Duration::from_secs(20), self.received.recv()).await.ok()?.unwrap();
        let stored = serde_json::to_value(&mail).unwrap();
        let raw = String::from_utf8(mail.raw_bytes().unwrap()).unwrap();
        let text = format!("{}\n{}", stored["text"].as_str().unwrap(), stored["html"].as_str().unwrap());
        Some(ReceivedMail { recipients: mail.envelope_recipients.join(" "), id: message_id(&raw), text })
    }

    /// How many more mails arrive within a moment.
    pub async fn further(&mut self) -> usize {
        let mut further = 0;
        while timeout(Duration::from_secs(2), self.received.recv()).await.is_ok() {
            further += 1;
        }
        further
    }
}

impl Drop for Mailcrab {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

/// A mail as the mail server has it.
pub struct ReceivedMail {
    /// Whom it is for.
    pub recipients: String,
    /// Its `Message-ID`.
    pub id: String,
    /// Both of its forms.
    pub text: String,
}

/// A mail server that falls silent in the middle of every conversation.
pub struct SilentServer {
    /// Where it takes mail.
    pub url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

/// When a mail server falls silent.
#[derive(Clone, Copy)]
pub enum Silence {
    /// Asked to take a message, before it has any of it.
    BeforeTheMessage,
    /// With the whole message, before it says that it is taken.
    AfterTheMessage,
}

impl SilentServer {
    /// Starts one.
    pub async fn start(silence: Silence) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let heard = Arc::default();
        let server = Self { url, heard: Arc::clone(&heard) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(BufReader::new(stream), silence, Arc::clone(&heard)));
            }
        });
        server
    }

    /// What each conversation had sent when it came to the silence: nothing, or a whole message.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// Waits until as many conversations have come to the silence.
    pub async fn is_silent_in(&self, conversations: usize) {
        timeout(Duration::from_secs(20), async {
            while self.heard.lock().unwrap().len() < conversations {
                sleep(Duration::from_millis(10)).await;
            }
        })
        .await
        .expect("the mails come as far as the silence");
    }
}

async fn converse(mut stream: BufReader<TcpStream>, silence: Silence, heard: Arc<Mutex<Vec<String>>>) -> Option<()> {
    stream.write_all(b"220 silent\r\n").await.ok()?;
    let mut message = None;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match (&mut message, line.as_str(), silence) {
            (None, "DATA\r\n", Silence::BeforeTheMessage) => heard.lock().ok()?.push(String::new()),
            (None, "DATA\r\n", Silence::AfterTheMessage) => {
                message = Some(String::new());
                stream.write_all(b"354 Go on\r\n").await.ok()?;
            }
            (None, ..) => stream.write_all(b"250 OK\r\n").await.ok()?,
            (Some(message), ".\r\n", _) => heard.lock().ok()?.push(std::mem::take(message)),
            (Some(message), line, _) => message.push_str(line),
        }
    }
}

/// The `Message-ID` of a message as it is transmitted.
pub fn message_id(message: &str) -> String {
    message.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_else(|| panic!("{message}")).to_owned()
}
