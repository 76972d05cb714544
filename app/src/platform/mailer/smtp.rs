//! Connections to a mail server, used one mail after the other.
//!
//! lettre's own pool would put a connection back whose delivery was cut short by the clock, in the middle of a message, and
//! does not tell a refused mail from a refused connection. Here a connection is only put back after a finished delivery, and
//! only what the server says about the mail itself can be final.

use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::time::timeout;
use url::Url;

use super::delivery_error::{DeliveryError, one_line};

/// Most idle connections kept.
const IDLE_CONNECTIONS: usize = 4;
/// How long connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(20);
/// How long one delivery may take, connecting included.
const DELIVERY_LIMIT: Duration = Duration::from_mins(2);
/// How long saying goodbye may take.
const GOODBYE_LIMIT: Duration = Duration::from_secs(2);

/// Connections to one mail server.
#[derive(Clone)]
pub struct SmtpConnections {
    server: Arc<Server>,
    idle: Arc<Mutex<Vec<AsyncSmtpConnection>>>,
    time_limit: Duration,
}

/// Why an address of a mail server can't be used. Never repeats the address, which may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlError {
    /// Not an address at all.
    #[error("the mail server's address cannot be read: {0}; it looks like smtps://user:password@mail.example.org")]
    Unreadable(String),
    /// Neither `smtp` nor `smtps`.
    #[error("the mail server's address must begin with smtps:// or smtp://")]
    Scheme,
    /// No host name.
    #[error("the mail server's address names no host")]
    NoHost,
    /// Another value of `tls` than those known.
    #[error("the mail server's address may end in ?tls=required or ?tls=opportunistic, nothing else")]
    Tls,
    /// Percent signs that stand for no text.
    #[error("user and password in the mail server's address must be percent-encoded")]
    Credentials,
    /// The encryption could not be prepared.
    #[error("the encryption of the way to the mail server could not be prepared: {0}")]
    Encryption(String),
}

struct Server {
    host: String,
    port: u16,
    encryption: Encryption,
    name: ClientId,
    credentials: Option<Credentials>,
}

enum Encryption {
    None,
    StartTlsIfOffered(TlsParameters),
    StartTls(TlsParameters),
    FromTheStart(TlsParameters),
}

impl SmtpConnections {
    /// To the server at `url`; connects when the first mail is there.
    pub(super) fn to(url: &str) -> Result<Self, SmtpUrlError> {
        Ok(Self { server: Arc::new(Server::at(url)?), idle: Arc::default(), time_limit: DELIVERY_LIMIT })
    }

    pub(super) fn with_time_limit(self, time_limit: Duration) -> Self {
        Self { time_limit, ..self }
    }

    /// Sends one message. A connection that was cut off by the clock is dropped with the rest: nobody knows what it waits for.
    pub(super) async fn send(&self, message: &Message) -> Result<(), DeliveryError> {
        let sent = timeout(self.time_limit, async {
            let mut connection = self.connection().await?;
            connection.send(message.envelope(), &message.formatted()).await.map_err(|error| about_the_mail(&error))?;
            self.keep(connection).await;
            Ok(())
        });
        sent.await.unwrap_or_else(|_| Err(DeliveryError::Transient("The mail server did not answer in time.".to_owned())))
    }

    /// Ends all idle connections.
    pub(super) async fn close(&self) {
        let idle = std::mem::take(&mut *self.idle.lock().await);
        for mut connection in idle {
            // Whether the server hears it changes nothing.
            let _ = timeout(GOODBYE_LIMIT, connection.abort()).await;
        }
    }

    /// An idle connection that still answers, else a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, DeliveryError> {
        loop {
            let idle = self.idle.lock().await.pop();
            let Some(mut connection) = idle else {
                return self.server.connect().await;
            };
            if matches!(timeout(GOODBYE_LIMIT, connection.test_connected()).await, Ok(true)) {
                return Ok(connection);
            }
        }
    }

    async fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().await;
        if idle.len() < IDLE_CONNECTIONS && !connection.has_broken() {
            idle.push(connection);
        }
    }
}

