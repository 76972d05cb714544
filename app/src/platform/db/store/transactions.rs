//! How a transaction begins and ends.

use sqlx::{Executor, PgConnection};

/// Begins a transaction.
pub async fn begin(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    connection.execute("BEGIN").await?;
    Ok(())
}

/// Keeps what the open transaction did.
pub async fn commit(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    connection.execute("COMMIT").await?;
    Ok(())
}

/// Takes back what the open transaction did.
pub async fn roll_back(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    connection.execute("ROLLBACK").await?;
    Ok(())
}
