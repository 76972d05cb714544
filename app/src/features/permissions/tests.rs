//! The door against a real database.

use sqlx::PgPool;

use super::access::{self, Denied};
use super::{Action, Role};
use crate::testing::{Browser, World};

/// What the door answers, in a word.
async fn answer(browser: &Browser, organization: &str, action: Action) -> &'static str {
    let working = browser.working().await;
    let mut tx = working.begin().await.unwrap();
    let answer = match access::require(&mut tx, &working, organization, action).await {
        Ok(allowed) => {
            assert_eq!(allowed.slug().as_str(), organization);
            "allowed"
        }
        Err(Denied::SignedOut) => "signed out",
        Err(Denied::TwoFactorDue) => "factor due",
        Err(Denied::NotFound) => "not found",
        Err(Denied::Forbidden) => "forbidden",
        Err(Denied::Fault(fault)) => panic!("{fault}"),
    };
    tx.commit().await.unwrap();
    answer
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_door_tells_members_from_strangers_and_rights_from_their_absence(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let (user, gone) = (world.member("Acme", Role::User).await, world.member("Acme", Role::Administrator).await);
    world.deactivate(&gone, "Acme").await;
    let elsewhere = world.administrator_of("Globex").await;
    for (browser, see_members, see_overview) in [
        (&*ada, "allowed", "allowed"),
        (&*user, "forbidden", "allowed"),
        (&*gone, "not found", "not found"),
        (&*elsewhere, "not found", "not found"),
        (&world.browser(), "signed out", "signed out"),
    ] {
        assert_eq!(answer(browser, "acme", Action::SeeMembers).await, see_members);
        assert_eq!(answer(browser, "acme", Action::SeeOverview).await, see_overview);
    }
    for nothing in ["", "no-such-organization", "ACME", "acme\0"] {
        assert_eq!(answer(&ada, nothing, Action::SeeOverview).await, "not found", "{nothing:?}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whatever_is_sensitive_owes_a_factor_in_its_organization_alone(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.member("Acme", Role::User).await);
    world.join(&bob, "Globex", Role::User).await;
    world.remove_factor(&ada).await;
    assert_eq!(answer(&ada, "acme", Action::SeeOverview).await, "factor due");

    let pupils = world.application("Acme", "Pupils", &[("Use", false), ("See pupil-level data", true), ("Manage", false)]).await;
    world.grant(&bob, pupils, 1).await;
    assert_eq!(answer(&bob, "acme", Action::SeeOverview).await, "allowed");
    sqlx::query("UPDATE application_access SET level = 3").execute(world.owner()).await.unwrap();
    assert_eq!(answer(&bob, "acme", Action::SeeOverview).await, "factor due");
    assert_eq!(answer(&bob, "globex", Action::SeeOverview).await, "allowed");
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_session_ends_to_the_second_of_its_limits(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let (idle, most) = (world.state.settings.session_idle_seconds(), world.state.settings.session_max_seconds());
    for (statement, limit) in [
        ("UPDATE sessions SET created_at = now(), last_used_at = now() - make_interval(secs => $1)", idle),
        ("UPDATE sessions SET last_used_at = now(), created_at = now() - make_interval(secs => $1)", most),
    ] {
        for (seconds, expected) in [(limit, "signed out"), (limit - 30, "allowed")] {
            let seconds = f64::from(i32::try_from(seconds).unwrap());
            sqlx::query(statement).bind(seconds).execute(world.owner()).await.unwrap();
            assert_eq!(answer(&ada, "acme", Action::SeeMembers).await, expected, "{statement} {seconds}");
        }
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_visit_is_noted_once_an_hour_and_the_session_once_a_minute(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    answer(&ada, "acme", Action::SeeOverview).await;
    assert_eq!(world.count("last_visits").await, 1);
    let notes = |earlier: &'static str| {
        let (ada, owner) = (ada.clone(), world.owner().clone());
        async move {
            sqlx::query(earlier).execute(&owner).await.unwrap();
            let working = ada.working().await;
            let mut tx = working.begin().await.unwrap();
            access::require(&mut tx, &working, "acme", Action::SeeOverview).await.unwrap();
            let noted = "SELECT (SELECT visited_at = now() FROM last_visits), (SELECT last_used_at = now() FROM sessions)";
            let noted: (bool, bool) = sqlx::query_as(noted).fetch_one(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
            noted
        }
    };
    assert_eq!(notes("SELECT 1").await, (false, false), "reading again writes nothing");
    assert_eq!(notes("UPDATE last_visits SET visited_at = now() - interval '59 minutes'").await, (false, false));
    assert_eq!(notes("UPDATE last_visits SET visited_at = now() - interval '60 minutes'").await, (true, false));
    assert_eq!(notes("UPDATE sessions SET last_used_at = now() - interval '58 seconds'").await, (false, false));
    assert_eq!(notes("UPDATE sessions SET last_used_at = now() - interval '61 seconds'").await, (false, true));
}
