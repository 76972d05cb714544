//! Time is the database's: one clock for all servers, read once in a transaction.

use super::db::Read;
use crate::values::moment::Moment;

/// The start of the transaction, as Postgres sees it, the same for every statement in it; of the statement where there is none.
pub async fn now(reading: &mut Read) -> Result<Moment, sqlx::Error> {
    super::db::store::now(reading).await
}
