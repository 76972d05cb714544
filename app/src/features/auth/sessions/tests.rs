//! Sessions against a real database. What must hold to the microsecond happens in one transaction: its time stands still.

use sqlx::PgPool;

use super::*;
use crate::failure::{Failure, NoRefusal};
use crate::features::permissions::Role;
use crate::features::permissions::access::{self, Denied};
use crate::platform::clock;
use crate::platform::db::Tx;
use crate::platform::request::{Origin, Request, RequestContext};
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
async fn the_chore_removes_only_what_no_request_can_use(pool: PgPool) {
    let world = World::new(pool).await;
    let (ann, idle, old) = (world.stranger().await, world.stranger().await, world.stranger().await);
    for (person, column) in [(&idle, "last_used_at = now() - interval '1 hour'"), (&old, "created_at = now() - interval '24 hours'")] {
        let statement = format!("UPDATE sessions SET {column} WHERE user_id = $1");
        sqlx::query(sqlx::AssertSqlSafe(statement)).bind(person.user.as_uuid()).execute(world.owner()).await.unwrap();
    }
    let mut tx = Tx::begin(&world.state.pool).await.unwrap();
    let now = clock::now(&mut tx).await.unwrap();
    assert_eq!(delete_expired(&mut tx, &world.state.settings, now).await.unwrap(), 2);
    tx.commit().await.unwrap();
    let left: uuid::Uuid = sqlx::query_scalar("SELECT user_id FROM sessions").fetch_one(world.owner()).await.unwrap();
    assert_eq!(left, ann.user.as_uuid());
}

/// The organization that a new session of the person begins with.
async fn organization_of_a_new_session(world: &World, person: &Person) -> Option<String> {
    let (browser, user) = (world.browser(), person.user);
    browser
        .does(move |request| async move {
            let mut tx = request.begin().await?;
            let now = clock::now(&mut tx).await?;
            begin(&mut tx, &request, user, Stage::Full, now).await?;
            tx.commit().await?;
            Ok::<_, Failure<NoRefusal>>(())
        })
        .await
        .unwrap();
    sqlx::query_scalar(
        "SELECT (SELECT slug FROM organizations WHERE organizations.id = sessions.organization_id) FROM sessions ORDER BY created_at DESC LIMIT 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap()
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_new_session_goes_on_where_its_person_was_active_last(pool: PgPool) {
    let world = World::new(pool).await;
    let (ann, bob) = (world.stranger().await, world.stranger().await);
    for organization in ["Acme", "Globex", "Initech"] {
        world.join(&ann, organization, Role::User).await;
        world.join(&bob, organization, Role::User).await;
    }
    assert_eq!(organization_of_a_new_session(&world, &ann).await, None, "nowhere yet");

    let active = |person: &Person, organization: &'static str, ago: &'static str| {
        let (owner, user) = (world.owner().clone(), person.user.as_uuid());
        async move {
            sqlx::query(
                "INSERT INTO last_visits (organization_id, membership_id, visited_at)
                 SELECT organization_id, memberships.id, now() - $3::text::interval
                 FROM memberships JOIN organizations ON organizations.id = organization_id WHERE user_id = $1 AND slug = $2",
            )
            .bind(user)
            .bind(organization)
            .bind(ago)
            .execute(&owner)
            .await
            .unwrap();
        }
    };
    active(&ann, "acme", "2 days").await;
    active(&ann, "globex", "1 day").await;
    active(&bob, "initech", "1 hour").await;
    assert_eq!(organization_of_a_new_session(&world, &ann).await.as_deref(), Some("globex"));
    assert_eq!(organization_of_a_new_session(&world, &bob).await.as_deref(), Some("initech"));
    world.deactivate(&ann, "Globex").await;
    assert_eq!(organization_of_a_new_session(&world, &ann).await.as_deref(), Some("acme"));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_session_whose_transaction_failed_reaches_no_browser(pool: PgPool) {
    let world = World::new(pool).await;
    let user = world.stranger().await.user;
    let browser = world.browser();
    let failed = browser
        .does(move |request| async move {
            let mut tx = request.begin().await?;
            let now = clock::now(&mut tx).await?;
            begin(&mut tx, &request, user, Stage::Full, now).await?;
            Err::<(), Failure<NoRefusal>>(Failure::Unavailable)
        })
        .await;
    assert_eq!((failed, browser.session_token()), (Err(Failure::Unavailable), None));
    assert_eq!(world.count("sessions").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_a_form_changed_stays_when_the_page_shown_in_answer_fails(pool: PgPool) {
    let world = World::new(pool).await;
    let user = world.stranger().await.user;
    let context = RequestContext {
        state: world.state.clone(),
        session: None,
        browser: None,
        origin: Origin::default(),
        cookies: std::sync::Arc::default(),
    };
    Request::from_context(context.clone())
        .to_completion(move |request| async move {
            let mut tx = request.begin().await?;
            let now = clock::now(&mut tx).await?;
            begin(&mut tx, &request, user, Stage::Full, now).await?;
            tx.commit().await?;
            Ok::<_, Failure<NoRefusal>>(())
        })
        .await
        .unwrap();
    let changed = context.cookies.lock().unwrap().len();
    let page = |_| async { Err::<(), Failure<NoRefusal>>(Failure::Unavailable) };
    Request::from_context(context.clone()).to_completion(page).await.unwrap_err();
    assert_eq!((changed, context.cookies.lock().unwrap().len()), (2, 2));
}
