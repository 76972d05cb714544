//! The set-up against a real database.

use sqlx::PgPool;

use super::model::{SetUpForm, SetUpLink};
use super::refusal::SetUpRefusal;
use super::use_cases;
use crate::failure::{Failure, Refusal};
use crate::features::auth::registration::model::RegistrationFields;
use crate::features::auth::registration::refusal::RegistrationRefusal;
use crate::testing::{Browser, PASSWORD, ROUNDS, World, race, refusal, refusals};
use crate::values::go_to::GoTo;
use crate::values::token::{Token, TokenPurpose};

fn form(token: &str) -> SetUpForm {
    SetUpForm {
        token: token.to_owned(),
        email: "ada@example.org".to_owned(),
        organization_name: "Acme".to_owned(),
        label: "Company".to_owned(),
    }
}

async fn set_up(browser: &Browser, form: SetUpForm) -> Result<GoTo, Failure<SetUpRefusal>> {
    set_up_with(browser, form, PASSWORD).await
}

async fn set_up_with(browser: &Browser, form: SetUpForm, password: &str) -> Result<GoTo, Failure<SetUpRefusal>> {
    let registration = RegistrationFields {
        first_name: "Ada".to_owned(),
        last_name: "Lovelace".to_owned(),
        automatic_username: "on".to_owned(),
        password: password.to_owned(),
        ..RegistrationFields::default()
    };
    browser.does(move |request| use_cases::set_up(request, form, registration)).await
}

async fn set_up_without_registration(browser: &Browser, form: SetUpForm) -> Result<GoTo, Failure<SetUpRefusal>> {
    browser.does(move |request| use_cases::set_up(request, form, RegistrationFields::default())).await
}

async fn look_at(world: &World, token: &str) -> SetUpLink {
    let token = token.to_owned();
    world.browser().does(move |request| use_cases::read_link(request, token)).await.unwrap()
}

