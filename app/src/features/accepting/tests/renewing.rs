//! A new link, asked for by the invited person.

use sqlx::PgPool;

use super::*;
use crate::testing::refusal;

const DAY: i64 = 24 * 3_600;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_expired_link_is_renewed_to_the_same_address_and_stays_dead(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let expired = invited(&world, &ada, "ann@example.org").await;
    world.time_passes(3 * DAY + 1).await;
    let page = LinkPage::Expired { organization_name: "Acme".to_owned(), masked_email: "a•••@example.org".to_owned() };
    assert_eq!(look_at(&world.browser(), &expired).await, page);
    assert_eq!(refusal(complete(&world.browser(), complete_form(&expired)).await), AcceptRefusal::Expired);

    let said = renew(&world.browser(), &expired).await.unwrap();
    assert_eq!(said.masked_email, "a•••@example.org");
    let mails = world.mails_to("ann@example.org").await;
    assert_eq!(mails.len(), 2);
    let fresh = world.link_in_mail_to("ann@example.org").await;
    assert!(matches!(look_at(&world.browser(), &expired).await, LinkPage::Replaced { .. }));
    assert_eq!(refusal(complete(&world.browser(), complete_form(&expired)).await), AcceptRefusal::Replaced);
    complete(&world.browser(), complete_form(&fresh)).await.unwrap();
    assert_eq!(
        world.audit_actions().await,
        ["invitation.sent", "invitation.renewed", "registration.completed", "invitation.accepted", "session.signed_in"]
    );
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn three_new_links_an_hour_are_sent_for_one_invitation_whichever_link_asks(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let mut latest = invited(&world, &ada, "ann@example.org").await;
    let first = latest.clone();
    world.time_passes(3 * DAY + 1).await;
    for _ in 0..3 {
        renew(&world.browser(), &latest).await.unwrap();
        latest = world.link_in_mail_to("ann@example.org").await;
    }
    for token in [&latest, &first] {
        assert!(matches!(renew(&world.browser(), token).await, Err(Failure::TooManyAttempts { wait_seconds: 3_500..=3_600 })));
    }
    assert_eq!(world.mails_to("ann@example.org").await.len(), 4);
    // Another invitation has a limit of its own.
    let other = invited(&world, &ada, "bob@example.org").await;
    renew(&world.browser(), &other).await.unwrap();

    world.time_passes(3_601).await;
    renew(&world.browser(), &latest).await.unwrap();
    assert_eq!(world.mails_to("ann@example.org").await.len(), 5);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_link_that_was_replaced_can_ask_for_a_new_one(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let first = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    send_again(&ada, member).await.unwrap();
    renew(&world.browser(), &first).await.unwrap();
    complete(&world.browser(), complete_form(&world.link_in_mail_to("ann@example.org").await)).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_renewed_invitation_can_be_accepted_in_the_app_again(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let ann = world.account_with("ann@example.org").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    world.time_passes(3 * DAY + 1).await;
    assert_eq!(waiting(&ann).await, Ok(Vec::new()));
    renew(&ann, &token).await.unwrap();
    let member = waiting(&ann).await.unwrap()[0].member;
    accept_in_app(&ann, member).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn new_links_that_the_invited_ask_for_leave_the_days_invitations_alone(pool: PgPool) {
    let world = World::with_settings(pool, |settings| settings.invitations_per_day = 2).await;
    let ada = world.administrator_of("Acme").await;
    let ann = invited(&world, &ada, "ann@example.org").await;
    renew(&world.browser(), &ann).await.unwrap();
    let outcomes = outcomes(invite_as(&ada, "acme", "bob@example.org, cem@example.org", "user").await.unwrap());
    assert!(matches!(outcomes.as_slice(), [InviteOutcome::Invited { .. }, InviteOutcome::NotNotified]), "{outcomes:?}");
}
