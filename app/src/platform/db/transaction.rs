//! A transaction.

/// A transaction. It owns its connection, so that it can't be cut off from the task that runs it to completion.
pub type Tx = sqlx::Transaction<'static, sqlx::Postgres>;
