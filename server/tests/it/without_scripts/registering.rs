//! Completing a registration.

use sqlx::PgPool;

use crate::support::{World, html, registration_form};

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_link_that_runs_out_under_the_form_shows_what_was_typed_and_can_be_renewed_there(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    world.alter("UPDATE links SET expires_at = now() - interval '1 second'; UPDATE memberships SET link_expires_at = now() - interval '1 second' WHERE user_id IS NULL").await;
    let address = format!("/complete?token={token}");
    let form = registration_form(&token, "Bartholomew");
    let page = world.browser().submit(&address, "complete_registration", &form).await.expect(422).text();
    let text = html::visible(&page);
    assert!(text.contains("The link ran out while you were typing"), "{text}");
    assert!(text.contains("Bartholomew") && text.contains("Example"), "{text}");

    let answer = world.browser().submit(&address, "renew_link", &[("form[token]", &token)]).await.expect(200);
    assert!(html::visible(&answer.text()).contains("A new link is on its way"));
    let fresh = world.token_for("bob@example.org").await;
    world.complete(&fresh, "bob@example.org", "Bartholomew").await;
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_username_typed_beside_the_ticked_box_is_refused_at_its_field_and_not_thrown_away(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    let address = format!("/complete?token={token}");
    let mut form = registration_form(&token, "Bob");
    form.push(("registration[username]", "own.name"));
    let mut browser = world.browser();
    let page = browser.submit(&address, "complete_registration", &form).await.expect(422).text();
    assert!(html::visible(&page).contains("To use own.name, untick the box"), "{page}");
    assert_invalid(&page, "registration[username]");
    assert_eq!(html::input(&page, "registration[username]").as_deref(), Some("own.name"));

    form.retain(|(name, _)| *name != "registration[automatic_username]");
    let answer = browser.submit(&address, "complete_registration", &form).await.expect(303);
    assert_eq!(answer.header("location"), Some("/organizations/acme"));
    assert!(html::visible(&browser.get("/account").await.expect(200).text()).contains("own.name"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_taken_username_is_refused_with_free_ones_instead(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.member(&mut ada, "Bob").await;
    world.invite(&mut ada, "other.bob@example.org").await;
    let token = world.token_for("other.bob@example.org").await;
    let address = format!("/complete?token={token}");
    let mut form = registration_form(&token, "Bob");
    let mut browser = world.browser();
    let page = browser.submit(&address, "complete_registration", &form).await.expect(422).text();
    let text = html::visible(&page);
    assert!(
        text.contains("The username bob.example is taken. Untick the box and choose another") && text.contains("bob.example2"),
        "{text}"
    );
    assert_invalid(&page, "registration[username]");

    form.retain(|(name, _)| *name != "registration[automatic_username]");
    form.push(("registration[username]", "bob.example2"));
    browser.submit(&address, "complete_registration", &form).await.expect(303);
    assert!(html::visible(&browser.get("/account").await.expect(200).text()).contains("bob.example2"));
}

/// Fails the test unless the input is marked as wrong.
#[track_caller]
fn assert_invalid(page: &str, name: &str) {
    let inputs = html::elements(page, "input");
    let input = inputs.iter().find(|input| input.get("name").is_some_and(|known| known == name)).unwrap();
    assert_eq!(input.get("aria-invalid").map(String::as_str), Some("true"), "{name}");
}
