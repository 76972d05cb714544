//! What every active member sees first.

use sqlx::PgPool;

use super::*;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn every_active_member_sees_their_own_role_and_applications(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, user, restricted) =
        (world.administrator_of("Acme").await, world.member("Acme", Role::User).await, world.member("Acme", Role::Restricted).await);
    let register = world.application("Acme", "Register", &[("Use", false), ("Manage", false)]).await;
    let payroll = world.application("Acme", "Payroll", &[("Use", false)]).await;
    world.grant(&user, register, 2).await;
    world.grant(&ada, payroll, 1).await;
    world.grant(&restricted, payroll, 1).await;

    let seen = overview(&user).await.unwrap();
    assert_eq!((seen.organization.role, seen.label.as_str(), seen.stays_because), (Role::User, "Organization", None));
    let applications: Vec<_> = seen.applications.unwrap().into_iter().map(|application| (application.name, application.level)).collect();
    assert_eq!(applications, [("Register".to_owned(), "Manage".to_owned())]);
    let seen = overview(&restricted).await.unwrap();
    assert_eq!((seen.organization.role, seen.applications), (Role::Restricted, None));
    assert_eq!(overview(&ada).await.unwrap().stays_because, Some(LastAdministrator));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_role_that_was_changed_elsewhere_shows_at_the_next_request(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    assert_eq!(overview(&bob).await.unwrap().organization.role, Role::Administrator);
    world.change_role(&bob, "Acme", Role::Restricted).await;
    let seen = overview(&bob).await.unwrap();
    assert_eq!((seen.organization.role, seen.organization.held.is_empty()), (Role::Restricted, true));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whoever_is_no_active_member_finds_nothing_whatever_they_ask(pool: PgPool) {
    let world = World::new(pool).await;
    world.administrator_of("Acme").await;
    let (stranger, elsewhere, gone) =
        (world.stranger().await, world.administrator_of("Globex").await, world.member("Acme", Role::User).await);
    world.deactivate(&gone, "Acme").await;
    for browser in [&stranger, &elsewhere, &gone] {
        assert_eq!(overview(browser).await, Err(Failure::NotFound));
        assert_eq!(write(browser, "Hello").await, Err(Failure::NotFound));
    }
    let signed_out = world.browser();
    assert_eq!(overview(&signed_out).await, Err(Failure::SignedOut));
    assert_eq!(write(&signed_out, "Hello").await, Err(Failure::SignedOut));
    assert!(world.audit_actions().await.is_empty());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn nothing_opens_before_a_factor_that_is_owed_here_is_set_up_but_elsewhere_all_does(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    world.join(&ada, "Globex", Role::User).await;
    world.remove_factor(&ada).await;
    assert_eq!(overview(&ada).await, Err(Failure::TwoFactorDue));
    ada.does(|request| use_cases::read_overview(request, "globex".to_owned())).await.unwrap();
}
