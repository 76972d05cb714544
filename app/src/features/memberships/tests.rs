//! The table's own promises, against a real database.

use sqlx::PgPool;
use uuid::Uuid;

use crate::features::permissions::{Permission, Role};
use crate::testing::World;

/// The constraint that refused a statement, which the owner runs: no room, and no mistake of one, gets past it.
async fn refused_by(world: &World, statement: &'static str) -> Option<String> {
    let error = sqlx::query(statement).execute(world.owner()).await.err()?;
    error.as_database_error().and_then(|error| error.constraint().map(str::to_owned))
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn no_row_points_across_organizations(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Globex").await);
    let register = world.application("Acme", "Register", &[("Use", false)]).await;
    world.grant(&ada, register, 1).await;
    world.application("Globex", "Payroll", &[("Use", false)]).await;
    world.invitation(&ada, "Acme", "ann@example.org").await;
    world.invitation(&bob, "Globex", "bea@example.org").await;
    let statement = "CREATE VIEW crossing AS SELECT globex.id AS organization_id, memberships.id AS membership_id, memberships.user_id
        FROM organizations AS globex, memberships JOIN organizations AS acme ON acme.id = memberships.organization_id
        WHERE globex.slug = 'globex' AND acme.slug = 'acme' AND memberships.user_id IS NOT NULL";
    sqlx::query(statement).execute(world.owner()).await.unwrap();
    for (statement, constraint) in [
        (
            "UPDATE memberships SET invited_by = crossing.user_id FROM crossing
             WHERE memberships.organization_id = crossing.organization_id AND memberships.user_id IS NULL",
            "memberships_inviter_within_organization",
        ),
        (
            "INSERT INTO usernames (username, organization_id, membership_id, reserved_at) SELECT 'ann', organization_id, membership_id, now() FROM crossing",
            "usernames_draft_of_membership",
        ),
        (
            "INSERT INTO links (id, digest, purpose, channel, organization_id, membership_id, issued_at, expires_at)
             SELECT gen_random_uuid(), '\\x00', 'invitation', 'mailed', organization_id, membership_id, now(), now() FROM crossing",
            "links_membership_within_organization",
        ),
        (
            "INSERT INTO mails (id, organization_id, membership_id, kind, recipient, sealed_message, created_at, due_at)
             SELECT gen_random_uuid(), organization_id, membership_id, 'x', 'x', '\\x00', now(), now() FROM crossing",
            "mails_membership_within_organization",
        ),
        (
            "INSERT INTO last_visits (organization_id, membership_id, visited_at) SELECT organization_id, membership_id, now() FROM crossing",
            "last_visits_membership_within_organization",
        ),
        (
            "INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at)
             SELECT organization_id, crossing.membership_id, access_levels.application_id, 1, now() FROM crossing JOIN access_levels USING (organization_id)",
            "application_access_membership_within_organization",
        ),
        (
            "UPDATE application_access SET application_id = payroll.id FROM applications AS payroll WHERE payroll.name = 'Payroll'",
            "application_access_level_within_organization",
        ),
        (
            "INSERT INTO access_levels (organization_id, application_id, level, name)
             SELECT crossing.organization_id, applications.id, 2, 'x' FROM crossing, applications WHERE applications.name = 'Register'",
            "access_levels_application_within_organization",
        ),
        (
            "WITH event AS (
                 INSERT INTO audit_events (id, actor_kind, action, subject_kind, at, difference)
                 VALUES (gen_random_uuid(), 'system', 'x', 'x', now(), '{}') RETURNING id
             )
             INSERT INTO audit_details (event_id, organization_id, membership_id, at) SELECT event.id, organization_id, membership_id, now() FROM event, crossing",
            "audit_details_membership_within_organization",
        ),
    ] {
        assert_eq!(refused_by(&world, statement).await.as_deref(), Some(constraint), "{statement}");
    }
}

/// A table of organizations that isn't in the test above must get there.
#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn every_table_that_names_a_membership_is_known_to_the_test_above(pool: PgPool) {
    let world = World::new(pool).await;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT columns.table_name::text FROM information_schema.columns
         JOIN information_schema.tables USING (table_schema, table_name)
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name IN ('membership_id', 'application_id')
         GROUP BY columns.table_name ORDER BY columns.table_name",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let known = ["access_levels", "application_access", "audit_details", "last_visits", "links", "mails", "usernames"];
    assert_eq!(tables, known);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_views_mask_is_that_of_the_sensitive_permissions(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.member("Acme", Role::User).await;
    for permission in Permission::ALL {
        sqlx::query("UPDATE memberships SET permissions = $1")
            .bind(i32::from(crate::features::permissions::Permissions::from(permission).bits()))
            .execute(world.owner())
            .await
            .unwrap();
        assert_eq!(world.count("sensitive_access").await, i64::from(permission.is_sensitive()), "{permission:?}");
    }
    // Levels below the one that is held count, those above it don't.
    sqlx::query("UPDATE memberships SET permissions = 0").execute(world.owner()).await.unwrap();
    let pupils = world.application("Acme", "Pupils", &[("Use", false), ("See pupil-level data", true), ("Manage", false)]).await;
    world.grant(&ada, pupils, 1).await;
    for (level, expected) in [(1, 0), (2, 1), (3, 1)] {
        sqlx::query("UPDATE application_access SET level = $1").bind(level).execute(world.owner()).await.unwrap();
        assert_eq!(world.count("sensitive_access").await, expected, "{level}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn only_an_active_administrator_who_stays_can_be_reached(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let (closing, gone) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    world.member("Acme", Role::User).await;
    let without_factor = world.administrator_of("Acme").await;
    world.remove_factor(&without_factor).await;
    world.begin_closing(&closing).await;
    world.deactivate(&gone, "Acme").await;
    let (membership, _) = world.invitation(&ada, "Acme", "ann@example.org").await;
    sqlx::query("UPDATE memberships SET role = 'administrator', permissions = 63 WHERE id = $1")
        .bind(membership.as_uuid())
        .execute(world.owner())
        .await
        .unwrap();
    let mut reachable: Vec<String> =
        sqlx::query_scalar("SELECT email FROM reachable_administrators").fetch_all(world.owner()).await.unwrap();
    reachable.sort();
    let mut expected = [ada.email.clone(), without_factor.email.clone()];
    expected.sort();
    assert_eq!(reachable, expected);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_membership_goes_only_after_its_links_and_leaves_its_mail(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    crate::features::invitations::tests::invite(&ada, "ann@example.org").await;
    assert_eq!(
        refused_by(&world, "DELETE FROM memberships WHERE user_id IS NULL").await.as_deref(),
        Some("links_invitation_has_membership")
    );
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    crate::features::invitations::tests::cancel(&ada, member).await.unwrap();
    let gone: Vec<Option<Uuid>> = sqlx::query_scalar(
        "SELECT membership_id FROM links UNION ALL SELECT membership_id FROM mails UNION ALL SELECT membership_id FROM audit_details",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert!(gone.len() >= 3 && gone.iter().all(Option::is_none), "{gone:?}");
    assert_eq!(world.count("links WHERE organization_id IS NOT NULL AND voided_because = 'withdrawn'").await, 1);
}
