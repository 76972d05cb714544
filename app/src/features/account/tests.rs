//! The own account against a real database.

use sqlx::PgPool;

use super::use_cases;
use crate::failure::Failure;
use crate::testing::World;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_page_about_oneself_says_who_one_is_and_what_is_owed(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, ann) = (world.administrator_of("Acme").await, world.account_with("Ann@Example.org").await);
    let of_ann = ann.does(use_cases::read_account).await.unwrap();
    assert_eq!((of_ann.email.as_str(), of_ann.username.as_str()), ("Ann@Example.org", ann.username.as_str()));
    assert_eq!((of_ann.has_factor, of_ann.factor_is_owed), (false, false));
    let of_ada = ada.does(use_cases::read_account).await.unwrap();
    assert_eq!((of_ada.has_factor, of_ada.factor_is_owed), (true, false));
    world.remove_factor(&ada).await;
    let of_ada = ada.does(use_cases::read_account).await.unwrap();
    assert_eq!((of_ada.has_factor, of_ada.factor_is_owed), (false, true));
    assert_eq!(world.browser().does(use_cases::read_account).await, Err(Failure::SignedOut));
}
