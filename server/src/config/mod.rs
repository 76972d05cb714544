//! Settings from the environment, checked together: every mistake is named in one message.

mod reader;

use std::net::SocketAddr;
use std::path::PathBuf;

use app::platform::settings::Settings;
use app::values::email_address::EmailAddress;
use ipnetwork::IpNetwork;
use secrecy::SecretString;
use url::Url;

use reader::Reader;

/// Everything the program is told.
#[derive(Debug)]
pub struct Config {
    /// Where requests are served.
    pub listen: SocketAddr,
    /// The operator's database; without it, the embedded one.
    pub database: Option<Databases>,
    /// The mail server.
    pub smtp_url: Option<SecretString>,
    /// The installation's secret key, base64 or hexadecimal text of at least 32 bytes; without it, the embedded one's.
    pub secret_key: Option<SecretString>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNetwork>,
    /// Where the embedded database and key live.
    pub data_dir: PathBuf,
    /// A folder with Postgres' programs for the embedded database, beside the system's.
    pub postgres_programs: Option<PathBuf>,
    /// Where messages to the operator go. Checked now; no page of this version asks for it.
    pub support_email: Option<EmailAddress>,
    /// Who may have an account. Checked now; this version has no registration without an invitation.
    pub registration: Registration,
    /// Who may create organizations. Checked now; this version has no page for it.
    pub organization_creation: OrganizationCreation,
    /// What the product's rooms need.
    pub settings: Settings,
}

/// What the settings are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Serving or delivering mail, which needs a way out for mail.
    Delivering,
    /// Work on the database; the mail that it queues waits for those who deliver.
    Operating,
}

/// Who may have an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Whoever registers.
    Open,
    /// Whoever is invited.
    Closed,
}

/// Who may create organizations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganizationCreation {
    /// Everybody with an account.
    Anyone,
    /// Only the operator.
    Operator,
}

/// The operator's database under its two roles.
#[derive(Debug)]
pub struct Databases {
    /// For serving requests.
    pub application: SecretString,
    /// For migrations; the same as `application` when only one address was given.
    pub owner: SecretString,
    /// Whether both are the same role, so that audit rows are not protected from the program itself.
    pub is_one_role: bool,
}

