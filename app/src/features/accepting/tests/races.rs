//! What happens in the same instant.

use sqlx::PgPool;

use super::*;
use crate::features::auth::registration::refusal::RegistrationRefusal;
use crate::features::members;
use crate::features::members::model::{DeactivateForm, DeactivationReceipt};
use crate::features::members::refusal::DeactivateRefusal;
use crate::testing::{ROUNDS, race, refusal};

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn one_link_sent_in_twice_makes_one_account_and_one_member(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    for round in 0..ROUNDS {
        let token = invited(&world, &ada, &format!("ann{round}@example.org")).await;
        let form = |username: &str| {
            complete_form(&token).with(|fields| {
                fields.automatic_username = String::new();
                fields.username = format!("{username}{round}");
            })
        };
        let (one, other) = (world.browser(), world.browser());
        let (first, second) = (form("first"), form("second"));
        let (one, other) = race(round, async move { complete(&one, first).await }, async move { complete(&other, second).await }).await;
        let refused = match (one.is_ok(), other.is_ok()) {
            (true, false) => refusal(other),
            (false, true) => refusal(one),
            both => panic!("{both:?}"),
        };
        assert_eq!(refused, AcceptRefusal::Used);
        let expected = i64::from(round) + 2;
        assert_eq!(world.count("users").await, expected);
        assert_eq!(world.count("usernames").await, expected);
        assert_eq!(world.count("memberships WHERE activated_at IS NOT NULL").await, expected);
        assert_eq!(world.count("audit_events WHERE action = 'invitation.accepted'").await, expected - 1);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn accepting_against_cancelling_has_one_winner(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    for round in 0..ROUNDS {
        let email = format!("ann{round}@example.org");
        let ann = world.account_with(&email).await;
        let token = invited(&world, &ada, &email).await;
        let member = world.pending("Acme", &email).await.unwrap();
        let (accepting, cancelling, link) = (ann.clone(), ada.clone(), token.clone());
        let (accepted, cancelled) =
            race(round, async move { accept(&accepting, &link).await }, async move { cancel(&cancelling, member).await }).await;
        let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM memberships WHERE id = $1")
            .bind(member.as_uuid())
            .fetch_one(world.owner())
            .await
            .unwrap();
        let page = look_at(&ann, &token).await;
        match (accepted.is_ok(), cancelled.is_ok()) {
            (true, false) => {
                assert!(matches!(refusal(cancelled), InvitationRefusal::Joined { .. }));
                assert_eq!(rows, 1);
                assert!(matches!(page, LinkPage::AlreadyMember { .. }), "{page:?}");
            }
            (false, true) => {
                assert_eq!(refusal(accepted), AcceptRefusal::Withdrawn);
                assert_eq!(rows, 0);
                assert!(matches!(page, LinkPage::Withdrawn { .. }), "{page:?}");
            }
            both => panic!("round {round}: {both:?}"),
        }
    }
    assert_eq!(world.count("memberships").await, world.number("SELECT member_count FROM organizations").await);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn accepting_against_declining_has_one_winner(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    for round in 0..ROUNDS {
        let email = format!("ann{round}@example.org");
        let ann = world.account_with(&email).await;
        let token = invited(&world, &ada, &email).await;
        let (accepting, declining, first, second) = (ann.clone(), world.another_browser_of(&ann).await, token.clone(), token.clone());
        let (accepted, declined) =
            race(round, async move { accept(&accepting, &first).await }, async move { decline(&declining, &second).await }).await;
        match (accepted.is_ok(), declined.is_ok()) {
            (true, false) => assert_eq!(refusal(declined), AcceptRefusal::Used),
            (false, true) => assert_eq!(refusal(accepted), AcceptRefusal::Declined),
            both => panic!("round {round}: {both:?}"),
        }
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn one_address_invited_twice_at_once_waits_once_and_gets_one_mail(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    for round in 0..ROUNDS {
        let email = format!("ann{round}@example.org");
        let (one, other, first, second) = (ada.clone(), bob.clone(), email.clone(), email.to_uppercase());
        let (one, other) =
            race(round, async move { outcomes(invite(&one, &first).await) }, async move { outcomes(invite(&other, &second).await) }).await;
        assert!(
            matches!(
                (one.as_slice(), other.as_slice()),
                ([InviteOutcome::Invited { .. }], [InviteOutcome::AlreadyInvited])
                    | ([InviteOutcome::AlreadyInvited], [InviteOutcome::Invited { .. }])
            ),
            "{one:?} {other:?}"
        );
        assert_eq!(world.mails_to(&email).await.len(), 1);
    }
    assert_eq!(world.count("memberships WHERE user_id IS NULL").await, i64::from(ROUNDS));
    assert_eq!(world.count("links").await, i64::from(ROUNDS));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_two_who_want_one_username_at_once_one_gets_it_and_the_other_alternatives(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    for round in 0..ROUNDS {
        let one = invited(&world, &ada, &format!("one{round}@example.org")).await;
        let other = invited(&world, &ada, &format!("other{round}@example.org")).await;
        let form = |token: &str| {
            complete_form(token).with(|fields| {
                fields.last_name = format!("Smith{}", char::from(b'a' + u8::try_from(round).unwrap()));
            })
        };
        let (first, second) = (form(&one), form(&other));
        let (one, other) = (world.browser(), world.browser());
        let (one, other) = race(round, async move { complete(&one, first).await }, async move { complete(&other, second).await }).await;
        let refused = match (one.is_ok(), other.is_ok()) {
            (true, false) => refusal(other),
            (false, true) => refusal(one),
            both => panic!("round {round}: {both:?}"),
        };
        let AcceptRefusal::Registration(RegistrationRefusal::AutomaticUsernameTaken { username, alternatives }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(alternatives, (2..=4).map(|number| format!("{username}{number}")).collect::<Vec<_>>());
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn two_organizations_links_used_at_once_make_one_account(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Globex").await);
    for round in 0..ROUNDS {
        let email = format!("ann{round}@example.org");
        let acme = invited(&world, &ada, &email).await;
        invite_as(&bob, "globex", &email, "user").await.unwrap();
        let globex = world.link_in_mail_to(&email).await;
        let form = |token: &str| {
            complete_form(token).with(|fields| {
                fields.automatic_username = String::new();
                fields.username = format!("ann{round}");
            })
        };
        let (first, second) = (form(&acme), form(&globex));
        let (one, other) = (world.browser(), world.browser());
        let (one, other) = race(round, async move { complete(&one, first).await }, async move { complete(&other, second).await }).await;
        let refused = match (one.is_ok(), other.is_ok()) {
            (true, false) => refusal(other),
            (false, true) => refusal(one),
            both => panic!("round {round}: {both:?}"),
        };
        assert!(
            matches!(refused, AcceptRefusal::AccountExists | AcceptRefusal::Registration(RegistrationRefusal::AddressTaken)),
            "{refused:?}"
        );
        assert_eq!(world.count("users").await, i64::from(round) + 3);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn sending_again_against_renewing_leaves_one_live_link(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    for round in 0..ROUNDS {
        let email = format!("ann{round}@example.org");
        let token = invited(&world, &ada, &email).await;
        let member = world.pending("Acme", &email).await.unwrap();
        let (sending, renewing) = (ada.clone(), world.browser());
        let (sent, renewed) =
            race(round, async move { send_again(&sending, member).await }, async move { renew(&renewing, &token).await }).await;
        sent.unwrap();
        renewed.unwrap();
        assert_eq!(world.count("links WHERE used_at IS NULL AND voided_at IS NULL").await, i64::from(round) + 1);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn deactivating_an_inviter_with_their_invitations_and_cancelling_one_do_not_wait_for_each_other(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    for round in 0..ROUNDS {
        let bob = world.administrator_of("Acme").await;
        let (member, _) = world.invitation(&bob, "Acme", &format!("ann{round}@example.org")).await;
        let of_bob = world.membership_of(&bob, "Acme").await;
        let ending = ada.clone();
        let (deactivated, cancelled) =
            race(round, async move { deactivate_with_invitations(&ending, of_bob).await }, async move { cancel(&bob, member).await }).await;
        let cancelled_with_it = deactivated.unwrap().invitations_cancelled.len();
        // A deadlock would read `Unavailable`.
        match cancelled {
            Ok(_) => assert_eq!(cancelled_with_it, 0),
            Err(failure) => assert_eq!((failure, cancelled_with_it), (Failure::NotFound, 1), "round {round}"),
        }
    }
    assert_eq!(world.count("memberships WHERE user_id IS NULL").await, 0);
    assert_eq!(world.count("memberships").await, world.number("SELECT member_count FROM organizations").await);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn deactivating_an_inviter_with_their_invitations_and_declining_one_do_not_wait_for_each_other(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    for round in 0..ROUNDS {
        let bob = world.administrator_of("Acme").await;
        let ann = world.account_with(&format!("ann{round}@example.org")).await;
        let (_, token) = world.invitation(&bob, "Acme", &ann.email).await;
        let of_bob = world.membership_of(&bob, "Acme").await;
        let ending = ada.clone();
        let (deactivated, declined) =
            race(round, async move { deactivate_with_invitations(&ending, of_bob).await }, async move { decline(&ann, &token).await })
                .await;
        let cancelled_with_it = deactivated.unwrap().invitations_cancelled.len();
        match declined {
            Ok(_) => assert_eq!(cancelled_with_it, 0),
            refused => assert_eq!((refusal(refused), cancelled_with_it), (AcceptRefusal::Withdrawn, 1), "round {round}"),
        }
    }
}

async fn deactivate_with_invitations(browser: &Browser, member: MembershipId) -> Result<DeactivationReceipt, Failure<DeactivateRefusal>> {
    let form = DeactivateForm { member: member.to_string(), cancel_invitations: "on".to_owned() };
    browser.does(move |request| members::use_cases::deactivate(request, "acme".to_owned(), form)).await
}
