//! What the page of a link shows, and how long a link is good.

use std::time::{Duration, Instant};

use sqlx::PgPool;

use super::*;
use crate::features::accepting::rules::LinkState;
use crate::features::accepting::store;
use crate::features::permissions::Role;
use crate::platform::db::Tx;
use crate::platform::sealing;
use crate::testing::refusal;
use crate::values::token::{Token, TokenPurpose};

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_link_that_was_opened_five_times_still_works(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let before = world.everything_stored().await;
    for _ in 0..5 {
        assert!(matches!(look_at(&world.browser(), &token).await, LinkPage::Register { email, .. } if email == "ann@example.org"));
    }
    assert_eq!(world.everything_stored().await, before, "looking changes nothing");
    complete(&world.browser(), complete_form(&token)).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_link_used_twice_makes_one_member_and_then_reads_used(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let ann = world.browser();
    complete(&ann, complete_form(&token)).await.unwrap();

    assert_eq!(refusal(complete(&world.browser(), complete_form(&token)).await), AcceptRefusal::Used);
    assert_eq!(refusal(accept(&ann, &token).await), AcceptRefusal::Used);
    assert_eq!(refusal(decline(&ann, &token).await), AcceptRefusal::Used);
    assert_eq!(refusal(renew(&world.browser(), &token).await), AcceptRefusal::Used);
    assert_eq!(look_at(&world.browser(), &token).await, LinkPage::Used);
    assert_eq!(look_at(&ann, &token).await, LinkPage::AlreadyMember { organization_name: "Acme".to_owned(), slug: "acme".to_owned() });
    assert_eq!((world.count("users").await, world.count("memberships").await), (2, 2));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn truncated_altered_and_foreign_tokens_share_one_answer(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let never_issued = Token::from_bytes(TokenPurpose::Link, &[9; 32]).expose().to_owned();
    let set_up = Token::from_bytes(TokenPurpose::Link, &[8; 32]);
    sqlx::query("INSERT INTO links (id, digest, purpose, channel, issued_at, expires_at) VALUES (gen_random_uuid(), $1, 'set_up', 'printed', now(), now() + interval '1 hour')")
        .bind(sealing::digest(&set_up).as_bytes())
        .execute(world.owner())
        .await
        .unwrap();
    let session = ada.session_token().unwrap();
    let forged = [
        String::new(),
        token[..token.len() - 1].to_owned(),
        format!("{token}A"),
        token.to_uppercase(),
        token.replacen("nxl_", "nxs_", 1),
        session.replacen("nxs_", "nxl_", 1),
        session,
        set_up.expose().to_owned(),
        never_issued,
        format!("{token}\0"),
        format!(" {token}"),
    ];
    for forged in forged {
        assert_eq!(look_at(&world.browser(), &forged).await, LinkPage::Unknown, "{forged:?}");
        assert_eq!(refusal(complete(&world.browser(), complete_form(&forged)).await), AcceptRefusal::Unknown, "{forged:?}");
        assert_eq!(refusal(accept(&ada, &forged).await), AcceptRefusal::Unknown, "{forged:?}");
        assert_eq!(refusal(decline(&ada, &forged).await), AcceptRefusal::Unknown, "{forged:?}");
        assert_eq!(refusal(renew(&world.browser(), &forged).await), AcceptRefusal::Unknown, "{forged:?}");
    }
    assert!(matches!(look_at(&world.browser(), &token).await, LinkPage::Register { .. }));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_link_is_good_at_71_59_59_and_not_at_72_00_01(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let ann = world.account_with("ann@example.org").await;
    let token = invited(&world, &ada, "ann@example.org").await;

    world.links_end_in(-1.0).await;
    assert!(matches!(look_at(&ann, &token).await, LinkPage::Expired { .. }));
    assert_eq!(refusal(accept(&ann, &token).await), AcceptRefusal::Expired);
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    assert_eq!(refusal(accept_in_app(&ann, member).await), AcceptRefusal::Expired);
    assert_eq!(refusal(complete(&world.browser(), complete_form(&token)).await), AcceptRefusal::Expired);

    // The last second is short on a busy machine: what took longer than it proves nothing.
    let is_accepted = loop {
        let start = Instant::now();
        world.links_end_in(1.0).await;
        let accepted = accept(&ann, &token).await;
        if accepted.is_ok() || start.elapsed() < Duration::from_millis(900) {
            break accepted;
        }
    };
    assert_eq!(is_accepted.unwrap().path, "/organizations/acme");
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_links_time_ends_to_the_microsecond(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let digest = sealing::digest(&Token::parse(&token).unwrap());
    for (left, expected) in [("1 microsecond", LinkState::Live), ("0", LinkState::Expired), ("-1 microsecond", LinkState::Expired)] {
        let mut tx = Tx::begin(&world.state.pool).await.unwrap();
        sqlx::query("UPDATE links SET expires_at = now() + $1::text::interval").bind(left).execute(&mut *tx).await.unwrap();
        let link = store::find_link(&mut tx, &digest).await.unwrap().unwrap();
        assert_eq!(link.state(), expected, "{left}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn sending_again_kills_the_former_link_which_then_says_so(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let former = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    send_again(&ada, member).await.unwrap();
    let latest = world.link_in_mail_to("ann@example.org").await;

    assert_ne!(former, latest);
    let replaced = LinkPage::Replaced { organization_name: "Acme".to_owned(), masked_email: "a•••@example.org".to_owned() };
    assert_eq!(look_at(&world.browser(), &former).await, replaced);
    assert_eq!(refusal(complete(&world.browser(), complete_form(&former)).await), AcceptRefusal::Replaced);
    complete(&world.browser(), complete_form(&latest)).await.unwrap();
    assert_eq!(look_at(&world.browser(), &former).await, LinkPage::Used);
    assert_eq!(refusal(send_again(&ada, member).await), InvitationRefusal::Joined { called: "Ann Smith".to_owned() });
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn cancelling_kills_every_link_and_inviting_again_starts_fresh(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let first = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    send_again(&ada, member).await.unwrap();
    let second = world.link_in_mail_to("ann@example.org").await;
    cancel(&ada, member).await.unwrap();

    for token in [&first, &second] {
        assert_eq!(look_at(&world.browser(), token).await, LinkPage::Withdrawn { organization_name: "Acme".to_owned() });
        assert_eq!(refusal(complete(&world.browser(), complete_form(token)).await), AcceptRefusal::Withdrawn);
        assert_eq!(refusal(renew(&world.browser(), token).await), AcceptRefusal::Withdrawn);
    }
    assert_eq!(world.pending("Acme", "ann@example.org").await, None);
    assert_eq!(cancel(&ada, member).await, Err(Failure::NotFound));

    let fresh = invited(&world, &ada, "ann@example.org").await;
    assert_ne!(world.pending("Acme", "ann@example.org").await, Some(member));
    complete(&world.browser(), complete_form(&fresh)).await.unwrap();
    assert_eq!(look_at(&world.browser(), &second).await, LinkPage::Withdrawn { organization_name: "Acme".to_owned() });
    assert_eq!(look_at(&world.browser(), &first).await, LinkPage::Withdrawn { organization_name: "Acme".to_owned() });
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn somebody_who_joined_is_not_cancelled(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    complete(&world.browser(), complete_form(&token)).await.unwrap();
    assert_eq!(refusal(cancel(&ada, member).await), InvitationRefusal::Joined { called: "Ann Smith".to_owned() });
    assert_eq!(world.count("memberships WHERE activated_at IS NOT NULL").await, 2);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_invitation_that_offers_more_than_one_holds_is_left_to_others(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    invite_as(&ada, "acme", "ann@example.org", "administrator").await.unwrap();
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    world.change_role(&bob, "Acme", crate::features::permissions::Role::User).await;
    sqlx::query("UPDATE memberships SET permissions = 3 WHERE user_id = $1").bind(bob.user.as_uuid()).execute(world.owner()).await.unwrap();
    assert_eq!(refusal(cancel(&bob, member).await), InvitationRefusal::HoldsMore);
    assert_eq!(refusal(send_again(&bob, member).await), InvitationRefusal::HoldsMore);
    let preview = bob
        .does(move |request| invitations::use_cases::preview_cancellation(request, "acme".to_owned(), member.to_string()))
        .await
        .unwrap();
    assert_eq!(preview.refusal, Some(InvitationRefusal::HoldsMore));
    let preview = ada
        .does(move |request| invitations::use_cases::preview_cancellation(request, "acme".to_owned(), member.to_string()))
        .await
        .unwrap();
    assert_eq!((preview.refusal, preview.email.as_str()), (None, "ann@example.org"));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_link_tells_a_member_that_they_are_in_and_somebody_deactivated_that_their_access_has_ended(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let ann = world.account_with("ann@example.org").await;
    let former = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    cancel(&ada, member).await.unwrap();
    let token = invited(&world, &ada, "ann@example.org").await;
    accept(&ann, &token).await.unwrap();
    for link in [&former, &token] {
        assert!(matches!(look_at(&ann, link).await, LinkPage::AlreadyMember { .. }));
    }

    world.deactivate(&ann, "Acme").await;
    for link in [&former, &token] {
        assert_eq!(look_at(&ann, link).await, LinkPage::AccessEnded { organization_name: "Acme".to_owned() });
    }
    // Signed out, nothing is told of the person.
    assert_eq!(look_at(&world.browser(), &token).await, LinkPage::Used);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_offer_that_its_inviter_may_no_longer_give_says_so_before_anything_is_typed(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, eve) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    let ann = world.account_with("ann@example.org").await;
    invite_as(&eve, "acme", "ann@example.org", "administrator").await.unwrap();
    let token = world.link_in_mail_to("ann@example.org").await;
    assert_eq!(waiting(&ann).await.unwrap().len(), 1);

    world.change_role(&eve, "Acme", Role::User).await;
    assert_eq!(look_at(&ann, &token).await, LinkPage::Lapsed { organization_name: "Acme".to_owned() });
    assert_eq!(look_at(&world.browser(), &token).await, LinkPage::Lapsed { organization_name: "Acme".to_owned() });
    assert!(waiting(&ann).await.unwrap().is_empty());
    assert_eq!(refusal(renew(&ann, &token).await), AcceptRefusal::OfferLapsed);

    write(&world.browser(), &token, "May I still come?").await.unwrap();
    assert!(world.mails_to(&ada.email).await[0].plain.contains("May I still come?"));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whoever_holds_a_withdrawn_link_can_write_to_the_administrators_three_times_a_day(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, eve) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    let user = world.member("Acme", Role::User).await;
    let token = invited(&world, &ada, "ann@example.org").await;
    assert_eq!(refusal(write(&world.browser(), &token, "Hello").await), LinkMessageRefusal::Open);
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    cancel(&ada, member).await.unwrap();

    assert!(matches!(refusal(write(&world.browser(), &token, "  ").await), LinkMessageRefusal::Message(_)));
    assert_eq!(refusal(write(&world.browser(), "forged", "Hello").await), LinkMessageRefusal::Unknown);
    write(&world.browser(), &token, "Was this a <b>mistake</b>?").await.unwrap();
    for administrator in [&ada, &eve] {
        let mails = world.mails_to(&administrator.email).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].subject, "A question about an invitation to Acme");
        assert!(mails[0].plain.contains("Was this a <b>mistake</b>?") && mails[0].plain.contains("ann@example.org"));
    }
    assert!(world.mails_to(&user.email).await.is_empty());
    assert_eq!(world.audit_actions().await.last().map(String::as_str), Some("administrators.messaged"));

    write(&world.browser(), &token, "Once more").await.unwrap();
    write(&world.browser(), &token, "And more").await.unwrap();
    assert!(matches!(write(&world.browser(), &token, "And again").await, Err(Failure::TooManyAttempts { .. })));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whoever_switches_the_account_keeps_the_link_also_after_the_session_has_ended(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let bob = world.stranger().await;
    sqlx::query("DELETE FROM sessions").execute(world.owner()).await.unwrap();
    let form = TokenForm { token: token.clone() };
    let gone_to = bob.does(move |request| use_cases::switch_account(request, form)).await.unwrap();
    assert_eq!(gone_to, GoTo::page_afresh(format!("/complete?token={token}")));
}
