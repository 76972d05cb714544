//! What no page sends, made by chance: it is refused, and is never a fault of ours.

use app::ui::is_secret;
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use sqlx::PgPool;

use crate::functions::functions;
use crate::support::client::{URL_ENCODED, encoded};
use crate::support::{Draft, ORGANIZATION, PASSWORD, World};

/// Texts that have meant something to somebody's program.
const INTERESTING: [&str; 24] = [
    "",
    "\0",
    "acme",
    "on",
    "user",
    "administrator",
    "-1",
    "99999999999999999999",
    "' OR 1=1 --",
    "%",
    "_",
    "\\",
    "{}",
    "[]",
    "null",
    "\u{202e}",
    "\u{1f600}",
    "nxl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "01900000-0000-7000-8000-000000000000",
    PASSWORD,
    "ada@example.org",
    "000000",
    "1e309",
    "\r\n",
];

fn garbage(random: &mut StdRng) -> String {
    match random.random_range(0..4) {
        0 | 1 => INTERESTING[random.random_range(0..INTERESTING.len())].to_owned(),
        2 => (0..random.random_range(0..60)).map(|_| random.random::<char>()).collect(),
        _ => "x".repeat(random.random_range(0..5_000)),
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn fields_twice_lists_for_texts_and_other_formats_are_no_fault_of_ours(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut stranger = world.browser();
    let bodies: &[(&str, &[u8])] = &[
        (URL_ENCODED, b"form[identifier]=a&form[identifier]=b&form[password]=x"),
        (URL_ENCODED, b"form[identifier][]=a&form[identifier][]=b&form[password]=x"),
        (URL_ENCODED, b"form[identifier][x][y]=a&form[password]=x"),
        (URL_ENCODED, b"form=a"),
        (URL_ENCODED, b"form[]=a&form[0]=b"),
        (URL_ENCODED, b"form[identifier=a&form]identifier]=b"),
        (URL_ENCODED, b"form[identifier]=\xff\xfe&form[password]=%ff%fe%00"),
        (URL_ENCODED, b"%%%&&&===&form[%5D"),
        (URL_ENCODED, b"\x00\x01\x02"),
        (URL_ENCODED, b"organization=a&organization=b&form[emails]=c&query=d&token=e&token=f&member[]=g"),
        ("application/json", br#"{"form":{"identifier":["a"],"password":{"x":1}}}"#),
        ("application/json", b"{"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"form[identifier]\"\r\n\r\na\r\n--x--\r\n"),
        ("multipart/form-data", b"nothing"),
        ("text/plain", b"form[identifier]=a"),
        ("application/octet-stream", b"\xff\xff"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfef\x00"),
    ];
    for (media_type, body) in bodies {
        for function in functions() {
            for browser in [&mut stranger, &mut ada.browser] {
                if matches!(function.name, "sign_out") {
                    continue;
                }
                let answer = browser.send(Draft::call(function.name, &[]).body(media_type, *body)).await;
                assert!(
                    answer.status < 500 && answer.status >= 200,
                    "{} {media_type} {:?}: {}",
                    function.name,
                    String::from_utf8_lossy(body),
                    answer.excerpt()
                );
            }
        }
        let answer = stranger
            .send(Draft::submission("/sign-in", "sign_in", &[]).body(media_type, [b"_function=/api/sign_in&".as_slice(), body].concat()))
            .await;
        assert!((200..500).contains(&answer.status), "page {media_type}: {}", answer.excerpt());
    }
    ada.get("/account").await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn garbage_is_never_a_fault_of_ours(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut random = StdRng::seed_from_u64(20_261_122);
    for round in 0..40 {
        for function in functions().iter().filter(|function| !matches!(function.name, "sign_out" | "switch_account" | "leave_organization"))
        {
            let values: Vec<String> = function.inputs.iter().map(|_| garbage(&mut random)).collect();
            let pairs: Vec<(&str, &str)> = function.inputs.iter().copied().zip(values.iter().map(String::as_str)).collect();
            let mut body = encoded(&pairs).into_bytes();
            if round % 4 == 3 {
                // Some of it broken on the way.
                for _ in 0..3 {
                    let position = random.random_range(0..=body.len());
                    body.insert(position, (random.next_u32() & 0xff) as u8);
                }
            }
            let answer = ada.browser.send(Draft::call(function.name, &[]).body(URL_ENCODED, body)).await;
            assert!((200..500).contains(&answer.status), "{} {pairs:?}: {}", function.name, answer.excerpt());
        }
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn garbage_proves_nothing_where_a_proof_is_asked_for_again(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.alter("UPDATE sessions SET proved_at = now() - interval '10 minutes'").await;
    let function = functions().iter().find(|function| function.name == "invite_members").unwrap();
    let proofs: Vec<&str> = function.inputs.iter().copied().filter(|input| is_secret(input)).collect();
    assert_eq!(proofs.len(), 2, "a password and a code");
    let mut random = StdRng::seed_from_u64(20_261_128);
    for _ in 0..30 {
        world.alter("DELETE FROM throttles").await;
        let values: Vec<String> = proofs.iter().map(|_| garbage(&mut random)).collect();
        let mut form = vec![("organization", ORGANIZATION), ("form[emails]", "eve@example.org"), ("form[role]", "administrator")];
        form.extend(proofs.iter().copied().zip(values.iter().map(String::as_str)));
        ada.call(function.name, &form).await.expect(422);
    }
    assert_eq!(world.count("SELECT count(*) FROM memberships").await, 1);
    assert_eq!(world.count("SELECT count(*) FROM sessions WHERE proved_at > now() - interval '5 minutes'").await, 0);
}
