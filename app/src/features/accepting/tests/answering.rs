//! Declining.

use sqlx::PgPool;

use super::*;
use crate::testing::refusal;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn declining_removes_the_row_and_tells_the_inviter(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let ann = world.account_with("ann@example.org").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    assert_eq!(decline(&ann, &token).await.unwrap(), GoTo::page("/?done=invitation-declined"));

    assert_eq!(world.pending("Acme", "ann@example.org").await, None);
    assert_eq!(look_at(&ann, &token).await, LinkPage::Declined);
    assert_eq!(refusal(accept(&ann, &token).await), AcceptRefusal::Declined);
    assert_eq!(refusal(renew(&ann, &token).await), AcceptRefusal::Declined);
    let mails = world.mails_to(&ada.email).await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].kind.as_str(), mails[0].subject.as_str()), ("invitation.declined", "An invitation to Acme was declined"));
    assert!(mails[0].plain.contains("ann@example.org"));
    assert_eq!(world.audit_actions().await, ["invitation.sent", "invitation.declined"]);
    // Inviting again starts fresh.
    accept(&ann, &invited(&world, &ada, "ann@example.org").await).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn declining_in_the_app_also_kills_a_link_that_was_replaced_before(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let ann = world.account_with("ann@example.org").await;
    let former = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    send_again(&ada, member).await.unwrap();
    ann.does(move |request| use_cases::decline_waiting(request, waiting_row(member))).await.unwrap();
    assert_eq!(look_at(&ann, &former).await, LinkPage::Declined);
    assert_eq!(look_at(&ann, &world.link_in_mail_to("ann@example.org").await).await, LinkPage::Declined);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_inviter_who_has_gone_is_told_nothing_more(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, _) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    let ann = world.account_with("ann@example.org").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    world.deactivate(&ada, "Acme").await;
    decline(&ann, &token).await.unwrap();
    assert!(world.mails_to(&ada.email).await.is_empty());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn nobody_declines_without_signing_in(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    assert_eq!(decline(&world.browser(), &token).await, Err(Failure::SignedOut));
    assert!(world.pending("Acme", "ann@example.org").await.is_some());
}