/// The token of a printed link.
async fn printed(world: &World) -> String {
    let link = use_cases::issue_link(&world.state).await.unwrap().unwrap();
    link.strip_prefix("https://people.example.org/set-up?token=").unwrap().to_owned()
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_first_person_becomes_administrator_of_the_first_organization_and_is_led_to_the_second_factor(pool: PgPool) {
    let world = World::new(pool).await;
    let token = printed(&world).await;
    for _ in 0..5 {
        assert_eq!(look_at(&world, &token).await, SetUpLink::Open { password_minimum: 15, terms_url: None });
    }
    let browser = world.browser();
    assert_eq!(
        set_up(&browser, form(&token)).await.unwrap(),
        GoTo::page_afresh("/account/two-factor?next=%2Forganizations%2Facme%2Fmembers")
    );
    assert!(browser.session_token().is_some());
    assert_eq!(world.count("memberships WHERE role = 'administrator' AND permissions = 63 AND activated_at IS NOT NULL").await, 1);
    assert_eq!(world.count("organizations WHERE slug = 'acme' AND label = 'Company' AND member_count = 1").await, 1);
    assert_eq!(world.count("users WHERE email_proved_at IS NULL").await, 1, "the link was printed, not mailed");
    assert_eq!(world.audit_actions().await, ["registration.completed", "organization.created", "session.signed_in"]);
    let signing_in = "audit_events WHERE action = 'session.signed_in' AND difference->>'with' = 'registration' AND actor_id = subject_id AND organization_id IS NULL";
    assert_eq!(world.count(signing_in).await, 1);
    assert!(!world.everything_stored().await["links"].contains(token.trim_start_matches("nxl_")));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_first_use_ends_every_printed_link(pool: PgPool) {
    let world = World::new(pool).await;
    let (first, second) = (printed(&world).await, printed(&world).await);
    set_up(&world.browser(), form(&first)).await.unwrap();
    for token in [&first, &second] {
        assert_eq!(look_at(&world, token).await, SetUpLink::Done);
        assert_eq!(
            refusal(set_up(&world.browser(), SetUpForm { email: "eve@example.org".to_owned(), ..form(token) }).await),
            SetUpRefusal::Done
        );
    }
    assert_eq!(use_cases::issue_link(&world.state).await.unwrap(), None);
    assert_eq!((world.count("users").await, world.count("organizations").await), (1, 1));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_printed_link_is_valid_for_72_hours(pool: PgPool) {
    let world = World::new(pool).await;
    let token = printed(&world).await;
    world.time_passes(72 * 3_600 - 30).await;
    assert!(matches!(look_at(&world, &token).await, SetUpLink::Open { .. }));
    world.time_passes(30).await;
    assert_eq!(look_at(&world, &token).await, SetUpLink::Expired);
    assert_eq!(refusal(set_up(&world.browser(), form(&token)).await), SetUpRefusal::Expired);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn unknown_truncated_and_foreign_tokens_share_one_answer(pool: PgPool) {
    let world = World::new(pool).await;
    let token = printed(&world).await;
    let never_issued = Token::from_bytes(TokenPurpose::Link, &[9; 32]).expose().to_owned();
    for forged in [String::new(), token[..20].to_owned(), token.replacen("nxl_", "nxs_", 1), never_issued] {
        assert_eq!(look_at(&world, &forged).await, SetUpLink::Unknown);
        assert_eq!(refusal(set_up(&world.browser(), form(&forged)).await), SetUpRefusal::Unknown);
    }
    // A link to something else sets nothing up.
    let ada = world.stranger().await;
    world.join(&ada, "Acme", crate::features::permissions::Role::Administrator).await;
    let (_, invitation) = world.invitation(&ada, "Acme", "ann@example.org").await;
    assert_eq!(look_at(&world, &invitation).await, SetUpLink::Unknown);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_password_made_of_what_is_typed_beside_it_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let token = printed(&world).await;
    for password in ["Northwind Academy", "ada@example.org1", "AdaLovelaceAdaLovelace", "passwordpassword"] {
        let form = SetUpForm { organization_name: "Northwind Academy".to_owned(), ..form(&token) };
        let refused = refusal(set_up_with(&world.browser(), form, password).await);
        assert!(matches!(refused, SetUpRefusal::Registration(RegistrationRefusal::WeakPassword(_))), "{password}: {refused:?}");
    }
    assert_eq!(world.count("users").await, 0);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn everything_wrong_is_told_at_once_and_uses_nothing_up(pool: PgPool) {
    let world = World::new(pool).await;
    let token = printed(&world).await;
    let typed = SetUpForm { token: token.clone(), email: "ada@example.org".to_owned(), ..SetUpForm::default() };
    let fields: Vec<_> = refusals(set_up_without_registration(&world.browser(), typed).await).iter().map(Refusal::field).collect();
    for field in ["first_name", "last_name", "username", "password", "organization_name", "label"] {
        assert!(fields.contains(&Some(field)), "{field} in {fields:?}");
    }
    let fields: Vec<_> =
        refusals(set_up_without_registration(&world.browser(), SetUpForm { token: token.clone(), ..SetUpForm::default() }).await)
            .iter()
            .map(Refusal::field)
            .collect();
    for field in ["email", "first_name", "password", "organization_name"] {
        assert!(fields.contains(&Some(field)), "{field} in {fields:?}");
    }
    set_up(&world.browser(), form(&token)).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn of_two_forms_sent_at_once_one_makes_the_organization(pool: PgPool) {
    let world = World::new(pool).await;
    for round in 0..ROUNDS {
        empty(&world).await;
        let (first, second) =
            (form(&printed(&world).await), SetUpForm { email: "eve@example.org".to_owned(), ..form(&printed(&world).await) });
        let (one, other) = (world.browser(), world.browser());
        let (one, other) = race(round, async move { set_up(&one, first).await }, async move { set_up(&other, second).await }).await;
        let refused = match (one.is_ok(), other.is_ok()) {
            (true, false) => refusal(other),
            (false, true) => refusal(one),
            both => panic!("round {round}: {both:?}"),
        };
        assert_eq!(refused, SetUpRefusal::Done);
        assert_eq!((world.count("users").await, world.count("organizations").await), (1, 1));
    }
}

/// Makes the installation new again, the activity log included: its trigger is set aside.
async fn empty(world: &World) {
    sqlx::raw_sql(
        "ALTER TABLE audit_events DISABLE TRIGGER ALL; TRUNCATE users, organizations CASCADE; ALTER TABLE audit_events ENABLE TRIGGER ALL",
    )
    .execute(world.owner())
    .await
    .unwrap();
}
