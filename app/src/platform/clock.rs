//! Time is the database's: one clock for all servers, read once in a transaction.

use super::db::Tx;
use crate::values::moment::Moment;

/// The start of the transaction, as Postgres sees it; the same for every statement in it.
pub async fn now(tx: &mut Tx) -> Result<Moment, sqlx::Error> {
    super::db::store::now(tx).await
}
