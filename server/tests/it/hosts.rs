//! Whatever host a request names, links and redirects name the configured one (S-24).

use sqlx::PgPool;

use crate::support::client::exchange;
use crate::support::{Draft, INVITE, ORGANIZATION, Options, World};

/// Ways to name another host.
const TRICKS: &[&[(&str, &str)]] = &[
    &[("Host", "evil.example")],
    &[("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Port", "81")],
    &[("Forwarded", "host=evil.example;proto=http")],
    &[("X-Host", "evil.example"), ("X-Original-URL", "http://evil.example/"), ("X-Rewrite-URL", "/evil")],
    &[("Host", "people.example.org:8080@evil.example")],
    &[("Host", "people.example.org.evil.example")],
];

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn links_in_mails_always_name_the_configured_address(pool: PgPool) {
    let world = World::with(pool, Options { is_https: true, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    for (number, trick) in TRICKS.iter().enumerate() {
        let email = format!("person{number}@example.org");
        for mut draft in [
            Draft::call(
                "invite_members",
                &[
                    ("organization", ORGANIZATION),
                    ("form[emails]", &email),
                    ("form[role]", "user"),
                    ("form[origin]", "https://evil.example"),
                ],
            ),
            Draft::submission(
                INVITE,
                "invite_members",
                &[("organization", ORGANIZATION), ("form[emails]", &format!("plain-{email}")), ("form[role]", "user")],
            ),
        ] {
            for (name, value) in *trick {
                draft = draft.header(name, value);
            }
            let answer = ada.browser.send(draft).await;
            assert_eq!(answer.status, 200, "{trick:?}: {}", answer.excerpt());
        }
    }
    world.mail_is_out().await;
    let texts: Vec<(String, String)> = sqlx::query_as("SELECT plain, html FROM development_mailbox").fetch_all(&world.owner).await.unwrap();
    assert!(texts.len() > TRICKS.len());
    for (plain, html) in &texts {
        assert!(!plain.contains("evil") && !html.contains("evil"), "{plain}");
        for (position, _) in plain.match_indices("http") {
            assert!(plain[position..].starts_with("https://people.example.org/"), "{}", &plain[position..]);
        }
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_page_under_another_host_leads_to_the_configured_one(pool: PgPool) {
    let world = World::with(pool, Options { is_https: true, ..Options::default() }).await;
    for host in ["evil.example", "127.0.0.1", "people.example.org:8080", "people.example.org.", "PEOPLE.EXAMPLE.ORG.evil.example", ""] {
        for path in ["/sign-in?next=%2Faccount", "/", "/organizations/acme/members", "/pkg/x.js"] {
            let answer = world.browser().send(Draft::new("GET", path).header("Host", host)).await;
            assert!((300..400).contains(&answer.status), "{host}{path}: {}", answer.excerpt());
            assert_eq!(answer.header("location"), Some(format!("https://people.example.org{path}").as_str()));
            assert_eq!(answer.header("set-cookie"), None);
        }
    }
    world.browser().send(Draft::new("GET", "/healthz").header("Host", "10.0.0.1")).await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_absolute_address_or_none_at_all_fools_nobody(pool: PgPool) {
    let world = World::with(pool, Options { is_https: true, ..Options::default() }).await;
    for request in [
        "GET http://evil.example/sign-in HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET http://evil.example/sign-in HTTP/1.1\r\nHost: people.example.org\r\nConnection: close\r\n\r\n",
        "GET /sign-in HTTP/1.0\r\n\r\n",
        "GET //evil.example/ HTTP/1.1\r\nHost: people.example.org\r\nConnection: close\r\n\r\n",
        "GET //evil.example/ HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n",
        "GET /\\evil.example HTTP/1.1\r\nHost: people.example.org\r\nConnection: close\r\n\r\n",
    ] {
        let answer = exchange(world.server.address, request.as_bytes()).await;
        assert!(answer.status < 500, "{request}: {}", answer.excerpt());
        for location in answer.all("location") {
            assert!(location.starts_with("https://people.example.org/"), "{request}: {location}");
        }
        assert!(!answer.text().contains("//evil.example"), "{request}: {}", answer.excerpt());
    }
}
