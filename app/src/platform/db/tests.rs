//! The pool against a real database.

use sqlx::raw_sql;

use super::*;

/// The process that serves the only connection of a pool.
async fn process(pool: &PgPool) -> i32 {
    sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(pool).await.unwrap()
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_connection_is_lent_again_and_again(owner: PgPool) {
    let pool = pool(owner.connect_options().as_ref().clone(), 1);
    let first = process(&pool).await;
    for _ in 0..20 {
        pool.begin().await.unwrap().commit().await.unwrap();
        assert_eq!(process(&pool).await, first);
    }
    drop(pool.begin().await.unwrap());
    assert_eq!(process(&pool).await, first);
    pool.close().await;
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_connection_that_was_left_inside_a_transaction_is_not_lent_again(owner: PgPool) {
    let pool = pool(owner.connect_options().as_ref().clone(), 1);
    for left_open in ["BEGIN", "BEGIN; SET LOCAL application_name = 'left behind'"] {
        let former = process(&pool).await;
        let mut connection = pool.acquire().await.unwrap();
        raw_sql(left_open).execute(&mut *connection).await.unwrap();
        drop(connection);

        let mut connection = pool.acquire().await.unwrap();
        let name: String = sqlx::query_scalar("SHOW application_name").fetch_one(&mut *connection).await.unwrap();
        assert_eq!(name, "nexus");
        assert!(store::is_outside_of_a_transaction(&mut connection).await.unwrap());
        drop(connection);
        assert_ne!(process(&pool).await, former);
    }
    pool.close().await;
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_connection_whose_open_transaction_has_failed_is_not_lent_again(owner: PgPool) {
    let pool = pool(owner.connect_options().as_ref().clone(), 1);
    let former = process(&pool).await;
    let mut connection = pool.acquire().await.unwrap();
    raw_sql("BEGIN").execute(&mut *connection).await.unwrap();
    raw_sql("SELECT 1 / 0").execute(&mut *connection).await.unwrap_err();
    drop(connection);
    assert_ne!(process(&pool).await, former);
    pool.close().await;
}
