//! Leaving.

use sqlx::PgPool;

use super::*;
use crate::testing::{ROUNDS, race, refusal};

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whoever_leaves_is_out_at_once_and_stays_elsewhere(pool: PgPool) {
    let world = World::new(pool).await;
    world.administrator_of("Acme").await;
    let bob = world.member("Acme", Role::User).await;
    world.join(&bob, "Globex", Role::User).await;
    assert_eq!(leave(&bob).await.unwrap(), GoTo::page("/"));
    assert_eq!(overview(&bob).await, Err(Failure::NotFound));
    bob.does(|request| use_cases::read_overview(request, "globex".to_owned())).await.unwrap();
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
    assert_eq!(refusal(leave(&ada).await), LeaveRefusal::LastAdministrator);
    world.administrator_of("Acme").await;
    leave(&ada).await.unwrap();
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
        assert_eq!(refused, LeaveRefusal::LastAdministrator);
        assert_eq!(world.count("memberships WHERE deactivated_at IS NULL").await, 1);
    }
}
