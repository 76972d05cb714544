//! A link serves its own purpose, for its own time, and nothing else.

use app::values::token::{Token, TokenPurpose};
use sqlx::PgPool;

use crate::support::{World, html, registration_form, set_up_form};

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_token_serves_no_other_purpose(pool: PgPool) {
    let world = World::new(pool).await;
    let set_up = world.set_up_token().await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let invitation = world.token_for("bob@example.org").await;
    let session = ada.browser.cookies["nexus"].clone();
    let truncated = invitation[..invitation.len() - 1].to_owned();
    let mut stranger = world.browser();
    for token in [&set_up, &session, &truncated] {
        let page = stranger.get(&format!("/complete?token={token}")).await.expect(404);
        assert!(html::visible(&page.text()).contains("This link is not valid"), "{}", page.excerpt());
        for function in ["complete_registration", "renew_link"] {
            let answer = stranger.call(function, &registration_form(token, "Bob")).await.expect(422);
            assert_eq!(answer.json(), serde_json::json!({ "Refused": ["Unknown"] }), "{function}");
        }
        let names = [("token", token.as_str()), ("first_name", "Ada"), ("last_name", "Lovelace")];
        stranger.call("suggest_username", &names).await.expect(404);
        for function in ["accept_invitation", "decline_invitation"] {
            let answer = ada.call(function, &[("form[token]", token)]).await.expect(422);
            assert_eq!(answer.json(), serde_json::json!({ "Refused": ["Unknown"] }), "{function}");
        }
    }
    // Not even whether the set-up is done is told to whoever has no set-up link.
    for token in [&invitation, &session, &truncated] {
        sets_nothing_up(&world, token).await;
    }
    for token in [&invitation, &set_up] {
        let mut forged = world.browser();
        forged.cookies.insert("nexus".to_owned(), token.replace("nxl_", "nxs_"));
        forged.call("read_home", &[]).await.expect(401);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn while_nobody_is_here_only_a_set_up_link_sets_up(pool: PgPool) {
    let world = World::new(pool).await;
    let set_up = world.set_up_token().await;
    // A live invitation although there is nobody yet: nothing but its purpose keeps it from setting up.
    let invitation = Token::from_bytes(TokenPurpose::Link, &[61; Token::BYTES]);
    sqlx::query(
        "WITH organization AS (
             INSERT INTO organizations (id, slug, name, created_at) VALUES (gen_random_uuid(), 'globex', 'Globex', now()) RETURNING id
         ), membership AS (
             INSERT INTO memberships (organization_id, id, role, permissions, email, email_key, created_at, invited_at, link_expires_at, sort_name, search)
             SELECT id, gen_random_uuid(), 'administrator', 63, 'eve@example.org', 'eve@example.org', now(), now(), now() + interval '1 day', 'eve', 'eve'
             FROM organization RETURNING organization_id, id
         )
         INSERT INTO links (id, digest, purpose, channel, organization_id, membership_id, email_key, issued_at, expires_at)
         SELECT gen_random_uuid(), $1, 'invitation', 'mailed', organization_id, id, 'eve@example.org', now(), now() + interval '1 day' FROM membership",
    )
    .bind(app::platform::sealing::digest(&invitation).as_bytes().as_slice())
    .execute(&world.owner)
    .await
    .unwrap();
    let session = set_up.replace("nxl_", "nxs_");
    let truncated = set_up[..set_up.len() - 1].to_owned();
    for token in [invitation.expose(), &session, &truncated, ""] {
        sets_nothing_up(&world, token).await;
    }
    assert_eq!(world.count("SELECT count(*) FROM users").await, 0);
    // The invitation itself is live, and the right link is as good as before.
    world.browser().get(&format!("/complete?token={}", invitation.expose())).await.expect(200);
    world.browser().call("set_up_installation", &set_up_form(&set_up)).await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_expired_link_says_so_in_the_form_and_on_the_page(pool: PgPool) {
    let world = World::new(pool).await;
    let token = world.set_up_token().await;
    world.alter("UPDATE links SET expires_at = now() - interval '1 second'").await;
    let answer = world.browser().call("set_up_installation", &set_up_form(&token)).await.expect(422);
    assert_eq!(answer.json(), serde_json::json!({ "Refused": ["Expired"] }));
    let page = format!("/set-up?token={token}");
    let answer = world.browser().submit(&page, "set_up_installation", &set_up_form(&token)).await.expect(422);
    assert!(html::visible(&answer.text()).contains("Start Nexus again: it prints a new link."), "{}", answer.excerpt());
    assert_eq!(world.count("SELECT count(*) FROM users").await, 0);
    assert!(
        html::visible(&world.browser().get(&format!("/set-up?token={token}")).await.expect(200).text()).contains("This link has expired")
    );

    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    world.alter("UPDATE links SET expires_at = now() - interval '1 second'; UPDATE memberships SET link_expires_at = now() - interval '1 second' WHERE user_id IS NULL").await;
    let page = format!("/complete?token={token}");
    let answer = world.browser().call("complete_registration", &registration_form(&token, "Bob")).await.expect(422);
    assert_eq!(answer.json(), serde_json::json!({ "Refused": ["Expired"] }));
    let answer = world.browser().submit(&page, "complete_registration", &registration_form(&token, "Bob")).await.expect(422);
    let text = html::visible(&answer.text());
    assert!(text.contains("This link has expired") && text.contains("Send me a new link"), "{text}");
    assert_eq!(html::input(&answer.text(), "form[token]").as_deref(), Some(token.as_str()));
    assert_eq!(world.count("SELECT count(*) FROM users").await, 1);
    let answer = world.browser().submit(&page, "renew_link", &[("form[token]", &token)]).await.expect(200);
    assert!(html::visible(&answer.text()).contains("A new link is on its way"));
    let fresh = world.token_for("bob@example.org").await;
    assert_ne!(fresh, token);
    world.complete(&fresh, "bob@example.org", "Bob").await;
}

/// A token that is no set-up link's is answered like one that never was.
async fn sets_nothing_up(world: &World, token: &str) {
    let answer = world.browser().call("set_up_installation", &set_up_form(token)).await.expect(422);
    assert_eq!(answer.json(), serde_json::json!({ "Refused": ["Unknown"] }));
    assert_eq!(world.browser().call("read_set_up_link", &[("token", token)]).await.expect(200).text(), "\"Unknown\"");
    let page = format!("/set-up?token={token}");
    for answer in
        [world.browser().get(&page).await.expect(404), world.browser().submit(&page, "set_up_installation", &set_up_form(token)).await]
    {
        assert!(matches!(answer.status, 404 | 422), "{}", answer.excerpt());
        assert!(html::visible(&answer.text()).contains("This link is not valid"), "{}", answer.excerpt());
    }
}
