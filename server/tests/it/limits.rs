//! However large or long a request is, it is answered soon, and never with a fault of ours (S-67).

use std::time::{Duration, Instant};

use sqlx::PgPool;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::functions::functions;
use crate::support::client::{URL_ENCODED, encoded};
use crate::support::{Draft, MEMBERS, ORGANIZATION, World};

const MEGABYTE: usize = 1024 * 1024;

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn bodies_of_every_size_are_answered_soon(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for function in functions().iter().filter(|function| !matches!(function.name, "sign_out" | "leave_organization")) {
        for size in [1, 1_000, 100_000, MEGABYTE, MEGABYTE + 1, 5 * MEGABYTE] {
            let input = function.inputs.last().copied().unwrap_or("x");
            let start = format!("{}&organization=acme", encoded(&[(input, "")]));
            let body = format!("{}&{}=", start, encoded(&[(input, "")]).trim_end_matches('='));
            let mut body = body.into_bytes();
            body.resize(size.max(1), b'y');
            let started = Instant::now();
            let answer = ada.browser.send(Draft::call(function.name, &[]).body(URL_ENCODED, body)).await;
            assert!((200..500).contains(&answer.status), "{} {size}: {}", function.name, answer.excerpt());
            assert_eq!(answer.status == 413, size > MEGABYTE, "{} {size}: {}", function.name, answer.excerpt());
            assert!(started.elapsed() < Duration::from_secs(3), "{} {size}: {:?}", function.name, started.elapsed());
        }
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn ten_thousand_pairs_are_answered_soon(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let pairs: String = (0..10_000).map(|number| format!("form[x{number}]=y&")).collect();
    let nested = format!("form{}=x", "[a]".repeat(20_000));
    let repeated = "form[access][01900000-0000-7000-8000-000000000000]=1&".repeat(10_000);
    for body in [&pairs, &nested, &repeated] {
        for function in ["invite_members", "sign_in", "list_members", "set_up_installation"] {
            let started = Instant::now();
            let answer = ada.call_with(function, body).await;
            assert!((200..500).contains(&answer), "{function}");
            assert!(started.elapsed() < Duration::from_secs(3), "{function}: {:?}", started.elapsed());
        }
    }
    let answer = ada.get(&format!("{MEMBERS}?{pairs}")).await;
    assert_eq!(answer.status, 414);
    let few: String = (0..500).map(|number| format!("x{number}=y&")).collect();
    ada.get(&format!("{MEMBERS}?{few}")).await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn odd_page_sizes_positions_and_searches_are_harmless(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let long = "wort ".repeat(1_400);
    let letters = "a".repeat(7_000);
    for (name, value) in [
        ("size", "1000000000"),
        ("size", "-1"),
        ("size", "0"),
        ("size", "99999999999999999999999999"),
        ("size", "25'; DROP TABLE users--"),
        ("after", "nonsense"),
        ("after", letters.as_str()),
        ("before", "\u{0}"),
        ("search", long.as_str()),
        ("search", letters.as_str()),
        ("search", "%%%___\\\\"),
        ("search", "\u{0}"),
        ("search", "'; DROP TABLE users--"),
        ("search", "\u{1f600}\u{202e}"),
    ] {
        let started = Instant::now();
        let answer = ada.get(&format!("{MEMBERS}?{}", encoded(&[(name, value)]))).await.expect(200);
        assert!(answer.text().contains("Members"));
        ada.call("list_members", &[("organization", ORGANIZATION), (&format!("query[{name}]"), value)]).await.expect(200);
        assert!(started.elapsed() < Duration::from_secs(2), "{name} {value:.20}: {:?}", started.elapsed());
    }
    for (key, id) in [("\0", 1), ("\u{10ffff}", 2), ("", 0), ("'; DROP TABLE users--", 3), (letters.get(..2_000).unwrap(), 4)] {
        let position = app::values::page::Cursor::new(key, uuid::Uuid::from_u128(id)).encode();
        for name in ["query[after]", "query[before]"] {
            ada.call("list_members", &[("organization", ORGANIZATION), (name, &position)]).await.expect(200);
        }
    }
    // Much longer than any address may be.
    let huge = "wort ".repeat(190_000);
    let started = Instant::now();
    let answer = ada.call("list_members", &[("organization", ORGANIZATION), ("query[search]", &huge)]).await;
    assert!((200..500).contains(&answer.status), "{}", answer.excerpt());
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn too_long_an_address_or_too_many_headers_are_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let mut browser = world.browser();
    let answer = browser.get(&format!("/sign-in?next={}", "a".repeat(9_000))).await.expect(414);
    assert!(answer.text().contains("too long"));
    let mut draft = Draft::new("GET", "/sign-in");
    for number in 0..150 {
        draft = draft.header(&format!("X-Header-{number}"), "x");
    }
    let answer = browser.send(draft).await;
    assert!((400..500).contains(&answer.status), "{}", answer.excerpt());
    let answer = browser.send(Draft::new("GET", "/sign-in").header("Cookie", &format!("nexus={}", "a".repeat(600_000)))).await;
    assert!((400..500).contains(&answer.status) || answer.status == 0, "{}", answer.excerpt());
    let answer = browser.send(Draft::new("GET", "/sign-in").header("Cookie", &"nexus=x; ".repeat(2_000))).await;
    assert!((200..500).contains(&answer.status), "{}", answer.excerpt());
    browser.get("/sign-in").await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn clients_that_never_finish_hold_nobody_up(pool: PgPool) {
    let world = World::new(pool).await;
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(world.server.address).await.unwrap();
        let host = world.server.address;
        let head = format!(
            "POST /api/sign_in HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {URL_ENCODED}\r\nContent-Length: 1000\r\n\r\nform"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    let started = Instant::now();
    let mut ada = world.administrator().await;
    ada.get(MEMBERS).await.expect(200);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    let mut first = slow.remove(0);
    first.write_all(&[b'x'; 996]).await.unwrap();
    let mut received = [0_u8; 12];
    first.read_exact(&mut received).await.unwrap();
    assert_eq!(&received, b"HTTP/1.1 422");
}

impl crate::support::Person {
    /// Calls a function with a body as it is, and gives the status.
    async fn call_with(&mut self, function: &str, body: &str) -> u16 {
        self.browser.send(Draft::call(function, &[]).body(URL_ENCODED, body)).await.status
    }
}
