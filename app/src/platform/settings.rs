//! What the operator decided, already checked: `server/src/config/` reads it from the environment.

use std::time::Duration;

/// Settings that the product's rooms need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Scheme, host and port that links are built from, without a trailing slash: `https://people.example.org`.
    pub public_url: String,
    /// Whether the public address is https; cookies are then `Secure` and named `__Host-…`.
    pub is_https: bool,
    /// Most time between two requests of a session.
    pub session_idle: Duration,
    /// Most time from signing in to the session's end.
    pub session_max: Duration,
    /// Fewest characters of a password; never below 8.
    pub password_minimum: usize,
    /// Terms that a person must accept when completing the registration.
    pub terms_url: Option<String>,
    /// Sender of all mail, as in a `From` header.
    pub mail_from: String,
    /// Where mail goes.
    pub mail_delivery: MailDelivery,
    /// Most invitations that one organization's mail may carry in a day.
    pub invitations_per_day: i64,
}

/// Where mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailDelivery {
    /// To a mail server.
    Smtp,
    /// To `/dev/mailbox`: only with the embedded database on a loopback address.
    DevelopmentMailbox,
}

impl Settings {
    /// The absolute form of an own address, for mails and printed links. The host is always the configured one.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// How long a session may stay unused, in seconds.
    pub fn session_idle_seconds(&self) -> i64 {
        i64::try_from(self.session_idle.as_secs()).unwrap_or(i64::MAX)
    }

    /// How long a session may last, in seconds.
    pub fn session_max_seconds(&self) -> i64 {
        i64::try_from(self.session_max.as_secs()).unwrap_or(i64::MAX)
    }

    /// Name of the session cookie.
    pub const fn session_cookie(&self) -> &'static str {
        if self.is_https { "__Host-nexus" } else { "nexus" }
    }

    /// Name of the cookie by which a browser that has signed in before is recognized.
    pub const fn browser_cookie(&self) -> &'static str {
        if self.is_https { "__Host-nexus-browser" } else { "nexus-browser" }
    }

    /// Whether mail is shown at `/dev/mailbox`.
    pub fn has_development_mailbox(&self) -> bool {
        self.mail_delivery == MailDelivery::DevelopmentMailbox
    }
}
