//! What the form is told while it is filled in, against a real database.

use sqlx::PgPool;

use super::model::{PasswordJudgement, UsernameSuggestion};
use super::use_cases;
use crate::failure::{Failure, NoRefusal};
use crate::testing::{Browser, PASSWORD, World};
use crate::values::token::{Token, TokenPurpose};

async fn judge(browser: &Browser, password: &str, token: &str, typed: [&str; 3]) -> Result<PasswordJudgement, Failure<NoRefusal>> {
    let (password, token, typed) = (password.to_owned(), token.to_owned(), typed.map(str::to_owned));
    browser.does(move |request| use_cases::judge_password(request, password, token, typed)).await
}

async fn suggest(browser: &Browser, token: &str, first_name: &str, last_name: &str) -> Result<UsernameSuggestion, Failure<NoRefusal>> {
    let (token, first_name, last_name) = (token.to_owned(), first_name.to_owned(), last_name.to_owned());
    browser.does(move |request| use_cases::suggest_username(request, token, first_name, last_name)).await
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_meter_knows_the_words_that_the_form_will_refuse(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Quorvex Lathmuni").await;
    let (_, token) = world.invitation(&ada, "Quorvex Lathmuni", "plimvork.dasterlun@example.org").await;
    let browser = world.browser();
    let typed = ["Tolvembrick", "Jasparundel", "grendolvask.weem"];

    for password in ["Quorvex Lathmuni 12", "plimvork.dasterlun1", "Tolvembrick Jasparundel", "12 grendolvask.weem"] {
        let judgement = judge(&browser, password, &token, typed).await.unwrap();
        assert!(!judgement.is_accepted, "{password}: {judgement:?}");
        let judgement = judge(&browser, password, "", ["", "", ""]).await.unwrap();
        assert!(judgement.is_accepted, "nothing is known: {password}: {judgement:?}");
    }
    assert!(judge(&browser, PASSWORD, &token, typed).await.unwrap().is_accepted);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_link_that_is_no_longer_live_tells_the_meter_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Quorvex Lathmuni").await;
    let (_, token) = world.invitation(&ada, "Quorvex Lathmuni", "ann@example.org").await;
    world.links_end_in(-1.0).await;
    let never_issued = Token::from_bytes(TokenPurpose::Link, &[9; 32]).expose().to_owned();
    for token in [token, never_issued, "nonsense".to_owned()] {
        assert!(judge(&world.browser(), "Quorvex Lathmuni 12", &token, ["", "", ""]).await.unwrap().is_accepted);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn one_network_is_judged_so_often_and_its_neighbors_count_with_it(pool: PgPool) {
    let world = World::new(pool).await;
    sqlx::query("INSERT INTO throttles (scope, key, failures, window_started_at) VALUES ('judgement.network', '\\xcb0071', 599, now())")
        .execute(world.owner())
        .await
        .unwrap();
    let from = |address: &str| world.browser().in_network(address);
    judge(&from("203.0.113.9"), PASSWORD, "", ["", "", ""]).await.unwrap();
    let refused = judge(&from("203.0.113.200"), PASSWORD, "", ["", "", ""]).await;
    assert!(matches!(refused, Err(Failure::TooManyAttempts { .. })), "{refused:?}");
    judge(&from("203.0.114.9"), PASSWORD, "", ["", "", ""]).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn where_no_name_can_be_written_the_links_address_makes_the_suggestion(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let (_, token) = world.invitation(&ada, "Acme", "Ann.Smith+news@example.org").await;
    assert_eq!(suggest(&world.browser(), &token, "🦀", "-").await.unwrap().username, "ann.smith");
    assert_eq!(suggest(&world.browser(), &token, "Zoë", "O'Neill").await.unwrap().username, "zoe.oneill");
    assert_eq!(suggest(&world.browser(), "nonsense", "Ann", "Smith").await, Err(Failure::NotFound));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_drafted_username_is_free_for_its_own_person_alone(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let (own, token) = world.invitation(&ada, "Acme", "ann@example.org").await;
    let (_, other_token) = world.invitation(&ada, "Acme", "anna@example.org").await;
    let draft = "INSERT INTO usernames (username, organization_id, membership_id, reserved_at)
        SELECT 'ann.smith', organization_id, id, now() FROM memberships WHERE id = $1";
    sqlx::query(draft).bind(own.as_uuid()).execute(world.owner()).await.unwrap();

    assert!(suggest(&world.browser(), &token, "Ann", "Smith").await.unwrap().is_free);
    assert!(!suggest(&world.browser(), &other_token, "Ann", "Smith").await.unwrap().is_free);
}
