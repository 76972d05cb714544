//! The home page against a real database.

use sqlx::PgPool;

use super::model::Home;
use super::use_cases;
use crate::failure::{Failure, NoRefusal};
use crate::features::applications::model::Opening;
use crate::features::applications::use_cases::open_application;
use crate::features::permissions::Role;
use crate::testing::{Browser, World};
use crate::values::ids::ApplicationId;

async fn home(browser: &Browser) -> Home {
    browser.does(use_cases::read_home).await.unwrap()
}

async fn tiles(browser: &Browser) -> Vec<String> {
    home(browser).await.applications.into_iter().map(|application| application.name).collect()
}

async fn open(browser: &Browser, application: ApplicationId) -> Result<Opening, Failure<NoRefusal>> {
    browser.does(move |request| open_application(request, application.to_string())).await
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_organization_whose_second_factor_is_owed_shows_no_applications(pool: PgPool) {
    let world = World::new(pool).await;
    let user = world.member("Acme", Role::User).await;
    world.join(&user, "Globex", Role::User).await;
    let plain = world.application("Acme", "Register", &[("Use", false)]).await;
    let sensitive = world.application("Acme", "Pupils", &[("Use", false), ("See pupil-level data", true), ("Manage", false)]).await;
    let elsewhere = world.application("Globex", "Payroll", &[("Use", false), ("See all", true)]).await;
    world.grant(&user, plain, 1).await;
    world.grant(&user, elsewhere, 1).await;
    assert_eq!(tiles(&user).await, ["Payroll", "Register"]);
    assert!(!home(&user).await.factor_is_owed);

    // A level contains those below it, sensitive ones included.
    world.grant(&user, sensitive, 3).await;
    assert_eq!(tiles(&user).await, ["Payroll"]);
    let seen = home(&user).await;
    assert!(seen.factor_is_owed);
    assert_eq!(seen.organizations.len(), 2);
    for application in [plain, sensitive] {
        assert_eq!(open(&user, application).await, Err(Failure::TwoFactorDue));
    }
    open(&user, elsewhere).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_sensitive_permission_owes_the_factor_as_well(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let register = world.application("Acme", "Register", &[("Use", false)]).await;
    world.grant(&ada, register, 1).await;
    assert_eq!(tiles(&ada).await, ["Register"]);
    world.remove_factor(&ada).await;
    assert!(tiles(&ada).await.is_empty());
    assert_eq!(open(&ada, register).await, Err(Failure::TwoFactorDue));
    world.change_role(&ada, "Acme", Role::User).await;
    assert_eq!(tiles(&ada).await, ["Register"]);
}
