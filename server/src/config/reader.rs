//! How settings are read: what each may be, and what is said when it is something else.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

use app::platform::mailer::{self, Transport};
use app::platform::settings::MailDelivery;
use secrecy::SecretString;
use sqlx::postgres::PgConnectOptions;
use url::Url;

use super::{Databases, Purpose};

/// Reads settings one by one, and goes on after a mistake.
pub struct Reader<Lookup> {
    /// What a setting says; nothing where it is left out.
    pub lookup: Lookup,
    /// One sentence for each setting that is wrong.
    pub mistakes: Vec<String>,
}

impl<Lookup: Fn(&str) -> Option<String>> Reader<Lookup> {
    /// A setting with a default. After a mistake the default stands in, so that the others are checked too.
    pub fn parsed<T>(&mut self, name: &str, default: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> T
    where
        T: StandIn,
    {
        let text = (self.lookup)(name).unwrap_or_else(|| default.to_owned());
        if let Some(value) = parse(&text) {
            return value;
        }
        self.mistakes.push(format!("{name} must be {expected}"));
        parse(default).unwrap_or_else(T::stand_in)
    }

    /// A setting that may be left out.
    pub fn optional<T>(&mut self, name: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = (self.lookup)(name)?;
        let value = parse(&text);
        if value.is_none() {
            self.mistakes.push(format!("{name} must be {expected}"));
        }
        value
    }

    /// A length of time, from a minute to thirty days.
    pub fn duration(&mut self, name: &str, default: &str) -> Duration {
        self.parsed(name, default, "a length of time from 1m to 30d, such as 45m, 8h or 7d", |text| {
            let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
            let seconds = match unit {
                "s" => 1,
                "m" => 60,
                "h" => 3_600,
                "d" => 86_400,
                _ => return None,
            };
            number.parse::<u64>().ok()?.checked_mul(seconds).filter(|total| (60..=2_592_000).contains(total)).map(Duration::from_secs)
        })
    }

    /// The operator's database, under one role or two.
    pub fn databases(&mut self) -> Option<Databases> {
        let postgres = |text: &str| {
            Url::parse(text)
                .ok()
                .filter(|url| matches!(url.scheme(), "postgres" | "postgresql") && PgConnectOptions::from_str(text).is_ok())
                .map(|_| text.to_owned())
        };
        let given = (self.lookup)("DATABASE_URL").is_some();
        let application = self.optional("DATABASE_URL", "a Postgres address such as postgres://nexus_app:…@host/nexus", postgres);
        let owner = self.optional("NEXUS_OWNER_DATABASE_URL", "a Postgres address such as postgres://nexus_owner:…@host/nexus", postgres);
        if owner.is_some() && !given {
            self.mistakes.push("NEXUS_OWNER_DATABASE_URL is set, but DATABASE_URL is not".to_owned());
        }
        let application = application?;
        let is_one_role = owner.is_none();
        Some(Databases { owner: owner.unwrap_or_else(|| application.clone()).into(), application: application.into(), is_one_role })
    }

    /// The mail server.
    pub fn smtp_url(&mut self) -> Option<SecretString> {
        self.optional("NEXUS_SMTP_URL", "an address such as smtps://user:password@mail.example.org or smtp://127.0.0.1:1025", |text| {
            Transport::smtp(text).is_ok().then(|| SecretString::from(text.to_owned()))
        })
    }

    /// The key, which a database of one's own needs.
    pub fn secret_key(&mut self, has_database: bool) -> Option<SecretString> {
        let key = self.optional(
            "NEXUS_SECRET_KEY",
            "at least 32 random bytes as base64, such as the output of `openssl rand -base64 32`",
            |text| crate::secret_key::decode(text).map(|_| SecretString::from(text.to_owned())),
        );
        if key.is_none() && has_database && (self.lookup)("NEXUS_SECRET_KEY").is_none() {
            self.mistakes.push("NEXUS_SECRET_KEY is missing: with DATABASE_URL it must be set, and be the same for every server; `openssl rand -base64 32` makes one".to_owned());
        }
        key
    }

    /// The address that links and cookies name: https, but for this machine.
    pub fn public_url(&mut self, listen: SocketAddr) -> String {
        let default = format!("http://localhost:{}", listen.port());
        let text = (self.lookup)("NEXUS_PUBLIC_URL").unwrap_or_else(|| default.clone());
        let parsed = Url::parse(&text)
            .ok()
            .filter(|url| url.host_str().is_some() && matches!(url.path(), "" | "/") && url.query().is_none() && url.username().is_empty());
        match parsed {
            Some(url) if url.scheme() == "https" || (url.scheme() == "http" && is_loopback_host(&url)) => {
                url.origin().ascii_serialization()
            }
            Some(url) if url.scheme() == "http" => {
                self.mistakes.push(
                    "NEXUS_PUBLIC_URL must be https: cookies and links would travel in clear text (http is for localhost only)".to_owned(),
                );
                default
            }
            _ => {
                self.mistakes.push("NEXUS_PUBLIC_URL must be an address without a path, such as https://people.example.org".to_owned());
                default
            }
        }
    }

    /// Where mails go.
    pub fn mail_delivery(&mut self, purpose: Purpose, has_database: bool, has_smtp: bool, listen: SocketAddr) -> MailDelivery {
        if has_smtp {
            return MailDelivery::Smtp;
        }
        let is_loopback = match listen.ip() {
            IpAddr::V4(address) => address.is_loopback(),
            IpAddr::V6(address) => address.is_loopback(),
        };
        if !has_database && is_loopback {
            return MailDelivery::DevelopmentMailbox;
        }
        if purpose == Purpose::Delivering && (self.lookup)("NEXUS_SMTP_URL").is_none() {
            self.mistakes.push("NEXUS_SMTP_URL is missing: without a mail server nobody can be invited (it may be left out only with the embedded database on a loopback address)".to_owned());
        }
        MailDelivery::Smtp
    }

    /// Who mails are from.
    pub fn mail_from(&mut self, has_smtp: bool, public_url: &str) -> String {
        let mailbox = |text: &str| mailer::check_sender(text).is_ok().then(|| text.to_owned());
        match self.optional("NEXUS_MAIL_FROM", "a sender such as Nexus <nexus@example.org>", mailbox) {
            Some(from) => from,
            None if has_smtp && (self.lookup)("NEXUS_MAIL_FROM").is_none() => {
                self.mistakes.push(
                    "NEXUS_MAIL_FROM is missing: with NEXUS_SMTP_URL the sender must be set, such as Nexus <nexus@example.org>".to_owned(),
                );
                String::new()
            }
            None => {
                let host = Url::parse(public_url)
                    .ok()
                    .and_then(|url| url.host_str().map(ToOwned::to_owned))
                    .unwrap_or_else(|| "localhost".to_owned());
                format!("Nexus <nexus@{host}>")
            }
        }
    }
}

/// What stands in for a setting after a mistake in it; never used to run.
pub trait StandIn {
    /// Any value of the type.
    fn stand_in() -> Self;
}

impl StandIn for SocketAddr {
    fn stand_in() -> Self {
        SocketAddr::from(([127, 0, 0, 1], 3000))
    }
}

impl StandIn for usize {
    fn stand_in() -> Self {
        15
    }
}

impl StandIn for i64 {
    fn stand_in() -> Self {
        2_000
    }
}

impl StandIn for Duration {
    fn stand_in() -> Self {
        Self::from_hours(1)
    }
}

fn is_loopback_host(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
