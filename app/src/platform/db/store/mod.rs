//! SQL that belongs to no room.

pub(super) mod transactions;

use sqlx::{Connection, PgConnection, PgPool};
use time::OffsetDateTime;

use crate::platform::db::transaction::{Read, Tx};
use crate::values::moment::Moment;

/// The start of the transaction, or of this statement where there is none.
pub async fn now(reading: &mut Read) -> Result<Moment, sqlx::Error> {
    let now: OffsetDateTime = sqlx::query_scalar!(r#"SELECT now() AS "now!""#).fetch_one(&mut *reading).await?;
    Ok(Moment::from_offset_date_time(now))
}

/// Whether no transaction is open on a connection; fails inside one that has failed already.
///
/// The last thing that Postgres says of every statement is how the connection stands. sqlx heeds it only where it begins a transaction
/// by a statement of ours, and this one begins none: it does nothing, and is the least work for Postgres that fails where all fails.
pub async fn is_outside_of_a_transaction(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    match connection.begin_with("UNLISTEN *").await {
        Ok(_inside) => Ok(false),
        Err(sqlx::Error::BeginFailed) => Ok(true),
        Err(error) => Err(error),
    }
}

/// Whether the role that serves requests could change audit rows: then the protection is off.
pub async fn may_change_audit_events(pool: &PgPool) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        SELECT bool_or(has_table_privilege(tablename, 'UPDATE') OR has_table_privilege(tablename, 'DELETE')
                OR pg_has_role(tableowner, 'MEMBER')) AS "may!"
        FROM pg_tables
        WHERE schemaname = 'public' AND tablename IN ('audit_events', 'audit_details')
        "#
    )
    .fetch_one(pool)
    .await
}

/// Gives the application's role its rights on every table, and none but to insert and read on audit rows and on what stands beside
/// them; that it may erase by three functions. Does nothing where the role does not exist (a single role owns everything).
pub async fn grant_to_application_role(owner: &PgPool) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        DO $$
        BEGIN
            -- Two servers that start in one instant would change the same rows of the catalog.
            PERFORM pg_advisory_xact_lock(hashtextextended('rights of the application', 0));
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'nexus_app') THEN
                GRANT USAGE ON SCHEMA public TO nexus_app;
                GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO nexus_app;
                REVOKE INSERT, UPDATE, DELETE ON _sqlx_migrations FROM nexus_app;
                REVOKE UPDATE, DELETE, TRUNCATE ON audit_events, audit_details FROM nexus_app;
                -- What names somebody beside the audit rows is erased by these, and by nothing else.
                GRANT EXECUTE ON FUNCTION erase_audit_details_of_person, erase_audit_details_of_organization, erase_audit_details_before
                    TO nexus_app;
            END IF;
        END
        $$
        "#
    )
    .execute(owner)
    .await?;
    Ok(())
}

/// Holds off every other transaction that takes the same lock, until this one ends.
pub async fn lock(tx: &mut Tx, name: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", name).execute(&mut **tx).await?;
    Ok(())
}

/// Whether anybody has an account.
pub async fn has_people(reading: &mut Read) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM users) AS "exists!""#).fetch_one(&mut *reading).await
}

/// Version of the newest applied migration. Not a checked statement: its table is sqlx' own, not one of the migrations'.
pub async fn schema_version(pool: &PgPool) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success").fetch_one(pool).await
}
