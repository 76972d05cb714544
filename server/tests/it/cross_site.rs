//! What another site makes a browser send is refused before it is read (S-14 to S-16).

use sqlx::PgPool;

use crate::functions::functions;
use crate::support::client::{URL_ENCODED, encoded};
use crate::support::{Draft, ORGANIZATION, World};

/// Headers that a request from elsewhere, or from nowhere, may carry.
const FOREIGN: &[&[(&str, &str)]] = &[
    &[("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")],
    &[("Sec-Fetch-Site", "cross-site")],
    &[("Sec-Fetch-Site", "same-site"), ("Origin", "https://other.example.org")],
    &[("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Referer", "http://evil.example/")],
    &[("Origin", "null")],
    &[("Origin", "https://evil.example")],
    &[("Referer", "https://evil.example/sign-in")],
    &[],
];

const MEDIA_TYPES: &[&str] = &[URL_ENCODED, "multipart/form-data; boundary=x", "text/plain", "application/json", ""];

fn foreign(mut draft: Draft, headers: &[(&str, &str)]) -> Draft {
    draft = draft.without("Sec-Fetch-Site");
    for (name, value) in headers {
        draft = draft.header(name, value);
    }
    draft
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn no_other_site_reaches_any_function(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    world.mail_is_out().await;
    let member = world.membership("bob@example.org").await;
    let state = || async {
        (
            world.count("SELECT count(*) FROM audit_events").await,
            world.count("SELECT count(*) FROM sessions").await,
            world.count("SELECT count(*) FROM mails").await,
            world.count("SELECT count(*) FROM throttles").await,
        )
    };
    let before = state().await;
    let pairs = [
        ("organization", ORGANIZATION),
        ("form[member]", member.as_str()),
        ("form[emails]", "x@example.org"),
        ("form[role]", "user"),
        ("form[identifier]", "ada@example.org"),
        ("form[password]", "x"),
    ];
    for function in functions() {
        for headers in FOREIGN {
            for media_type in MEDIA_TYPES {
                let draft = foreign(Draft::call(function.name, &pairs), headers).body(media_type, encoded(&pairs));
                let draft = if media_type.is_empty() { draft.without("Content-Type") } else { draft };
                let answer = ada.browser.send(draft.header("Accept", "text/html")).await;
                assert_eq!(answer.status, 403, "{} {headers:?} {media_type}", function.name);
                assert_eq!(answer.header("location"), None);
                assert_eq!(answer.header("set-cookie"), None);
            }
        }
    }
    assert_eq!(state().await, before);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn no_other_site_posts_a_form_to_a_page(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for headers in FOREIGN {
        for draft in [
            Draft::submission("/", "sign_out", &[]),
            Draft::submission("/sign-in", "sign_in", &[("form[identifier]", "x"), ("form[password]", "y")]),
            Draft::new("POST", "/theme").body(URL_ENCODED, "theme=dark"),
            Draft::new("PUT", "/organizations/acme"),
            Draft::new("DELETE", "/organizations/acme/members"),
        ] {
            ada.browser.send(foreign(draft, headers)).await.expect(403);
        }
    }
    ada.get("/account").await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_own_page_is_known_by_its_origin_where_the_browser_sends_no_metadata(pool: PgPool) {
    let world = World::new(pool).await;
    let own = world.server.state.settings.public_url.clone();
    for headers in [[("Origin", own.clone())], [("Referer", format!("{own}/sign-in"))]] {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let draft = foreign(Draft::call("sign_in", &[("form[identifier]", "x"), ("form[password]", "y")]), &headers);
        world.browser().send(draft).await.expect(422);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn no_link_reaches_a_function(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for function in functions() {
        let query = encoded(&function.inputs.iter().map(|name| (*name, "acme")).collect::<Vec<_>>());
        for method in ["GET", "HEAD"] {
            let draft = Draft::new(method, &format!("/api/{}?{query}", function.name))
                .header("Accept", "text/html")
                .header("X-HTTP-Method-Override", "POST");
            let answer = ada.browser.send(draft).await;
            assert_eq!(answer.status, 405, "{method} {}", function.name);
            assert_eq!(answer.header("location"), None);
        }
        for method in ["PUT", "PATCH", "DELETE"] {
            let draft = Draft::new(method, &format!("/api/{}?{query}", function.name)).header("Sec-Fetch-Site", "same-origin");
            assert_eq!(ada.browser.send(draft).await.status, 405, "{method} {}", function.name);
        }
    }
    ada.get("/account").await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn no_answer_leads_to_the_page_that_asked(pool: PgPool) {
    let world = World::new(pool).await;
    for function in functions() {
        let mut browser = world.browser();
        let draft = Draft::call(function.name, &[])
            .header("Accept", "text/html")
            .header("Referer", "https://evil.example/?x=1")
            .header("Origin", "https://evil.example");
        let answer = browser.send(draft).await;
        for location in answer.all("location") {
            assert!(location.starts_with('/') && !location.starts_with("//"), "{}: {location}", function.name);
        }
        assert!(!(300..400).contains(&answer.status), "{}: {}", function.name, answer.excerpt());
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn signing_in_leads_to_own_pages_only(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    for next in [
        "//evil.example",
        "/\\evil.example",
        "/\r\nLocation: https://evil.example",
        "https://evil.example",
        "/%0d%0aSet-Cookie:%20x",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\t/evil.example",
        "/api/sign_out",
        "",
    ] {
        bob.browser = world.browser();
        let pairs = [("form[identifier]", "bob@example.org"), ("form[password]", crate::support::PASSWORD), ("form[next]", next)];
        let answer = bob.browser.submit("/sign-in", "sign_in", &pairs).await.expect(303);
        let location = answer.header("location").unwrap();
        assert!(location == "/" || location == "/%0d%0aSet-Cookie:%20x", "{next:?} leads to {location:?}");
        assert!(!answer.all("set-cookie").any(|cookie| cookie.starts_with('x')));

        // Signed in already, the page itself leads on.
        let answer = bob.get(&format!("/sign-in?{}", encoded(&[("next", next)]))).await.expect(303);
        let location = answer.header("location").unwrap();
        assert!(
            location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\") && !location.starts_with("/api"),
            "{next:?} leads to {location:?}"
        );

        let answer = bob
            .browser
            .send(
                Draft::new("POST", "/theme")
                    .header("Sec-Fetch-Site", "same-origin")
                    .body(URL_ENCODED, encoded(&[("theme", "dark"), ("next", next)])),
            )
            .await
            .expect(303);
        let location = answer.header("location").unwrap();
        assert!(location == "/" || location == "/%0d%0aSet-Cookie:%20x", "{next:?} leads to {location:?}");
    }
}
