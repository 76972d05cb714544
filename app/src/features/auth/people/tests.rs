//! Accounts against a real database.

use sqlx::PgPool;

use super::*;
use crate::platform::clock;
use crate::platform::letter::Letter;
use crate::testing::World;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn somebody_is_told_at_the_address_that_is_theirs_now(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.account_with("Ann@Example.org").await;
    let mut tx = Tx::begin(&world.state.pool).await.unwrap();
    let now = clock::now(&mut tx).await.unwrap();
    let mail = |person: &Person| Mail {
        kind: "test",
        organization: None,
        membership: None,
        recipient: person.email.clone(),
        letter: Letter::new(&format!("Hello {}", person.first_name), "A test.", "You get this mail because of a test."),
    };
    tell(&mut tx, &world.state, ann.user, now, mail).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.mails_to("ann@example.org").await[0].subject, format!("Hello {}", ann.first_name));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_account_is_found_by_username_or_address_in_their_form_for_comparing(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.account_with("ann@example.org").await;
    let mut tx = Tx::begin(&world.state.pool).await.unwrap();
    for key in [ann.username.as_str(), "ann@example.org"] {
        assert_eq!(lock_by_name(&mut tx, key).await.unwrap().map(|person| person.user), Some(ann.user), "{key}");
    }
    assert!(lock_by_name(&mut tx, "nobody").await.unwrap().is_none());
    let person = get(&mut tx, ann.user).await.unwrap();
    assert!(person.is_email_proved && has_account(&mut tx, &person.email).await.unwrap());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_address_that_cannot_be_read_is_a_fault_and_no_mail_to_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    sqlx::query("UPDATE users SET email = 'nonsense'").execute(world.owner()).await.unwrap();
    let mut tx = Tx::begin(&world.state.pool).await.unwrap();
    assert!(matches!(get(&mut tx, ann.user).await, Err(Fault::Inconsistent { table: "users", .. })));
}