/// All that is wrong with the settings.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// One sentence for each setting.
    pub mistakes: Vec<String>,
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Nexus can't start with these settings:")?;
        for mistake in &self.mistakes {
            write!(formatter, "\n  - {mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

/// Where the settings of a running program come from.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl Config {
    /// Reads and checks every setting.
    pub fn read(lookup: impl Fn(&str) -> Option<String>, purpose: Purpose) -> Result<Self, ConfigError> {
        let mut reader = Reader { lookup, mistakes: Vec::new() };
        let listen = reader
            .parsed("NEXUS_LISTEN", "127.0.0.1:3000", "an address and port such as 127.0.0.1:3000", |text| text.parse::<SocketAddr>().ok());
        let database = reader.databases();
        let smtp_url = reader.smtp_url();
        let secret_key = reader.secret_key(database.is_some());
        let public_url = reader.public_url(listen);
        let mail_delivery = reader.mail_delivery(purpose, database.is_some(), smtp_url.is_some(), listen);
        let mail_from = reader.mail_from(smtp_url.is_some(), &public_url);
        let session_idle = reader.duration("NEXUS_SESSION_IDLE", "1h");
        let session_max = reader.duration("NEXUS_SESSION_MAX", "24h");
        let password_minimum = reader.parsed("NEXUS_PASSWORD_MIN", "15", "a number from 8 to 128", |text| {
            text.parse::<usize>().ok().filter(|length| (8..=128).contains(length))
        });
        let terms_url = reader.optional("NEXUS_TERMS_URL", "a full http or https address", |text| {
            Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https")).map(String::from)
        });
        let trusted_proxies = reader
            .optional("NEXUS_TRUSTED_PROXIES", "networks separated by commas, such as 10.0.0.0/8,::1/128", |text| {
                text.split(',').map(|part| part.trim().parse::<IpNetwork>().ok()).collect::<Option<Vec<_>>>()
            })
            .unwrap_or_default();
        let invitations_per_day = reader.parsed("NEXUS_INVITATIONS_PER_DAY", "2000", "a number from 1 to 1000000", |text| {
            text.parse::<i64>().ok().filter(|count| (1..=1_000_000).contains(count))
        });
        let support_email =
            reader.optional("NEXUS_SUPPORT_EMAIL", "an e-mail address such as help@example.org", |text| EmailAddress::parse(text).ok());
        let registration = reader
            .optional("NEXUS_REGISTRATION", "open or closed", |text| match text {
                "open" => Some(Registration::Open),
                "closed" => Some(Registration::Closed),
                _ => None,
            })
            .unwrap_or(Registration::Open);
        let organization_creation = reader
            .optional("NEXUS_CREATE_ORGANIZATIONS", "anyone or operator", |text| match text {
                "anyone" => Some(OrganizationCreation::Anyone),
                "operator" => Some(OrganizationCreation::Operator),
                _ => None,
            })
            .unwrap_or(OrganizationCreation::Anyone);
        let postgres_programs =
            reader.optional("NEXUS_POSTGRES_BIN", "the absolute path of a folder that holds Postgres' programs", |text| {
                let folder = PathBuf::from(text);
                (folder.is_absolute() && folder.join("postgres").is_file()).then_some(folder)
            });
        let data_dir = PathBuf::from((reader.lookup)("NEXUS_DATA_DIR").unwrap_or_else(|| ".nexus".to_owned()));
        if session_idle > session_max {
            reader.mistakes.push("NEXUS_SESSION_IDLE is longer than NEXUS_SESSION_MAX".to_owned());
        }
        if !reader.mistakes.is_empty() {
            return Err(ConfigError { mistakes: reader.mistakes });
        }
        let is_https = public_url.starts_with("https://");
        Ok(Self {
            listen,
            database,
            smtp_url,
            secret_key,
            trusted_proxies,
            data_dir,
            postgres_programs,
            support_email,
            registration,
            organization_creation,
            settings: Settings {
                public_url,
                is_https,
                session_idle,
                session_max,
                password_minimum,
                terms_url,
                mail_from,
                mail_delivery,
                invitations_per_day,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use app::platform::settings::MailDelivery;

    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        read_for(Purpose::Delivering, pairs)
    }

    fn read_for(purpose: Purpose, pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()), purpose)
    }

    #[test]
    fn without_settings_it_serves_on_localhost_with_the_embedded_default() {
        let config = read(&[]).unwrap();
        assert_eq!(config.settings.public_url, "http://localhost:3000");
        assert!(config.database.is_none());
        assert_eq!(config.settings.mail_delivery, MailDelivery::DevelopmentMailbox);
        assert_eq!(config.settings.session_cookie(), "nexus");
    }

    #[test]
    fn addresses_of_servers_are_checked_to_their_last_word() {
        let error = read(&[
            ("DATABASE_URL", "postgres://nexus_app@localhost/nexus?sslmode=perhaps"),
            ("NEXUS_OWNER_DATABASE_URL", "postgres://nexus_owner@localhost/nexus?sslmode=perhaps"),
            ("NEXUS_SMTP_URL", "smtp://mail.example.org?tls=perhaps"),
        ])
        .unwrap_err()
        .to_string();
        for name in ["- DATABASE_URL must", "- NEXUS_OWNER_DATABASE_URL must", "- NEXUS_SMTP_URL must"] {
            assert!(error.contains(name), "{name} in {error}");
        }
    }

    #[test]
    fn every_mistake_is_named_in_one_message() {
        let error = read(&[
            ("NEXUS_LISTEN", "nowhere"),
            ("DATABASE_URL", "mysql://x"),
            ("NEXUS_PUBLIC_URL", "http://people.example.org"),
            ("NEXUS_SESSION_IDLE", "soon"),
            ("NEXUS_PASSWORD_MIN", "7"),
            ("NEXUS_SECRET_KEY", "short"),
            ("NEXUS_TRUSTED_PROXIES", "everyone"),
            ("NEXUS_SUPPORT_EMAIL", "the help desk"),
            ("NEXUS_REGISTRATION", "maybe"),
            ("NEXUS_CREATE_ORGANIZATIONS", "everyone"),
            ("NEXUS_POSTGRES_BIN", "/nowhere/bin"),
        ])
        .unwrap_err();
        for name in [
            "NEXUS_LISTEN",
            "DATABASE_URL",
            "NEXUS_PUBLIC_URL",
            "NEXUS_SESSION_IDLE",
            "NEXUS_PASSWORD_MIN",
            "NEXUS_SECRET_KEY",
            "NEXUS_TRUSTED_PROXIES",
            "NEXUS_SUPPORT_EMAIL",
            "NEXUS_REGISTRATION",
            "NEXUS_CREATE_ORGANIZATIONS",
            "NEXUS_POSTGRES_BIN",
        ] {
            assert!(error.to_string().contains(name), "{name} in {error}");
        }
    }

    #[test]
    fn a_database_of_ones_own_needs_a_key_and_a_mail_server() {
        let error = read(&[("DATABASE_URL", "postgres://nexus_app@db/nexus")]).unwrap_err();
        assert_eq!(error.mistakes.len(), 2, "{error}");
        assert!(error.to_string().contains("NEXUS_SECRET_KEY") && error.to_string().contains("NEXUS_SMTP_URL"));
    }

    #[test]
    fn the_development_mailbox_needs_a_loopback_address() {
        let error = read(&[("NEXUS_LISTEN", "0.0.0.0:3000")]).unwrap_err();
        assert!(error.to_string().contains("NEXUS_SMTP_URL"));
    }

    #[test]
    fn work_on_the_database_needs_no_mail_server_and_mail_then_waits_for_one() {
        let key = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";
        let pairs = [("DATABASE_URL", "postgres://nexus_app@db/nexus"), ("NEXUS_SECRET_KEY", key)];
        let config = read_for(Purpose::Operating, &pairs).unwrap();
        assert_eq!(config.settings.mail_delivery, MailDelivery::Smtp);
        assert!(config.smtp_url.is_none());
        assert!(read_for(Purpose::Delivering, &pairs).unwrap_err().to_string().contains("NEXUS_SMTP_URL"));
        let wrong = [pairs[0], pairs[1], ("NEXUS_SMTP_URL", "mail")];
        assert_eq!(read_for(Purpose::Operating, &wrong).unwrap_err().mistakes.len(), 1);
    }

    #[test]
    fn who_may_come_and_where_to_ask_are_settings() {
        let config = read(&[]).unwrap();
        assert_eq!((config.registration, config.organization_creation), (Registration::Open, OrganizationCreation::Anyone));
        assert!(config.support_email.is_none());
        let config = read(&[
            ("NEXUS_SUPPORT_EMAIL", "help@example.org"),
            ("NEXUS_REGISTRATION", "closed"),
            ("NEXUS_CREATE_ORGANIZATIONS", "operator"),
        ])
        .unwrap();
        assert_eq!((config.registration, config.organization_creation), (Registration::Closed, OrganizationCreation::Operator));
        assert_eq!(config.support_email.as_ref().map(EmailAddress::as_str), Some("help@example.org"));
    }

    #[test]
    fn an_https_address_makes_the_cookies_secure() {
        let config = read(&[("NEXUS_PUBLIC_URL", "https://people.example.org/")]).unwrap();
        assert_eq!(config.settings.public_url, "https://people.example.org");
        assert_eq!(config.settings.session_cookie(), "__Host-nexus");
    }

    #[test]
    fn with_one_address_the_protection_of_audit_rows_is_known_to_be_off() {
        let key = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";
        let config = read(&[
            ("DATABASE_URL", "postgres://nexus@db/nexus"),
            ("NEXUS_SECRET_KEY", key),
            ("NEXUS_SMTP_URL", "smtp://mail:25"),
            ("NEXUS_MAIL_FROM", "Nexus <nexus@example.org>"),
        ])
        .unwrap();
        assert!(config.database.unwrap().is_one_role);
    }
}
