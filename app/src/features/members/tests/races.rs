//! What happens in the same instant.

use sqlx::PgPool;

use super::*;
use crate::testing::{ROUNDS, race, refusal};

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_two_administrators_who_deactivate_each_other_one_succeeds(pool: PgPool) {
    let world = World::new(pool).await;
    for round in 0..ROUNDS {
        sqlx::query("UPDATE memberships SET deactivated_at = now(), role = 'user' WHERE deactivated_at IS NULL")
            .execute(world.owner())
            .await
            .unwrap();
        let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
        let (of_ada, of_bob) = (world.membership_of(&ada, "Acme").await, world.membership_of(&bob, "Acme").await);
        let (one, other) = race(round, async move { deactivate(&ada, of_bob).await }, async move { deactivate(&bob, of_ada).await }).await;
        let refused = match (one.is_ok(), other.is_ok()) {
            (true, false) => other.unwrap_err(),
            (false, true) => one.unwrap_err(),
            both => panic!("round {round}: {both:?} {one:?} {other:?}"),
        };
        // Deactivated by now: the organization is none of their business. A deadlock would read `Unavailable`.
        assert_eq!(refused, Failure::NotFound, "round {round}");
        assert_eq!(world.count("memberships WHERE role = 'administrator' AND deactivated_at IS NULL").await, 1);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn one_person_deactivated_twice_at_once_is_told_once(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    for round in 0..ROUNDS {
        let carl = world.member("Acme", crate::features::permissions::Role::User).await;
        let member = world.membership_of(&carl, "Acme").await;
        let (one, other) = (ada.clone(), bob.clone());
        let (one, other) =
            race(round, async move { deactivate(&one, member).await }, async move { deactivate(&other, member).await }).await;
        let refused = if one.is_ok() { other } else { one };
        assert!(matches!(refusal(refused), DeactivateRefusal::NotActive { .. }));
        assert_eq!(world.mails_to(&carl.email).await.len(), 1);
    }
}
