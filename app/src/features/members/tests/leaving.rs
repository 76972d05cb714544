//! Leaving.

use sqlx::PgPool;

use super::*;
use crate::features::memberships::rules::LastAdministrator;
use crate::features::organizations::use_cases::read_overview;
use crate::features::permissions::Role;
use crate::testing::{ROUNDS, race, refusal};

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whoever_leaves_is_out_at_once_and_stays_elsewhere(pool: PgPool) {
    let world = World::new(pool).await;
    world.administrator_of("Acme").await;
    let bob = world.member("Acme", Role::User).await;
    world.join(&bob, "Globex", Role::User).await;
    assert_eq!(leave(&bob).await.unwrap(), GoTo::page("/"));
    assert_eq!(bob.does(|request| read_overview(request, "acme".to_owned())).await, Err(Failure::NotFound));
    bob.does(|request| read_overview(request, "globex".to_owned())).await.unwrap();
    assert_eq!(world.audit_actions().await, ["member.left"]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_only_the_leaving_person_could_offer_lapses(pool: PgPool) {
    let world = World::new(pool).await;
    world.administrator_of("Acme").await;
    let bob = world.administrator_of("Acme").await;
    let (powerful, _) = world.invitation(&bob, "Acme", "ann@example.org").await;
    world.invitation(&bob, "Acme", "ben@example.org").await;
    let statement = "UPDATE memberships SET role = 'administrator', permissions = 63 WHERE id = $1";
    sqlx::query(statement).bind(powerful.as_uuid()).execute(world.owner()).await.unwrap();

    leave(&bob).await.unwrap();

    assert_eq!(world.count("memberships WHERE email_key = 'ann@example.org' AND link_expires_at <= now()").await, 1);
    assert_eq!(world.count("links WHERE expires_at <= now()").await, 1);
    assert_eq!(world.count("audit_events WHERE action = 'invitation.lapsed'").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_last_administrator_who_can_be_reached_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    world.begin_closing(&bob).await;
    world.member("Acme", Role::User).await;
    assert_eq!(refusal(leave(&ada).await), LeaveRefusal::LastAdministrator(LastAdministrator));
    world.administrator_of("Acme").await;
    leave(&ada).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_closing_administrator_beside_a_reachable_one_may_leave_as_they_may_be_deactivated(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    world.begin_closing(&bob).await;
    let of_bob = world.membership_of(&bob, "Acme").await;
    assert_eq!(preview(&ada, of_bob).await.unwrap().refusal, None);
    assert_eq!(bob.does(|request| read_overview(request, "acme".to_owned())).await.unwrap().stays_because, None);
    leave(&bob).await.unwrap();
    assert_eq!(refusal(leave(&ada).await), LeaveRefusal::LastAdministrator(LastAdministrator));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whoever_is_no_active_member_or_owes_a_factor_has_nothing_to_leave(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let (stranger, elsewhere, gone) =
        (world.stranger().await, world.administrator_of("Globex").await, world.member("Acme", Role::User).await);
    world.deactivate(&gone, "Acme").await;
    for browser in [&stranger, &elsewhere, &gone] {
        assert_eq!(leave(browser).await, Err(Failure::NotFound));
    }
    assert_eq!(leave(&world.browser()).await, Err(Failure::SignedOut));
    world.remove_factor(&ada).await;
    assert_eq!(leave(&ada).await, Err(Failure::TwoFactorDue));
    assert!(world.audit_actions().await.is_empty());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_one_who_leaves_and_one_whom_they_deactivate_at_once_one_administrator_stays(pool: PgPool) {
    let world = World::new(pool).await;
    for round in 0..ROUNDS {
        sqlx::query("UPDATE memberships SET deactivated_at = now() WHERE deactivated_at IS NULL").execute(world.owner()).await.unwrap();
        let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
        let of_bob = world.membership_of(&bob, "Acme").await;
        let (left, deactivated) = race(round, async move { leave(&bob).await }, async move { deactivate(&ada, of_bob).await }).await;
        // Whoever comes second finds the other's work done: nobody leaves twice, and the organization keeps Ada.
        match (left.is_ok(), deactivated.is_ok()) {
            (true, false) => assert!(matches!(refusal(deactivated), DeactivateRefusal::NotActive { .. }), "round {round}"),
            (false, true) => assert_eq!(left, Err(Failure::NotFound), "round {round}"),
            both => panic!("round {round}: {both:?}"),
        }
        assert_eq!(world.count("reachable_administrators").await, 1, "round {round}");
        assert_eq!(world.count("memberships WHERE deactivated_at IS NULL").await, 1, "round {round}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whoever_leaves_and_deactivates_the_other_administrator_at_once_does_one_of_both(pool: PgPool) {
    let world = World::new(pool).await;
    for round in 0..ROUNDS {
        sqlx::query("UPDATE memberships SET deactivated_at = now() WHERE deactivated_at IS NULL").execute(world.owner()).await.unwrap();
        let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
        let of_bob = world.membership_of(&bob, "Acme").await;
        let deactivating = ada.clone();
        let (left, deactivated) =
            race(round, async move { leave(&ada).await }, async move { deactivate(&deactivating, of_bob).await }).await;
        match (left.is_ok(), deactivated.is_ok()) {
            (true, false) => assert_eq!(deactivated, Err(Failure::NotFound), "round {round}"),
            (false, true) => assert_eq!(refusal(left), LeaveRefusal::LastAdministrator(LastAdministrator), "round {round}"),
            both => panic!("round {round}: {both:?}"),
        }
        assert_eq!(world.count("reachable_administrators").await, 1, "round {round}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_the_last_two_administrators_who_leave_at_once_one_stays(pool: PgPool) {
    let world = World::new(pool).await;
    for round in 0..ROUNDS {
        sqlx::query("UPDATE memberships SET deactivated_at = now() WHERE deactivated_at IS NULL").execute(world.owner()).await.unwrap();
        let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
        let (one, other) = race(round, async move { leave(&ada).await }, async move { leave(&bob).await }).await;
        let refused = match (one.is_ok(), other.is_ok()) {
            (true, false) => refusal(other),
            (false, true) => refusal(one),
            both => panic!("round {round}: {both:?}"),
        };
        assert_eq!(refused, LeaveRefusal::LastAdministrator(LastAdministrator));
        assert_eq!(world.count("memberships WHERE deactivated_at IS NULL").await, 1);
    }
}
