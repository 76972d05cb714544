//! Audit rows against a real database.

use sqlx::PgPool;
use uuid::Uuid;

use crate::features::invitations::tests::{cancel, invite};
use crate::features::permissions::Role;
use crate::testing::World;

/// Calls one of the functions that erase, as the program does: under the application's role.
async fn erase(world: &World, call: &'static str, subject: Uuid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(call).bind(Uuid::from_u128(7)).bind(subject).fetch_one(&world.state.pool).await
}

const OF_PERSON: &str = "SELECT erase_audit_details_of_person($1, NULL, $2)";
const OF_ORGANIZATION: &str = "SELECT erase_audit_details_of_organization($1, NULL, $2)";

async fn audit_rows(world: &World) -> Vec<(String, Option<Uuid>, Option<Uuid>, serde_json::Value)> {
    sqlx::query_as("SELECT action, actor_id, subject_id, difference FROM audit_events WHERE action <> 'audit.erased' ORDER BY position")
        .fetch_all(world.owner())
        .await
        .unwrap()
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_row_holds_ids_kinds_and_numbers_and_what_names_somebody_stands_beside_it(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.member_called("Acme", "Ada", "Lovelace", Role::Administrator).await;
    ada.browse_from("203.0.113.9");
    invite(&ada, "ann@example.org").await;
    let stored = world.everything_stored().await;
    for told in ["ann@example.org", "203.0.113.9", "Lovelace"] {
        assert!(!stored["audit_events"].contains(told), "{told}");
    }
    let beside = "audit_details WHERE words->>'email' = 'ann@example.org' AND host(network) = '203.0.113.9' AND membership_id IS NOT NULL";
    assert_eq!(world.count(beside).await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_person_who_is_erased_is_named_nowhere_and_the_log_stays_whole(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator_of("Acme").await;
    ada.browse_from("203.0.113.9");
    let ann = world.account_with("ann@example.org").await;
    // One invitation that was withdrawn, so that its membership is gone, and one that waits.
    for _ in 0..2 {
        invite(&ada, "ann@example.org, bob@example.org").await;
        let waiting = world.pending("Acme", "ann@example.org").await.unwrap();
        cancel(&ada, waiting).await.unwrap();
    }
    invite(&ada, "ann@example.org").await;
    let before = audit_rows(&world).await;

    assert_eq!(erase(&world, OF_PERSON, ann.user.as_uuid()).await.unwrap(), 5);

    assert_eq!(audit_rows(&world).await, before, "nothing of the log itself has changed");
    let beside = world.everything_stored().await["audit_details"].clone();
    assert!(!beside.contains("ann@example.org") && beside.contains("bob@example.org"));
    assert!(beside.contains("203.0.113.9"), "where Ada was is hers");
    assert_eq!(erase(&world, OF_PERSON, ada.user.as_uuid()).await.err().and_then(named).as_deref(), Some("audit_events_pkey"));

    let of_ada = "SELECT erase_audit_details_of_person(gen_random_uuid(), $1, $2)";
    let erased: i64 =
        sqlx::query_scalar(of_ada).bind(ada.user.as_uuid()).bind(ada.user.as_uuid()).fetch_one(&world.state.pool).await.unwrap();
    assert!(erased > 0);
    let beside = world.everything_stored().await["audit_details"].clone();
    assert!(!beside.contains("203.0.113.9") && beside.contains("bob@example.org"));
    let rows = "audit_events WHERE action = 'audit.erased' AND subject_kind = 'user' AND (difference->>'rows')::int > 0";
    assert_eq!(world.count(rows).await, 2);
    assert_eq!(world.count("audit_events WHERE action = 'audit.erased' AND actor_kind = 'operator'").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_organization_that_is_erased_leaves_the_others_alone(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Globex").await);
    invite(&ada, "ann@example.org").await;
    crate::features::invitations::tests::invite_as(&bob, "globex", "cem@example.org", "user").await.unwrap();
    let acme: Uuid = sqlx::query_scalar("SELECT id FROM organizations WHERE slug = 'acme'").fetch_one(world.owner()).await.unwrap();
    assert_eq!(erase(&world, OF_ORGANIZATION, acme).await.unwrap(), 1);
    let beside = world.everything_stored().await["audit_details"].clone();
    assert!(!beside.contains("ann@example.org") && beside.contains("cem@example.org"));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn networks_and_devices_are_erased_apart_from_words_by_their_age(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator_of("Acme").await;
    ada.browse_from("203.0.113.9");
    invite(&ada, "ann@example.org").await;
    world.time_passes(100 * 86_400).await;
    invite(&ada, "bob@example.org").await;
    let older_than = |origins: &'static str, words: &'static str| {
        let pool = world.state.pool.clone();
        async move {
            let call = "SELECT erase_audit_details_before(gen_random_uuid(), NULL, now() - $1::text::interval, now() - $2::text::interval)";
            sqlx::query_scalar::<_, i64>(call).bind(origins).bind(words).fetch_one(&pool).await.unwrap()
        }
    };
    assert_eq!(older_than("90 days", "1 year").await, 1);
    assert_eq!(world.count("audit_details WHERE network IS NULL AND words->>'email' = 'ann@example.org'").await, 1);
    assert_eq!(world.count("audit_details WHERE network IS NOT NULL AND words->>'email' = 'bob@example.org'").await, 1);
    assert_eq!(older_than("90 days", "90 days").await, 1);
    assert_eq!(world.count("audit_details WHERE words IS NOT NULL").await, 1);
    let null = "SELECT erase_audit_details_before(gen_random_uuid(), NULL, now() + interval '1 day', NULL)";
    assert_eq!(sqlx::query_scalar::<_, i64>(null).fetch_one(&world.state.pool).await.unwrap(), 1);
    assert_eq!(world.count("audit_details WHERE network IS NULL AND words->>'email' = 'bob@example.org'").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_applications_role_only_adds_and_reads_and_nobody_but_it_and_the_owner_erases(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    invite(&ada, "ann@example.org").await;
    for statement in [
        "UPDATE audit_events SET action = 'nothing'",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        "ALTER TABLE audit_events DISABLE TRIGGER ALL",
        "DROP TABLE audit_events",
        "UPDATE audit_details SET words = NULL",
        "DELETE FROM audit_details",
        "TRUNCATE audit_details",
        "SELECT record_erasure(gen_random_uuid(), NULL, NULL, 'user', NULL, 1)",
    ] {
        let error = sqlx::query(statement).execute(&world.state.pool).await.unwrap_err();
        let code = error.as_database_error().and_then(|error| error.code().map(std::borrow::Cow::into_owned));
        assert_eq!(code.as_deref(), Some("42501"), "{statement}");
    }
    // The log itself is guarded from the owner, too.
    for statement in ["UPDATE audit_events SET action = 'nothing'", "DELETE FROM audit_events", "TRUNCATE audit_events CASCADE"] {
        let error = sqlx::query(statement).execute(world.owner()).await.unwrap_err();
        assert!(error.to_string().contains("audit events are never changed"), "{statement}: {error}");
    }
    let everybody = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'erase_audit%' AND has_function_privilege('public', oid, 'EXECUTE')";
    assert_eq!(world.number(everybody).await, 0);
    let fixed = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'erase_audit%' AND prosecdef AND proconfig[1] LIKE 'search_path=%'";
    assert_eq!(world.number(fixed).await, 3);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_subject_of_another_organization_is_refused_whatever_table_it_is_in(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    world.administrator_of("Globex").await;
    let membership = world.membership_of(&ada, "Acme").await;
    let application = world.application("Acme", "Register", &[("Use", false)]).await;
    invite(&ada, "ann@example.org").await;
    let mail: Uuid = sqlx::query_scalar("SELECT id FROM mails").fetch_one(world.owner()).await.unwrap();
    let acme: Uuid = sqlx::query_scalar("SELECT id FROM organizations WHERE slug = 'acme'").fetch_one(world.owner()).await.unwrap();
    let insert = "INSERT INTO audit_events (id, organization_id, actor_kind, action, subject_kind, subject_id, at, difference)
        SELECT gen_random_uuid(), id, 'system', 'x', $1, $2, now(), '{}' FROM organizations WHERE slug = $3";
    for (kind, subject) in
        [("membership", membership.as_uuid()), ("application", application.as_uuid()), ("mail", mail), ("organization", acme)]
    {
        let refused = sqlx::query(insert).bind(kind).bind(subject).bind("globex").execute(&world.state.pool).await.unwrap_err();
        assert_eq!(named(refused).as_deref(), Some("audit_events_subject_within_organization"), "{kind}");
        sqlx::query(insert).bind(kind).bind(subject).bind("acme").execute(&world.state.pool).await.unwrap();
    }
}

/// The constraint that refused.
fn named(error: sqlx::Error) -> Option<String> {
    error.as_database_error().and_then(|error| error.constraint().map(str::to_owned))
}
