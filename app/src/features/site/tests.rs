//! What the header shows, against a real database.

use sqlx::PgPool;

use super::model::Viewer;
use super::use_cases;
use crate::features::permissions::Role;
use crate::testing::{Browser, World};

async fn look(browser: &Browser, path: &'static str) -> Viewer {
    browser.does(move |request| use_cases::read_viewer(request, path.to_owned())).await.unwrap()
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_header_names_the_active_organizations_with_the_role_of_this_moment(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Globex").await;
    world.join(&ada, "Acme", Role::User).await;
    world.join(&ada, "Initech", Role::User).await;
    world.deactivate(&ada, "Initech").await;
    let person = look(&ada, "/organizations/globex/members").await.person.unwrap();
    let shown: Vec<_> = person.organizations.iter().map(|organization| (organization.slug.as_str(), organization.role)).collect();
    assert_eq!(shown, [("acme", Role::User), ("globex", Role::Administrator)]);
    assert_eq!((person.current.as_deref(), person.factor_is_owed), (Some("globex"), false));
    world.change_role(&ada, "Globex", Role::Restricted).await;
    let person = look(&ada, "/").await.person.unwrap();
    assert_eq!(person.organizations[1].role, Role::Restricted);
    // What belongs to somebody else, or to nobody, is not the current one.
    for path in ["/organizations/initech", "/organizations/no-such-organization"] {
        assert_eq!(look(&ada, path).await.person.unwrap().current.as_deref(), Some("acme"), "{path}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whatever_is_sensitive_without_a_factor_is_owed_wherever_it_is_held(pool: PgPool) {
    let world = World::new(pool).await;
    let bob = world.member("Acme", Role::User).await;
    let pupils = world.application("Acme", "Pupils", &[("Use", false), ("See pupil-level data", true)]).await;
    assert!(!look(&bob, "/").await.person.unwrap().factor_is_owed);
    world.grant(&bob, pupils, 2).await;
    assert!(look(&bob, "/").await.person.unwrap().factor_is_owed);
    world.deactivate(&bob, "Acme").await;
    assert!(!look(&bob, "/").await.person.unwrap().factor_is_owed);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_half_session_an_idle_one_and_a_spent_one_are_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    assert!(look(&world.browser(), "/").await.person.is_none());
    for ended in [
        "UPDATE sessions SET stage = 'password'",
        "UPDATE sessions SET stage = 'full', last_used_at = now() - interval '1 hour'",
        "UPDATE sessions SET last_used_at = now(), created_at = now() - interval '24 hours'",
    ] {
        assert!(sqlx::query(ended).execute(world.owner()).await.unwrap().rows_affected() > 0);
        assert!(look(&ada, "/").await.person.is_none(), "{ended}");
    }
    sqlx::query("UPDATE sessions SET created_at = now()").execute(world.owner()).await.unwrap();
    assert!(look(&ada, "/").await.person.is_some());
}
