//! Sessions against a real database. What must hold to the microsecond happens in one transaction: its time stands still.

use sqlx::PgPool;

use super::*;
use crate::features::permissions::access::{self, Denied};
use crate::platform::clock;
use crate::testing::{Person, World};

/// Whether the person's session is live when it was last used and when it began so many seconds ago.
async fn is_live(person: &Person, idle: f64, age: f64) -> bool {
    let working = person.working().await;
    let mut tx = working.begin().await.unwrap();
    sqlx::query("UPDATE sessions SET last_used_at = now() - make_interval(secs => $1), created_at = now() - make_interval(secs => $2) WHERE user_id = $3")
        .bind(idle)
        .bind(age)
        .bind(person.user.as_uuid())
        .execute(&mut *tx)
        .await
        .unwrap();
    match access::signed_in(&mut tx, &working).await {
        Ok(_) => true,
        Err(Denied::SignedOut) => false,
        Err(denied) => panic!("{denied:?}"),
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_session_ends_after_an_hour_without_use_and_after_a_day_in_any_case(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    assert!(is_live(&ann, 3_599.999_999, 3_600.0).await);
    assert!(!is_live(&ann, 3_600.0, 3_600.0).await);
    assert!(is_live(&ann, 0.0, 86_399.999_999).await);
    assert!(!is_live(&ann, 0.0, 86_400.0).await);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_operator_sets_both_limits(pool: PgPool) {
    let world = World::with_settings(pool, |settings| {
        settings.session_idle = std::time::Duration::from_mins(5);
        settings.session_max = std::time::Duration::from_mins(10);
    })
    .await;
    let ann = world.stranger().await;
    assert!(is_live(&ann, 299.0, 599.0).await);
    assert!(!is_live(&ann, 300.0, 599.0).await);
    assert!(!is_live(&ann, 299.0, 600.0).await);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn using_a_session_keeps_it_and_is_noted_once_a_minute(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    for (idle, noted) in [(59, false), (60, true)] {
        let working = ann.working().await;
        let mut tx = working.begin().await.unwrap();
        sqlx::query("UPDATE sessions SET last_used_at = now() - make_interval(secs => $1)")
            .bind(f64::from(idle))
            .execute(&mut *tx)
            .await
            .unwrap();
        access::signed_in(&mut tx, &working).await.unwrap();
        let is_noted: bool = sqlx::query_scalar("SELECT last_used_at = now() FROM sessions").fetch_one(&mut *tx).await.unwrap();
        assert_eq!(is_noted, noted, "{idle}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_stored_digest_is_no_token(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    let token = ann.session_token().unwrap();
    let stored = world.everything_stored().await;
    assert!(!stored["sessions"].contains(token.trim_start_matches("nxs_")));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn ending_all_others_leaves_the_own_session_and_other_peoples(pool: PgPool) {
    let world = World::new(pool).await;
    let (ann, bob) = (world.stranger().await, world.stranger().await);
    let (second, third) = (world.another_browser_of(&ann).await, world.another_browser_of(&ann).await);
    let working = second.working().await;
    let mut tx = working.begin().await.unwrap();
    assert_eq!(end_all_others(&mut tx, &working, ann.user).await.unwrap(), 2);
    tx.commit().await.unwrap();
    for (person, expected) in [(&ann, false), (&second, true), (&third, false), (&bob, true)] {
        let working = person.working().await;
        let mut tx = working.begin().await.unwrap();
        assert_eq!(access::signed_in(&mut tx, &working).await.is_ok(), expected);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_chore_removes_only_what_no_request_can_use(pool: PgPool) {
    let world = World::new(pool).await;
    let (ann, idle, old) = (world.stranger().await, world.stranger().await, world.stranger().await);
    for (person, column) in [(&idle, "last_used_at = now() - interval '1 hour'"), (&old, "created_at = now() - interval '24 hours'")] {
        let statement = format!("UPDATE sessions SET {column} WHERE user_id = $1");
        sqlx::query(sqlx::AssertSqlSafe(statement)).bind(person.user.as_uuid()).execute(world.owner()).await.unwrap();
    }
    let mut tx = world.state.pool.begin().await.unwrap();
    let now = clock::now(&mut tx).await.unwrap();
    assert_eq!(delete_expired(&mut tx, &world.state.settings, now).await.unwrap(), 2);
    tx.commit().await.unwrap();
    let left: uuid::Uuid = sqlx::query_scalar("SELECT user_id FROM sessions").fetch_one(world.owner()).await.unwrap();
    assert_eq!(left, ann.user.as_uuid());
}
