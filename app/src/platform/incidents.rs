//! Faults: ours, not the user's. Logged once with their whole chain; the user gets a reference.

use std::error::Error;
use std::fmt::Display;

use super::randomness::{NoRandomness, Randomness};
use crate::failure::{Failure, Refusal};
use crate::values::ids::IncidentId;

/// Something that must not happen, or that the user can't help.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored value does not have the shape that the program gave it.
    #[error("row in {table} holds something unreadable: {reason}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// What can't be read.
        reason: String,
    },
    /// The operating system gave no randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// A password could not be hashed.
    #[error("password hashing failed: {0}")]
    Hashing(String),
    /// A sealed value could not be opened: another key, or moved from its row.
    #[error("a sealed value could not be opened")]
    Sealed,
    /// Mail could not be put together.
    #[error("a mail could not be written: {0}")]
    Mail(String),
    /// A task ended without an answer.
    #[error("a task ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
    /// A QR code could not be drawn.
    #[error("a QR code could not be drawn: {0}")]
    QrCode(String),
}

impl Fault {
    /// A row of `table` that holds something which the program would not have written.
    pub fn inconsistent(table: &'static str, reason: impl Display) -> Self {
        Self::Inconsistent { table, reason: reason.to_string() }
    }

    /// Whether waiting may help: the database is away, busy, or asked us to try again.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::Tls(_)) => true,
            Self::Database(sqlx::Error::Database(error)) => error.code().is_some_and(|code| {
                // Classes of SQLSTATE: 08 connection, 40 rollback, 53 resources, 57 operator; 55P03 lock not available.
                ["08", "40", "53", "57"].iter().any(|class| code.starts_with(class)) || code == "55P03" || code == "25006"
            }),
            _ => false,
        }
    }
}

/// Logs a fault once and gives the reference that the user sees.
pub fn report(fault: &Fault) -> IncidentId {
    let incident = incident_id();
    let mut chain = fault.to_string();
    let mut cause = fault.source();
    while let Some(error) = cause {
        chain.push_str(": ");
        chain.push_str(&error.to_string());
        cause = error.source();
    }
    tracing::error!(%incident, error = %chain, "a request failed");
    incident
}

/// What the user gets to know of a fault.
pub fn failure<R>(fault: &Fault) -> Failure<R> {
    if fault.is_passing() {
        let incident = report(fault);
        tracing::warn!(%incident, "answered with 'try again in a moment'");
        return Failure::Unavailable;
    }
    Failure::Internal(report(fault))
}

impl<R: Refusal> From<Fault> for Failure<R> {
    fn from(fault: Fault) -> Self {
        failure(&fault)
    }
}

impl<R: Refusal> From<sqlx::Error> for Failure<R> {
    fn from(error: sqlx::Error) -> Self {
        failure(&Fault::Database(error))
    }
}

fn incident_id() -> IncidentId {
    let bits = Randomness::system().bytes::<8>().map_or(0, u64::from_le_bytes);
    IncidentId::from_bits(bits)
}

/// Gives a reference to a panic, whose place the panic hook has logged already.
pub fn report_panic() -> IncidentId {
    let incident = incident_id();
    tracing::error!(%incident, "a request panicked");
    incident
}
