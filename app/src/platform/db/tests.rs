//! The pool against a real database.

use std::time::{Duration, Instant};

use sqlx::raw_sql;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::*;

/// The process that serves the only connection of a pool.
async fn process(pool: &PgPool) -> i32 {
    sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(pool).await.unwrap()
}

/// Of one connection, as requests have it.
fn pool_of_one(owner: &PgPool) -> PgPool {
    pool(owner.connect_options().as_ref().clone(), 1)
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_connection_is_lent_again_and_again(owner: PgPool) {
    let pool = pool_of_one(&owner);
    let first = process(&pool).await;
    for _ in 0..20 {
        Tx::begin(&pool).await.unwrap().commit().await.unwrap();
        assert_eq!(process(&pool).await, first);
        drop(Reading::open(&pool).await.unwrap());
    }
    drop(Tx::begin(&pool).await.unwrap());
    assert_eq!(process(&pool).await, first);
    pool.close().await;
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_a_transaction_did_is_kept_when_committed_and_taken_back_when_dropped(owner: PgPool) {
    raw_sql("CREATE TABLE kept (number integer)").execute(&owner).await.unwrap();
    let pool = pool_of_one(&owner);
    for number in 0..10 {
        let mut tx = Tx::begin(&pool).await.unwrap();
        sqlx::query("INSERT INTO kept VALUES ($1)").bind(number).execute(&mut *tx).await.unwrap();
        if number % 2 == 0 {
            tx.commit().await.unwrap();
        }
    }
    let kept: Vec<i32> = sqlx::query_scalar("SELECT number FROM kept ORDER BY number").fetch_all(&pool).await.unwrap();
    assert_eq!(kept, [0, 2, 4, 6, 8]);
    pool.close().await;
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_connection_that_was_left_inside_a_transaction_is_not_lent_again(owner: PgPool) {
    let pool = pool_of_one(&owner);
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
    let pool = pool_of_one(&owner);
    let former = process(&pool).await;
    let mut connection = pool.acquire().await.unwrap();
    raw_sql("BEGIN").execute(&mut *connection).await.unwrap();
    raw_sql("SELECT 1 / 0").execute(&mut *connection).await.unwrap_err();
    drop(connection);
    assert_ne!(process(&pool).await, former);
    pool.close().await;
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_transaction_that_has_failed_is_taken_back_and_its_connection_lent_again(owner: PgPool) {
    let pool = pool_of_one(&owner);
    let former = process(&pool).await;
    let mut tx = Tx::begin(&pool).await.unwrap();
    raw_sql("SELECT 1 / 0").execute(&mut *tx).await.unwrap_err();
    drop(tx);
    assert_eq!(process(&pool).await, former);
    pool.close().await;
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_connection_that_does_not_come_to_rest_within_a_second_is_closed(owner: PgPool) {
    let pool = pool_of_one(&owner);
    for is_reading in [true, false] {
        let former = process(&pool).await;
        let cut_off = async {
            if is_reading {
                let mut reading = Reading::open(&pool).await.unwrap();
                raw_sql("SELECT pg_sleep(8)").execute(&mut *reading).await.unwrap();
            } else {
                let mut tx = Tx::begin(&pool).await.unwrap();
                raw_sql("SELECT pg_sleep(8)").execute(&mut *tx).await.unwrap();
            }
        };
        timeout(Duration::from_millis(100), cut_off).await.unwrap_err();
        let begun = Instant::now();
        assert_ne!(process(&pool).await, former);
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    }
    pool.close().await;
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_connection_that_has_died_while_it_was_idle_is_not_lent(owner: PgPool) {
    let pool = pool_of_one(&owner);
    let former = process(&pool).await;
    sqlx::query("SELECT pg_terminate_backend($1)").bind(former).execute(&owner).await.unwrap();
    sleep(Duration::from_millis(1_100)).await;
    assert_ne!(process(&pool).await, former);
    pool.close().await;
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn several_servers_that_start_at_once_bring_the_database_up_to_date(owner: PgPool) {
    let mut starting = JoinSet::new();
    for _ in 0..40 {
        let owner = owner.clone();
        starting.spawn(async move { migrate(&owner).await });
    }
    while let Some(started) = starting.join_next().await {
        started.unwrap().unwrap();
    }
}
