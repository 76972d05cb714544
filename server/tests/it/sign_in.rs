//! Coming and going: cookies, tokens that change, sessions that end (S-07 to S-11, S-35, S-36).

use sqlx::PgPool;

use crate::support::people::PASSWORD;
use crate::support::{Browser, Draft, MEMBERS, Options, Server, World, html};

const SESSION: &str = "__Host-nexus";

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn cookies_are_locked_to_this_host_where_the_address_is_https(pool: PgPool) {
    let world = World::with(pool, Options { is_https: true, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    ada.browser = world.browser();
    let answer = ada.enter_password().await.expect(200);
    let cookies: Vec<&str> = answer.all("set-cookie").collect();
    let session = cookies.iter().find(|cookie| cookie.starts_with("__Host-nexus=")).unwrap();
    for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(session.contains(part), "{part}: {session}");
    }
    assert!(!session.contains("Domain") && !session.contains("Max-Age") && !session.contains("Expires"), "{session}");
    let token = &ada.browser.cookies[SESSION];
    assert_eq!(token.len(), 47);

    let code = ada.code(&world).await;
    let answer = ada.call("verify_code", &[("form[code]", &code)]).await.expect(200);
    for cookie in answer.all("set-cookie") {
        assert!(
            cookie.starts_with("__Host-")
                && cookie.contains("HttpOnly")
                && cookie.contains("Secure")
                && cookie.contains("SameSite=Lax")
                && cookie.contains("Path=/"),
            "{cookie}"
        );
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn cookies_are_not_secure_only_where_the_address_is_plain(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator().await;
    assert!(ada.browser.cookies.contains_key("nexus") && !ada.browser.cookies.contains_key(SESSION));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn what_the_database_keeps_is_no_cookie(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator().await;
    let digests: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT digest FROM sessions UNION ALL SELECT digest FROM known_browsers UNION ALL SELECT digest FROM links")
            .fetch_all(&world.owner)
            .await
            .unwrap();
    assert!(digests.len() >= 3);
    let token = &ada.browser.cookies["nexus"];
    for digest in digests {
        assert!(!String::from_utf8_lossy(&digest).contains(&token[4..20]));
        for text in [
            data_encoding::BASE64URL_NOPAD.encode(&digest),
            data_encoding::HEXLOWER.encode(&digest),
            format!("nxs_{}", data_encoding::BASE64URL_NOPAD.encode(&digest)),
        ] {
            let mut thief = world.browser();
            thief.cookies.insert("nexus".to_owned(), text);
            thief.call("read_home", &[]).await.expect(401);
        }
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn every_step_has_a_new_token_and_the_former_one_is_dead(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut former = vec![ada.browser.cookies["nexus"].clone()];
    ada.call("sign_out", &[]).await.expect(200);

    // A token that somebody planted before.
    ada.browser.cookies.insert("nexus".to_owned(), "nxs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned());
    former.push(ada.browser.cookies["nexus"].clone());
    ada.enter_password().await.expect(200);
    former.push(ada.browser.cookies["nexus"].clone());
    let code = ada.code(&world).await;
    ada.call("verify_code", &[("form[code]", &code)]).await.expect(200);
    former.push(ada.browser.cookies["nexus"].clone());
    let code = ada.code(&world).await;
    ada.call("renew_recovery_codes", &[("proof[password]", PASSWORD), ("proof[code]", &code)]).await.expect(200);
    let present = ada.browser.cookies["nexus"].clone();

    for token in former {
        assert_ne!(token, present);
        let mut other = world.browser();
        other.cookies.insert("nexus".to_owned(), token);
        other.call("read_home", &[]).await.expect(401);
        other.call("verify_code", &[("form[code]", "123456")]).await.expect(401);
        assert_eq!(other.call("read_viewer", &[]).await.json()["person"], serde_json::Value::Null);
    }
    ada.call("read_home", &[]).await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn signing_out_ends_the_session_and_clears_the_browser(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let copy = ada.clone();
    let answer = ada.browser.submit("/", "sign_out", &[]).await.expect(303);
    assert_eq!(answer.header("location"), Some("/sign-in"));
    assert_eq!(answer.header("clear-site-data"), Some("\"cache\", \"storage\""));
    assert!(answer.all("set-cookie").any(|cookie| cookie.starts_with("nexus=;") && cookie.contains("Max-Age=0")));
    assert!(!ada.browser.cookies.contains_key("nexus"));
    let mut copy = copy;
    copy.call("read_home", &[]).await.expect(401);
    let answer = copy.get(MEMBERS).await.expect(303);
    assert_eq!(answer.header("location"), Some("/sign-in?next=%2Forganizations%2Facme%2Fmembers"));
    // Once more does no harm.
    copy.call("sign_out", &[]).await.expect(200);
    assert_eq!(world.count("SELECT count(*) FROM sessions").await, 0);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_session_ends_when_it_is_idle_and_when_it_is_old_on_every_server(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let second = Server::start(&pool, Options { has_worker: false, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    for (statement, expected) in [
        ("UPDATE sessions SET last_used_at = now() - interval '59 minutes 50 seconds'", 200),
        ("UPDATE sessions SET last_used_at = now() - interval '60 minutes 1 second'", 401),
        ("UPDATE sessions SET last_used_at = now(), created_at = now() - interval '23 hours 59 minutes 50 seconds'", 200),
        ("UPDATE sessions SET last_used_at = now(), created_at = now() - interval '24 hours 1 second'", 401),
    ] {
        world.alter(statement).await;
        let mut elsewhere = ada.browser.clone();
        assert_eq!(call_at(&mut elsewhere, &second).await, expected, "{statement}");
        world.alter(statement).await;
        ada.call("read_home", &[]).await.expect(expected);
        let viewer = ada.call("read_viewer", &[("path", "/")]).await.json();
        assert_eq!(viewer["person"].is_null(), expected == 401, "{statement}");
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_deactivated_members_open_session_is_refused_at_its_next_request_on_every_server(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let second = Server::start(&pool, Options { has_worker: false, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    let mut bob_elsewhere = bob.browser.at(second.address);
    let overview = Draft::new("GET", "/organizations/acme").header("Accept", "text/html");
    let host = second.address.to_string();
    bob.get("/organizations/acme").await.expect(200);
    bob_elsewhere.send(overview.clone().header("Host", &host)).await.expect(200);

    let member = world.membership("bob@example.org").await;
    ada.call("deactivate_member", &[("organization", "acme"), ("form[member]", &member)]).await.expect(200);
    for _ in 0..20 {
        bob_elsewhere.send(overview.clone().header("Host", &host)).await.expect(404);
        bob.get("/organizations/acme").await.expect(404);
        bob.call("message_administrators", &[("organization", "acme"), ("form[message]", "x")]).await.expect(404);
    }
    let home = html::visible(&bob.get("/").await.expect(200).text());
    assert!(home.contains("ended"), "{home}");
    let viewer = bob.call("read_viewer", &[("path", "/organizations/acme")]).await.json();
    assert_eq!(viewer["person"]["organizations"], serde_json::json!([]));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_code_is_accepted_once_also_by_eight_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut browsers = Vec::new();
    for _ in 0..8 {
        let mut other = ada.clone();
        other.browser = world.browser();
        other.enter_password().await.expect(200);
        browsers.push(other);
    }
    let code = ada.code(&world).await;
    let mut verifying = tokio::task::JoinSet::new();
    for mut person in browsers {
        let code = code.clone();
        verifying.spawn(async move { person.call("verify_code", &[("form[code]", &code)]).await.status });
    }
    let statuses = verifying.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn five_wrong_codes_lead_back_to_the_password(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    ada.browser = world.browser();
    ada.enter_password().await.expect(200);
    for _ in 0..5 {
        ada.call("verify_code", &[("form[code]", "000000")]).await.expect(422);
    }
    let code = ada.code(&world).await;
    ada.call("verify_code", &[("form[code]", &code)]).await.expect(422);
    let answer = ada.get("/two-factor").await.expect(303);
    assert!(answer.header("location").unwrap().starts_with("/sign-in"));
    assert!(html::visible(&ada.get("/sign-in").await.expect(200).text()).contains("Five wrong codes: sign in again"));
    ada.sign_in(&world).await;
    ada.get(MEMBERS).await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn strangers_cannot_lock_the_owner_out(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut stranger = world.browser();
    let mut last = String::new();
    for attempt in 0..12 {
        let draft = Draft::call("sign_in", &[("form[identifier]", "ada@example.org"), ("form[password]", "wrong")])
            .header("X-Forwarded-For", &format!("10.0.0.{attempt}"));
        let answer = stranger.send(draft).await.expect(422);
        assert!(last.is_empty() || last == answer.text(), "locked and wrong read alike");
        last = answer.text();
    }
    // The right password by the stranger is locked; the owner's own browser is not.
    let answer = stranger.call("sign_in", &[("form[identifier]", "ada@example.org"), ("form[password]", PASSWORD)]).await.expect(422);
    assert_eq!(answer.text(), last);
    ada.call("sign_out", &[]).await.expect(200);
    ada.sign_in(&world).await;
    world.until("the owner is told", "SELECT EXISTS (SELECT FROM development_mailbox WHERE recipient = 'ada@example.org' AND subject = 'Wrong passwords for your Nexus account')").await;
    assert_eq!(world.count("SELECT count(*) FROM mails WHERE kind = 'sign_in.locked'").await, 1);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn known_and_unknown_names_are_answered_alike(pool: PgPool) {
    let world = World::new(pool).await;
    world.administrator().await;
    let known = answer_to(&world, "ada@example.org").await;
    assert_eq!(known, answer_to(&world, "ads@example.org").await);
}

/// What somebody gets who signs in with a wrong password, without what differs every time.
async fn answer_to(world: &World, identifier: &str) -> (Vec<(String, String)>, String) {
    let mut browser = world.browser();
    let answer = browser.submit("/sign-in", "sign_in", &[("form[identifier]", identifier), ("form[password]", "wrong")]).await.expect(422);
    let mut headers = answer.headers.clone();
    headers.retain(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id"));
    (headers, answer.text().replace(identifier, "NAME"))
}

async fn call_at(browser: &mut Browser, server: &Server) -> u16 {
    let mut elsewhere = browser.at(server.address);
    let draft = Draft::call("read_home", &[]).header("Host", &server.address.to_string());
    elsewhere.send(draft).await.status
}
