//! What every answer tells the browser to refuse (S-17 to S-19).

use sqlx::PgPool;

use crate::support::{Answer, Draft, MEMBERS, ORGANIZATION, Options, World};

/// The pages of somebody who is signed in, and of strangers.
const PAGES: &[&str] = &[
    "/",
    "/sign-in",
    "/two-factor",
    "/set-up",
    "/set-up?token=x",
    "/complete",
    "/complete?token=x",
    "/account",
    "/account/two-factor",
    "/help",
    "/help/signing-in",
    "/help/nothing",
    "/organizations/acme",
    "/organizations/acme/leave",
    "/organizations/acme/members",
    "/organizations/acme/members/invite",
    "/organizations/acme/members/x/deactivate",
    "/organizations/acme/members/x/cancel-invitation",
    "/organizations/nothing",
    "/applications/x/open",
    "/dev/mailbox",
    "/dev/mailbox/x",
    "/no-such-page",
    "/organizations/acme/members/y.css",
    "/account/x.js",
    "/account.css",
    "/sign-in/x.png",
    "/pkg/missing.js",
    "/assets/nothing.svg",
    "/assets/icons.svg",
    "/api/nothing",
    "/healthz",
    "/readyz",
    "/dev/mailbox/x/message",
];

/// Everything that must be on every answer, whatever it is.
fn check(answer: &Answer, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.all(name).collect::<Vec<_>>(), [value], "{name} of {what}");
    }
    assert!(answer.header("permissions-policy").is_some(), "{what}");
    let policies: Vec<&str> = answer.all("content-security-policy").collect();
    assert_eq!(policies.len(), 1, "{what}");
    for part in [
        "default-src 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "style-src 'self';",
        "script-src 'self' 'wasm-unsafe-eval';",
    ] {
        assert!(policies[0].contains(part), "{part} of {what}: {}", policies[0]);
    }
    assert!(!policies[0].contains("unsafe-inline") && !policies[0].contains("'unsafe-eval'"), "{what}");
    if !answer.body.is_empty() {
        let media_type = answer.header("content-type").unwrap_or_else(|| panic!("no Content-Type: {what}"));
        let is_text = media_type.starts_with("text/") || media_type.contains("svg");
        assert!(!is_text || media_type.contains("charset=utf-8"), "{what}: {media_type}");
    }
    match answer.header("cache-control") {
        Some("no-store") => assert!(
            answer.all("vary").any(|vary| vary.contains("Cookie")) || what.contains("/assets") || what.contains("/pkg"),
            "Vary of {what}"
        ),
        Some(caching) => {
            assert!(
                caching.starts_with("public, max-age=") && (what.contains("/assets/") || what.contains("/pkg/")),
                "{caching} of {what}"
            );
        }
        None => panic!("no Cache-Control: {what}"),
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn every_answer_has_every_header(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut stranger = world.browser();
    for page in PAGES {
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENSE"] {
            check(&stranger.send(Draft::new(method, page)).await, &format!("{method} {page} by a stranger"));
            check(&ada.browser.send(Draft::new(method, page)).await, &format!("{method} {page} by Ada"));
            check(
                &ada.browser.send(Draft::new(method, page).header("Sec-Fetch-Site", "same-origin")).await,
                &format!("{method} {page} by Ada from an own page"),
            );
        }
    }
    for draft in [
        Draft::call("sign_in", &[]),
        Draft::call("read_home", &[]),
        Draft::call("sign_in", &[]).body("application/json", "{"),
        Draft::call("sign_in", &[]).body("application/x-www-form-urlencoded", vec![b'a'; 1_100_000]),
        Draft::submission("/sign-in", "sign_in", &[]),
        Draft::submission("/sign-in", "sign_in", &[("x", &"a".repeat(1_100_000))]),
        Draft::new("GET", &format!("/?{}", "a".repeat(9_000))),
        Draft::new("GET", "/").header("Host", "evil.example"),
        Draft::new("POST", "/theme").header("Sec-Fetch-Site", "same-origin").body("text/plain", "x"),
    ] {
        check(&stranger.send(draft.clone()).await, &format!("{draft:.80?}"));
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn scripts_come_from_files_and_nothing_is_inline(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for page in PAGES.iter().filter(|page| !page.starts_with("/api")) {
        let answer = ada.browser.open(page).await;
        if !answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            continue;
        }
        let text = answer.text();
        for (position, _) in text.match_indices("<script") {
            let (tag, content) = text[position..].split_once('>').unwrap();
            assert!(tag.contains(" src=\"/") && content.starts_with("</script>"), "{page}: {tag}");
        }
        assert!(!text.contains("<style") && !text.contains(" style=\""), "{page}");
        for handler in [" onclick=", " onload=", " onerror=", " onsubmit=", "javascript:"] {
            assert!(!text.contains(handler), "{page}: {handler}");
        }
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_page_is_never_taken_for_a_file(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for path in [
        "/organizations/acme/members/y.css",
        "/organizations/acme/members.css",
        "/account/x.js",
        "/account.js",
        "/x.css",
        "/organizations/acme/members%2Fy.css",
        "/organizations/acme/members;y.css",
        "/organizations/acme/members/invite/y.png",
    ] {
        let answer = ada.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(!answer.text().contains("Lovelace") || !answer.text().contains("<table"), "{path}");
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn what_a_person_sees_is_stored_nowhere(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for answer in [
        ada.get(MEMBERS).await.expect(200),
        ada.get("/").await.expect(200),
        ada.call("list_members", &[("organization", ORGANIZATION)]).await.expect(200),
    ] {
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.all("vary").any(|vary| vary.contains("Cookie")));
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn https_is_demanded_for_a_year_where_the_address_is_https(pool: PgPool) {
    let world = World::with(pool, Options { is_https: true, ..Options::default() }).await;
    for page in ["/sign-in", "/no-such-page", "/healthz", "/assets/nothing.svg"] {
        let answer = world.browser().get(page).await;
        assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"), "{page}");
        check(&answer, page);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_page_of_a_mail_may_run_and_load_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    world.mail_is_out().await;
    let mail: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM development_mailbox WHERE recipient = 'bob@example.org'").fetch_one(&world.owner).await.unwrap();
    let answer = world.browser().get(&format!("/dev/mailbox/{mail}/message")).await.expect(200);
    let policy = answer.header("content-security-policy").unwrap();
    assert_eq!(policy, "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'");
    let page = world.browser().get(&format!("/dev/mailbox/{mail}")).await.expect(200);
    assert!(page.header("content-security-policy").unwrap().contains("frame-src 'self'"));
    assert!(!world.browser().get("/help").await.header("content-security-policy").unwrap().contains("frame-src"));
}