impl Server {
    fn at(url: &str) -> Result<Self, SmtpUrlError> {
        let url = Url::parse(url).map_err(|error| SmtpUrlError::Unreadable(error.to_string()))?;
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        if !matches!(url.scheme(), "smtp" | "smtps") {
            return Err(SmtpUrlError::Scheme);
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(SmtpUrlError::NoHost)?;
        // The brackets of an IPv6 address belong to the address (URL), not to the host.
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let parameters = || TlsParameters::new(host.clone()).map_err(|error| SmtpUrlError::Encryption(one_line(&error.to_string())));
        let (encryption, standard_port) = match (url.scheme(), tls.as_deref()) {
            ("smtps", None) => (Encryption::FromTheStart(parameters()?), SUBMISSIONS_PORT),
            ("smtp", Some("required")) => (Encryption::StartTls(parameters()?), SUBMISSION_PORT),
            ("smtp", Some("opportunistic")) => (Encryption::StartTlsIfOffered(parameters()?), SUBMISSION_PORT),
            ("smtp", None) => (Encryption::None, SMTP_PORT),
            _ => return Err(SmtpUrlError::Tls),
        };
        let name = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(percent_decoded(url.username())?, percent_decoded(password)?)),
            None => None,
        };
        Ok(Self { port: url.port().unwrap_or(standard_port), host, encryption, name, credentials })
    }

    /// Connects, encrypts and signs in.
    async fn connect(&self) -> Result<AsyncSmtpConnection, DeliveryError> {
        let mut connection = if let Encryption::FromTheStart(parameters) = &self.encryption {
            let address = (self.host.as_str(), self.port);
            let parameters = Some(parameters.clone());
            AsyncSmtpConnection::connect_tokio1(address, Some(CONNECT_LIMIT), &self.name, parameters, None).await
        } else {
            let stream = Box::new(self.open_stream().await?);
            AsyncSmtpConnection::connect_with_transport(stream, &self.name).await
        }
        .map_err(about_the_connection)?;
        match &self.encryption {
            Encryption::StartTls(parameters) => connection.starttls(parameters.clone(), &self.name).await,
            Encryption::StartTlsIfOffered(parameters) if connection.can_starttls() => {
                connection.starttls(parameters.clone(), &self.name).await
            }
            _ => Ok(()),
        }
        .map_err(about_the_connection)?;
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await.map_err(about_the_connection)?;
        }
        Ok(connection)
    }

    /// Opens a connection that sends at once. A message ends with a small write of its own, and a nearby server would let it
    /// wait 40 ms for an acknowledgment: the most that four connections could deliver were a hundred mails a second.
    async fn open_stream(&self) -> Result<TcpStream, DeliveryError> {
        let connecting = timeout(CONNECT_LIMIT, TcpStream::connect((self.host.as_str(), self.port)));
        let stream = connecting.await.map_err(about_the_connection)?.map_err(about_the_connection)?;
        stream.set_nodelay(true).map_err(about_the_connection)?;
        Ok(stream)
    }
}

/// The server refuses to talk to us at all: the operator can put that right, so the mail waits.
fn about_the_connection(error: impl Display) -> DeliveryError {
    DeliveryError::Transient(one_line(&error.to_string()))
}

/// The server refuses this mail: for good if it says so (RFC 5321, 5xx), except that it wants us to sign in or to encrypt.
fn about_the_mail(error: &Error) -> DeliveryError {
    let wants_other_connection = error.status().is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538));
    if error.is_permanent() && !wants_other_connection {
        return DeliveryError::Permanent(words(error));
    }
    DeliveryError::Transient(words(error))
}

fn words(error: &Error) -> String {
    one_line(&error.to_string())
}

fn percent_decoded(text: &str) -> Result<String, SmtpUrlError> {
    // `+` and `&` mean themselves here, unlike in a form.
    let pair = format!("={}", text.replace('+', "%2B").replace('&', "%26"));
    let decoded = form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default();
    if decoded.contains('\u{fffd}') { Err(SmtpUrlError::Credentials) } else { Ok(decoded) }
}
