//! Counters against a real database.

use sqlx::PgPool;

use super::*;
use crate::testing::{World, all_at_once};

const LIMIT: Limit = Limit { scope: "test", attempts: 3, window_seconds: 900, lock_seconds: 300 };

fn allowed(number: i32) -> Attempt {
    Attempt::Allowed { number }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_attempt_that_reaches_the_limit_goes_on_and_the_next_does_not(pool: PgPool) {
    let state = World::new(pool).await.state;
    for number in 1..=3 {
        assert_eq!(count(&state, LIMIT, b"key").await.unwrap(), allowed(number));
    }
    for _ in 0..3 {
        assert!(matches!(count(&state, LIMIT, b"key").await.unwrap(), Attempt::Locked { wait_seconds: 290..=300 }));
    }
    assert_eq!(count(&state, LIMIT, b"other").await.unwrap(), allowed(1));
    assert_eq!(count(&state, Limit { scope: "other", ..LIMIT }, b"key").await.unwrap(), allowed(1));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_lock_passes_and_attempts_meanwhile_do_not_prolong_it(pool: PgPool) {
    let world = World::new(pool).await;
    for _ in 0..3 {
        count(&world.state, LIMIT, b"key").await.unwrap();
    }
    world.time_passes(295).await;
    assert!(matches!(count(&world.state, LIMIT, b"key").await.unwrap(), Attempt::Locked { wait_seconds: 1..=5 }));
    world.time_passes(5).await;
    assert_eq!(count(&world.state, LIMIT, b"key").await.unwrap(), allowed(1));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn failures_further_apart_than_the_window_are_not_added_up(pool: PgPool) {
    let world = World::new(pool).await;
    for number in 1..=2 {
        assert_eq!(count(&world.state, LIMIT, b"key").await.unwrap(), allowed(number));
    }
    world.time_passes(900).await;
    assert_eq!(count(&world.state, LIMIT, b"key").await.unwrap(), allowed(1));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_was_no_failure_is_taken_back_with_the_lock_it_set(pool: PgPool) {
    let state = World::new(pool).await.state;
    for _ in 0..3 {
        count(&state, LIMIT, b"key").await.unwrap();
    }
    take_back(&state, LIMIT, b"key").await.unwrap();
    assert_eq!(count(&state, LIMIT, b"key").await.unwrap(), allowed(3));
    assert!(matches!(count(&state, LIMIT, b"key").await.unwrap(), Attempt::Locked { .. }));
    // Four were counted: the lock was set by failures.
    take_back(&state, LIMIT, b"key").await.unwrap();
    assert!(matches!(count(&state, LIMIT, b"key").await.unwrap(), Attempt::Locked { .. }));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_success_forgets_failures_but_no_lock_that_others_ran_into(pool: PgPool) {
    let state = World::new(pool).await.state;
    for _ in 0..3 {
        count(&state, LIMIT, b"key").await.unwrap();
    }
    forgive(&state, LIMIT, b"key").await.unwrap();
    for number in 1..=3 {
        assert_eq!(count(&state, LIMIT, b"key").await.unwrap(), allowed(number));
    }
    count(&state, LIMIT, b"key").await.unwrap();
    forgive(&state, LIMIT, b"key").await.unwrap();
    assert!(matches!(count(&state, LIMIT, b"key").await.unwrap(), Attempt::Locked { .. }));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_parallel_attempts_as_many_go_on_as_the_limit_allows(pool: PgPool) {
    let world = World::new(pool).await;
    for round in 0..10_u8 {
        let state = world.state.clone();
        let attempts = all_at_once((0..30).map(move |_| {
            let state = state.clone();
            async move { count(&state, LIMIT, &[round]).await.unwrap() }
        }))
        .await;
        let mut numbers: Vec<i32> =
            attempts.iter().filter_map(|attempt| if let Attempt::Allowed { number } = attempt { Some(*number) } else { None }).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3]);
    }
}

#[test]
fn neighbors_are_counted_together() {
    let key = |address: &str| network_key(address.parse().unwrap());
    assert_eq!(key("203.0.113.9"), key("203.0.113.200"));
    assert_ne!(key("203.0.113.9"), key("203.0.114.9"));
    assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::1"));
    assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
    assert_eq!(key("::ffff:203.0.113.9"), key("203.0.113.9"));
}
