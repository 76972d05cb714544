//! Bad input gets a clear answer: nothing typed is lost, and nothing is our fault.

use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use sqlx::PgPool;

use crate::functions::FUNCTIONS;
use crate::support::client::{URL_ENCODED, encoded};
use crate::support::people::PASSWORD;
use crate::support::{Draft, INVITE, ORGANIZATION, World, html, registration_form};

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn inviting_nobody_or_too_many_says_so_at_the_field_and_keeps_the_text(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let too_many: String = (0..1_001).map(|number| format!("person{number}@example.org\n")).collect();
    for (typed, message) in [
        ("", "Enter at least one e-mail address"),
        (" \n,;", "Enter at least one e-mail address"),
        (too_many.as_str(), "Invite up to 1000 addresses at once"),
    ] {
        let answer =
            ada.browser.submit(INVITE, "invite_members", &[IN_ACME, ("form[emails]", typed), ("form[role]", "user")]).await.expect(422);
        let page = answer.text();
        assert!(html::visible(&page).contains(message), "{message}");
        let kept = html::text_area(&page, "form[emails]").unwrap();
        assert_eq!(kept.split_whitespace().collect::<String>(), typed.split_whitespace().collect::<String>());
        let with_scripts = ada.call("invite_members", &[IN_ACME, ("form[emails]", typed), ("form[role]", "user")]).await.expect(422);
        assert!(with_scripts.json()["Refused"].is_array());
    }
    assert_eq!(world.count("SELECT count(*) FROM memberships").await, 1);
    let answer = ada
        .call("invite_members", &[IN_ACME, ("form[emails]", "a@example.org"), ("form[role]", "owner"), ("form[access][x]", "9")])
        .await
        .expect(422);
    assert!(answer.text().contains("UnknownRole") && answer.text().contains("UnknownAccess"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_address_with_a_line_break_or_a_hidden_character_writes_no_header(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for typed in [
        "bob@example.org\r\nBcc: eve@evil.example",
        "<bob@example.org\r\nBcc: eve@evil.example>",
        "bob@example.org\0",
        "\0",
        "bob\u{202e}@example.org",
        "Eve\r\nBcc: x@evil.example <bob@example.org>",
        "b%0d%0aBcc:@example.org",
        "\u{2028}@example.org",
    ] {
        let answer = ada.call("invite_members", &[IN_ACME, ("form[emails]", typed), ("form[role]", "user")]).await;
        assert!(matches!(answer.status, 200 | 422), "{typed:?}: {}", answer.excerpt());
    }
    world.mail_is_out().await;
    let recipients: Vec<String> =
        sqlx::query_scalar("SELECT recipient FROM mails UNION ALL SELECT email FROM memberships WHERE email IS NOT NULL")
            .fetch_all(&world.owner)
            .await
            .unwrap();
    assert!(
        recipients.iter().all(|recipient| !recipient.contains(char::is_control) && !recipient.contains(char::is_whitespace)),
        "{recipients:?}"
    );
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_body_of_two_megabytes_is_told_the_limit(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let large = "a".repeat(2_000_000);
    let page = ada.browser.submit(INVITE, "invite_members", &[IN_ACME, ("form[emails]", &large)]).await.expect(413);
    assert!(html::visible(&page.text()).contains("A form may hold up to 1 MB."));
    let call = ada.call("invite_members", &[IN_ACME, ("form[emails]", &large)]).await.expect(413);
    assert_eq!(call.text(), "\"TooLarge\"");

    // Without a length in front, the same.
    let chunks = format!("{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    let draft = Draft::call("invite_members", &[]).header("Transfer-Encoding", "chunked").body(URL_ENCODED, chunks.clone());
    ada.browser.send(draft).await.expect(413);
    let draft = Draft::submission(INVITE, "invite_members", &[]).header("Transfer-Encoding", "chunked").body(URL_ENCODED, chunks.clone());
    ada.browser.send(draft).await.expect(413);
    let draft = Draft::new("POST", "/theme")
        .header("Sec-Fetch-Site", "same-origin")
        .header("Transfer-Encoding", "chunked")
        .body(URL_ENCODED, chunks);
    ada.browser.send(draft).await.expect(413);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_name_of_300_characters_is_refused_at_its_field(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    let long = "n".repeat(300);
    let mut form = registration_form(&token, &long);
    let page = world.browser().submit(&format!("/complete?token={token}"), "complete_registration", &form).await.expect(422).text();
    assert_eq!(html::input(&page, "form[first_name]").as_deref(), Some(long.as_str()));
    assert!(html::visible(&page).contains("First name: Use at most 100 characters."));
    for odd in ["\0", "A\0nn", "A\r\nBcc: x", "\u{202e}nnA", "", "   "] {
        form[1].1 = odd;
        world.browser().call("complete_registration", &form).await.expect(422);
    }
    form[1].1 = "Bob";
    for password in ["x".repeat(257), "é".repeat(10_000), "\0".repeat(20), String::new()] {
        let mut form = form.clone();
        form[4].1 = &password;
        world.browser().call("complete_registration", &form).await.expect(422);
    }
    world.browser().call("sign_in", &[("form[identifier]", "ada@example.org\0"), ("form[password]", "x\0y")]).await.expect(422);
    world
        .browser()
        .call("sign_in", &[("form[identifier]", &"a".repeat(500_000)), ("form[password]", &"b".repeat(500_000))])
        .await
        .expect(422);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_forged_organization_is_not_found(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for forged in ["nothing", "", "ACME ", "acme'--", "acme\0", "../acme", "%", "acme/members", &"a".repeat(10_000)] {
        for function in ["list_members", "read_overview", "read_invite_page"] {
            let answer = ada.call(function, &[("organization", forged)]).await;
            assert_eq!(answer.status, 404, "{function} {forged:.20?}: {}", answer.excerpt());
        }
        let form = [("organization", forged), ("form[emails]", "a@example.org"), ("form[role]", "user")];
        ada.call("invite_members", &form).await.expect(404);
        let answer = ada.browser.submit(INVITE, "invite_members", &form).await;
        assert_eq!(answer.status, 404, "{forged:.20?} without scripts: {}", answer.excerpt());
    }
    for path in [
        "/organizations/acme%00/members",
        "/organizations/%ff/members",
        "/organizations/%2e%2e/members",
        "/organizations/'/members",
        "/organizations//members",
    ] {
        ada.get(path).await.expect(404);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_token_serves_no_other_purpose(pool: PgPool) {
    let world = World::new(pool).await;
    let link = app::features::auth::set_up::issue_link(&world.server.state).await.unwrap().unwrap();
    let set_up = crate::support::token_in(&link);
    let mut ada = world.administrator().await;
    let other_set_up = set_up;
    world.invite(&mut ada, "bob@example.org").await;
    let invitation = world.token_for("bob@example.org").await;
    let session = ada.browser.cookies["nexus"].clone();
    let truncated = invitation[..invitation.len() - 1].to_owned();
    let mut stranger = world.browser();
    for token in [&other_set_up, &session, &truncated] {
        stranger.get(&format!("/complete?token={token}")).await.expect(404);
        for function in ["complete_registration", "renew_link"] {
            let answer = stranger.call(function, &registration_form(token, "Bob")).await.expect(422);
            assert_eq!(answer.json()["Refused"][0], "Unknown", "{function}");
        }
        stranger.call("suggest_username", &[("token", token), ("first_name", "Ada")]).await.expect(404);
    }
    for token in [&invitation, &session, &truncated] {
        stranger.call("set_up_installation", &crate::support::set_up_form(token)).await.expect(422);
    }
    for token in [&invitation, &other_set_up] {
        let mut forged = world.browser();
        forged.cookies.insert("nexus".to_owned(), token.replace("nxl_", "nxs_"));
        forged.call("read_home", &[]).await.expect(401);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_expired_link_says_so_in_the_form_and_on_the_page(pool: PgPool) {
    let world = World::new(pool).await;
    let link = app::features::auth::set_up::issue_link(&world.server.state).await.unwrap().unwrap();
    world.alter("UPDATE links SET expires_at = now() - interval '1 second'").await;
    let token = crate::support::token_in(&link);
    let answer = world.browser().call("set_up_installation", &crate::support::set_up_form(&token)).await.expect(422);
    assert_eq!(answer.json()["Refused"][0], "Expired");
    assert!(
        html::visible(&world.browser().get(&format!("/set-up?token={token}")).await.expect(200).text()).contains("This link has expired")
    );

    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    world.alter("UPDATE links SET expires_at = now() - interval '1 second'; UPDATE memberships SET link_expires_at = now() - interval '1 second' WHERE user_id IS NULL").await;
    let page = format!("/complete?token={token}");
    let answer = world.browser().submit(&page, "complete_registration", &registration_form(&token, "Bob")).await.expect(422);
    assert!(html::visible(&answer.text()).contains("expired"), "{}", answer.excerpt());
    let answer = world.browser().submit(&page, "renew_link", &[("form[token]", &token)]).await.expect(200);
    assert!(html::visible(&answer.text()).contains("A new link is on its way"));
    let fresh = world.token_for("bob@example.org").await;
    assert_ne!(fresh, token);
    world.complete(&fresh, "bob@example.org", "Bob").await;
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
        for function in FUNCTIONS {
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
    let interesting = [
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
    for round in 0..40 {
        for function in FUNCTIONS.iter().filter(|function| !matches!(function.name, "sign_out" | "switch_account" | "leave_organization")) {
            let values: Vec<String> = function
                .inputs
                .iter()
                .map(|_| match random.random_range(0..4) {
                    0 | 1 => interesting[random.random_range(0..interesting.len())].to_owned(),
                    2 => (0..random.random_range(0..60)).map(|_| random.random::<char>()).collect(),
                    _ => "x".repeat(random.random_range(0..5_000)),
                })
                .collect();
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
async fn a_message_with_hidden_characters_arrives(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    for (number, message) in ["a\0b", "line\r\n.\r\nQUIT", "\u{202e}backwards", "\u{1b}[31mred"].into_iter().enumerate() {
        bob.call("message_administrators", &[IN_ACME, ("form[message]", message)]).await.expect(200);
        world
            .until(
                "the message is out",
                "SELECT NOT EXISTS (SELECT FROM mails WHERE delivered_at IS NULL AND due_at < now() + interval '10 seconds')",
            )
            .await;
        let arrived: i64 = sqlx::query_scalar("SELECT count(*) FROM mails WHERE kind = 'message' AND delivered_at IS NOT NULL")
            .fetch_one(&world.owner)
            .await
            .unwrap();
        assert_eq!(arrived, i64::try_from(number).unwrap() + 1, "{message:?}");
    }
}
