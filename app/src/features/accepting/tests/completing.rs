//! How the invited join.

use sqlx::PgPool;

use super::*;
use crate::features::auth::registration::refusal::RegistrationRefusal;
use crate::features::auth::step_up::ProofFields;
use crate::features::permissions::Role;
use crate::testing::{refusal, refusals};

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn whoever_completes_the_registration_is_signed_in_and_their_address_is_proved(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "Ann@Example.org").await;
    let ann = world.browser();
    complete(&ann, complete_form(&token)).await.unwrap();
    assert_eq!(waiting(&ann).await, Ok(Vec::new()));
    assert_eq!(world.count("users WHERE email = 'Ann@Example.org' AND email_proved_at IS NOT NULL AND username = 'ann.smith'").await, 1);
    // What the organization typed has made room for the account's own words.
    assert_eq!(world.count("memberships WHERE email IS NULL AND email_key IS NULL AND search LIKE '% ann smith %'").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_invited_administrator_is_led_to_the_second_factor_first(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    invite_as(&ada, "acme", "ann@example.org", "administrator").await.unwrap();
    let ann = world.browser();
    let gone_to = complete(&ann, complete_form(&world.link_in_mail_to("ann@example.org").await)).await.unwrap();
    assert_eq!(gone_to, GoTo::page_afresh("/account/two-factor?next=%2Forganizations%2Facme"));
    assert_eq!(invite_as(&ann, "acme", "bob@example.org", "user").await, Err(Failure::TwoFactorDue));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn everything_wrong_about_the_registration_is_told_at_once_and_uses_nothing_up(pool: PgPool) {
    let world = World::with_settings(pool, |settings| settings.terms_url = Some("https://example.org/terms".to_owned())).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let typed = complete_form(&token).with(|fields| {
        fields.first_name = String::new();
        fields.password = "short".to_owned();
        fields.automatic_username = String::new();
        fields.username = "a".to_owned();
    });
    let fields: Vec<_> = refusals(complete(&world.browser(), typed).await).iter().map(crate::failure::Refusal::field).collect();
    for field in ["first_name", "username", "password", "terms"] {
        assert!(fields.contains(&Some(field)), "{field} in {fields:?}");
    }
    complete(
        &world.browser(),
        complete_form(&token).with(|fields| {
            fields.terms = "on".to_owned();
        }),
    )
    .await
    .unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_password_made_of_what_everybody_knows_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Northwind Academy").await;
    invite_as(&ada, "northwind-academy", "ann@example.org", "user").await.unwrap();
    let token = world.link_in_mail_to("ann@example.org").await;
    for password in ["Northwind Academy", "ann@example.org1", "AnnSmithAnnSmith", "passwordpassword", "nexusnexusnexus"] {
        let refused = refusal(
            complete(
                &world.browser(),
                complete_form(&token).with(|fields| {
                    fields.password = password.to_owned();
                }),
            )
            .await,
        );
        assert!(matches!(refused, AcceptRefusal::Registration(RegistrationRefusal::WeakPassword(_))), "{password}: {refused:?}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_taken_username_is_refused_with_free_alternatives(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let first = invited(&world, &ada, "ann1@example.org").await;
    complete(&world.browser(), complete_form(&first)).await.unwrap();
    let second = invited(&world, &ada, "ann2@example.org").await;
    let alternatives = vec!["ann.smith2".to_owned(), "ann.smith3".to_owned(), "ann.smith4".to_owned()];
    let automatic = refusal(complete(&world.browser(), complete_form(&second)).await);
    let expected = RegistrationRefusal::AutomaticUsernameTaken { username: "ann.smith".to_owned(), alternatives: alternatives.clone() };
    assert_eq!(automatic, AcceptRefusal::Registration(expected));
    let typed = complete_form(&second).with(|fields| {
        fields.automatic_username = String::new();
        fields.username = "ANN.SMITH".to_owned();
    });
    let refused = refusal(complete(&world.browser(), typed).await);
    assert_eq!(refused, AcceptRefusal::Registration(RegistrationRefusal::UsernameTaken { username: "ann.smith".to_owned(), alternatives }));
    let typed = complete_form(&second).with(|fields| {
        fields.automatic_username = String::new();
        fields.username = "ann.smith2".to_owned();
    });
    complete(&world.browser(), typed).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_drafted_username_is_free_again_once_its_person_has_chosen_another(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let draft = "INSERT INTO usernames (username, organization_id, membership_id, reserved_at)
        SELECT 'ann.draft', organization_id, id, now() FROM memberships WHERE email_key = 'ann@example.org'";
    sqlx::query(draft).execute(world.owner()).await.unwrap();

    complete(&world.browser(), complete_form(&token)).await.unwrap();

    assert_eq!(world.count("usernames WHERE username = 'ann.draft'").await, 0);
    assert_eq!(world.count("usernames WHERE username = 'ann.smith' AND user_id IS NOT NULL AND membership_id IS NULL").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_username_typed_beside_the_ticked_box_is_refused_at_its_field(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let form = complete_form(&token).with(|fields| {
        fields.username = "boss".to_owned();
    });
    let refused = refusal(complete(&world.browser(), form.clone()).await);
    let expected = RegistrationRefusal::UsernameBesideTickedBox { typed: "boss".to_owned(), generated: "ann.smith".to_owned() };
    assert_eq!(refused, AcceptRefusal::Registration(expected));
    complete(
        &world.browser(),
        form.with(|fields| {
            fields.automatic_username = String::new();
        }),
    )
    .await
    .unwrap();
    assert_eq!(world.count("users WHERE username = 'boss'").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_two_organizations_that_invite_one_new_address_each_sees_its_own_draft(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Globex").await);
    invite(&ada, "Ann Smith <ann@example.org>").await;
    let acme = world.link_in_mail_to("ann@example.org").await;
    let results = outcomes(invite_as(&bob, "globex", "Anna Schmidt <ANN@example.org>", "administrator").await.unwrap());
    assert!(matches!(results.as_slice(), [InviteOutcome::Invited { .. }]), "{results:?}");
    let globex = world.link_in_mail_to("ann@example.org").await;

    let LinkPage::Register { offer, last_name, email, .. } = look_at(&world.browser(), &acme).await else { panic!("no registration") };
    assert_eq!(
        (offer.organization_name.as_str(), offer.role, last_name.as_str(), email.as_str()),
        ("Acme", Role::User, "Smith", "ann@example.org")
    );
    let LinkPage::Register { offer, last_name, email, .. } = look_at(&world.browser(), &globex).await else { panic!("no registration") };
    assert_eq!(
        (offer.organization_name.as_str(), offer.role, last_name.as_str(), email.as_str()),
        ("Globex", Role::Administrator, "Schmidt", "ANN@example.org")
    );

    let ann = world.browser();
    complete(&ann, complete_form(&acme)).await.unwrap();
    assert!(matches!(look_at(&world.browser(), &globex).await, LinkPage::AccountExists { offer } if offer.organization_name == "Globex"));
    assert_eq!(refusal(complete(&world.browser(), complete_form(&globex)).await), AcceptRefusal::AccountExists);
    assert!(matches!(look_at(&ann, &globex).await, LinkPage::Acceptable { offer } if offer.role == Role::Administrator));
    assert_eq!(accept(&ann, &globex).await.unwrap(), GoTo::page("/account/two-factor?next=%2Forganizations%2Fglobex"));
    assert_eq!(world.count("users").await, 3);
    assert_eq!(world.count("memberships WHERE activated_at IS NOT NULL").await, 4);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn somebody_with_an_account_accepts_by_the_link_or_in_the_app(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Globex").await);
    let ann = world.account_with("ann@example.org").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    assert_eq!(accept(&world.browser(), &token).await, Err(Failure::SignedOut));
    assert_eq!(accept(&ann, &token).await.unwrap(), GoTo::page("/organizations/acme"));

    invite_as(&bob, "globex", "ann@example.org", "user").await.unwrap();
    let member = waiting(&ann).await.unwrap()[0].member;
    assert_eq!(accept_in_app(&ann, member).await.unwrap(), GoTo::page("/organizations/globex"));
    assert_eq!(waiting(&ann).await, Ok(Vec::new()));
    assert_eq!(world.count("memberships WHERE activated_at IS NOT NULL").await, 4);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn only_a_proved_address_finds_what_waits_for_it_but_the_mailed_link_proves_it(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let ann = world.account_with("ann@example.org").await;
    sqlx::query("UPDATE users SET email_proved_at = NULL WHERE id = $1").bind(ann.user.as_uuid()).execute(world.owner()).await.unwrap();
    let token = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    assert_eq!(waiting(&ann).await, Ok(Vec::new()));
    assert_eq!(accept_in_app(&ann, member).await, Err(Failure::NotFound));
    accept(&ann, &token).await.unwrap();
    assert_eq!(world.count("users WHERE email_proved_at IS NULL").await, 0);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn somebody_else_who_is_signed_in_sees_nothing_of_the_organization_and_cannot_join(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let bob = world.stranger().await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();

    assert_eq!(look_at(&bob, &token).await, LinkPage::OtherAccount { signed_in_as: bob.email.clone() });
    assert_eq!(look_at(&ada, &token).await, LinkPage::OtherAccount { signed_in_as: ada.email.clone() });
    assert_eq!(refusal(accept(&bob, &token).await), AcceptRefusal::OtherAccount);
    assert_eq!(refusal(decline(&bob, &token).await), AcceptRefusal::OtherAccount);
    assert_eq!(refusal(complete(&bob, complete_form(&token)).await), AcceptRefusal::OtherAccount);
    assert_eq!(accept_in_app(&bob, member).await, Err(Failure::NotFound));
    assert_eq!(bob.does(move |request| use_cases::decline_waiting(request, waiting_row(member))).await, Err(Failure::NotFound));
    assert_eq!(waiting(&bob).await, Ok(Vec::new()));

    // Also of a link that leads nowhere any more.
    cancel(&ada, member).await.unwrap();
    assert_eq!(look_at(&bob, &token).await, LinkPage::OtherAccount { signed_in_as: bob.email.clone() });
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn switching_the_account_signs_out_and_keeps_the_link(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let bob = world.stranger().await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let form = TokenForm { token: token.clone() };
    let gone_to = bob.does(move |request| use_cases::switch_account(request, form)).await.unwrap();
    assert_eq!(gone_to, GoTo::page_afresh(format!("/complete?token={token}")));
    assert_eq!(bob.session_token(), None);
    assert!(matches!(look_at(&bob, &token).await, LinkPage::Register { .. }));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_sensitive_offer_lapses_when_its_inviter_is_demoted_deactivated_or_gone(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    invite_as(&ada, "acme", "ann@example.org carl@example.org dora@example.org", "administrator").await.unwrap();
    invite(&ada, "plain@example.org").await;
    let ann = world.account_with("ann@example.org").await;
    world.change_role(&ada, "Acme", Role::User).await;
    assert_eq!(refusal(accept(&ann, &world.link_in_mail_to("ann@example.org").await).await), AcceptRefusal::OfferLapsed);
    let carl = world.link_in_mail_to("carl@example.org").await;
    assert_eq!(refusal(complete(&world.browser(), complete_form(&carl)).await), AcceptRefusal::OfferLapsed);
    world.change_role(&ada, "Acme", Role::Administrator).await;
    world.deactivate(&ada, "Acme").await;
    assert_eq!(refusal(complete(&world.browser(), complete_form(&carl)).await), AcceptRefusal::OfferLapsed);
    assert_eq!((world.count("users").await, world.count("memberships WHERE activated_at IS NOT NULL").await), (3, 2));

    // Another administrator stands for it by sending it again.
    let member = world.pending("Acme", "carl@example.org").await.unwrap();
    send_again(&bob, member).await.unwrap();
    complete(&world.browser(), complete_form(&world.link_in_mail_to("carl@example.org").await)).await.unwrap();
    // And a plain role stays good.
    let plain = complete_form(&world.link_in_mail_to("plain@example.org").await).with(|fields| {
        fields.first_name = "Paula".to_owned();
    });
    complete(&world.browser(), plain).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_sensitive_level_of_access_lapses_with_its_inviter_too(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, _) = (world.administrator_of("Acme").await, world.administrator_of("Acme").await);
    let register = world.application("Acme", "Register", &[("See pupil-level data", true)]).await;
    let form = InviteForm {
        emails: "ann@example.org".to_owned(),
        role: "user".to_owned(),
        access: [(register.to_string(), "1".to_owned())].into(),
    };
    ada.does(move |request| invitations::use_cases::invite(request, "acme".to_owned(), form, ProofFields::default())).await.unwrap();
    world.deactivate(&ada, "Acme").await;
    let token = world.link_in_mail_to("ann@example.org").await;
    assert_eq!(refusal(complete(&world.browser(), complete_form(&token)).await), AcceptRefusal::OfferLapsed);
}
