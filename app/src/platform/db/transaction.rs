//! Transactions, and reading without one.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, PgPool, Postgres};
use tokio::time::timeout;

use super::store::transactions;

/// What statements that only read run on: a [`Reading`], or a [`Tx`] that writes as well.
pub type Read = PgConnection;

/// How long taking a transaction back may last before its connection is closed.
const ROLLBACK_WITHIN: Duration = Duration::from_secs(1);

/// A connection for reading, without a transaction: each statement stands for itself, and sees what is committed when it begins. What
/// must agree is therefore read by one statement.
pub struct Reading(PoolConnection<Postgres>);

impl Reading {
    /// Takes a connection out of the pool, and gives it back when dropped.
    pub async fn open(pool: &PgPool) -> Result<Self, sqlx::Error> {
        Ok(Self(pool.acquire().await?))
    }
}

impl Deref for Reading {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.0
    }
}

impl DerefMut for Reading {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.0
    }
}

/// A transaction: locks, changes and audit rows belong into one. It owns its connection, so that it can't be cut off from the task
/// that runs it to completion. Dropped before it is committed, it is taken back; where that fails, its connection is closed.
pub struct Tx {
    /// There until the end.
    connection: Option<PoolConnection<Postgres>>,
}

impl Tx {
    /// Begins one on a connection of the pool.
    pub async fn begin(pool: &PgPool) -> Result<Self, sqlx::Error> {
        // From here on, whatever happens to this future, the connection doesn't go back inside a transaction.
        let mut tx = Self { connection: Some(pool.acquire().await?) };
        transactions::begin(&mut tx).await?;
        Ok(tx)
    }

    /// Keeps everything.
    pub async fn commit(mut self) -> Result<(), sqlx::Error> {
        transactions::commit(&mut self).await?;
        self.connection = None;
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Read;

    #[expect(clippy::expect_used, reason = "only its end takes the connection away")]
    fn deref(&self) -> &Read {
        self.connection.as_ref().expect("a transaction has a connection")
    }
}

impl DerefMut for Tx {
    #[expect(clippy::expect_used, reason = "only its end takes the connection away")]
    fn deref_mut(&mut self) -> &mut Read {
        self.connection.as_mut().expect("a transaction has a connection")
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            let open = Open(Some(connection));
            tokio::spawn(open.take_back());
        }
    }
}

/// A connection inside a transaction: closed, and not lent again, unless the transaction is taken back.
struct Open(Option<PoolConnection<Postgres>>);

impl Open {
    async fn take_back(mut self) {
        if let Some(connection) = &mut self.0
            && let Ok(Ok(())) = timeout(ROLLBACK_WITHIN, transactions::roll_back(connection)).await
        {
            self.0 = None;
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(connection) = &mut self.0 {
            connection.close_on_drop();
        }
    }
}
