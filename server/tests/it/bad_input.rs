//! Bad input gets a clear answer: nothing typed is lost, and nothing is our fault.

use app::features::auth::two_factor::refusal::TwoFactorRefusal;
use sqlx::PgPool;

use crate::support::client::URL_ENCODED;
use crate::support::{Draft, INVITE, ORGANIZATION, World, html, registration_form, set_up_form};

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

/// What is typed into the box of addresses, and what comes of each entry: as it is shown again, and how it is called; for what is no
/// address, why.
const ODD_ADDRESSES: &[(&str, &[(&str, &str)])] = &[
    // A line break separates entries, and nothing else: what looks like a header is no address.
    ("bob@example.org\r\nBcc: eve@evil.example", &[("bob@example.org", "Invited"), ("Bcc:", NO_AT), ("eve@evil.example", "Invited")]),
    (
        "<carl@example.org\r\nBcc: eva@evil.example>",
        &[("<carl@example.org", NO_ADDRESS), ("Bcc:", NO_AT), ("eva@evil.example>", NO_ADDRESS)],
    ),
    ("dan@example.org\0", &[("dan@example.org\u{fffd}", HIDDEN)]),
    ("\0", &[("\u{fffd}", NO_AT)]),
    ("emma\u{202e}@example.org", &[("emma\u{fffd}@example.org", HIDDEN)]),
    (
        "Eve\r\nBcc: x@evil.example <finn@example.org>",
        &[("Eve", NO_AT), ("Bcc:", NO_AT), ("x@evil.example", "Invited"), ("<finn@example.org>", "Invited")],
    ),
    ("b%0d%0aBcc:@example.org", &[("b%0d%0aBcc:@example.org", NO_ADDRESS)]),
    ("\u{2028}@example.org", &[("@example.org", NO_ADDRESS)]),
];
const NO_AT: &str = "The e-mail address has no @. Enter it like ann@example.org.";
const NO_ADDRESS: &str = "This is not an e-mail address. Enter one like ann@example.org.";
const HIDDEN: &str = "The e-mail address contains a hidden character. Type it instead of pasting it.";

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_address_with_a_line_break_or_a_hidden_character_writes_no_header(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for (typed, expected) in ODD_ADDRESSES {
        let form = [IN_ACME, ("form[emails]", *typed), ("form[role]", "user")];
        let page = ada.browser.submit(INVITE, "invite_members", &form).await.expect(200).text();
        let rows: Vec<String> = page.split("<li class=\"results__row\"").skip(1).map(|row| html::visible(&format!("<li{row}"))).collect();
        assert_eq!(rows.len(), expected.len(), "{typed:?}: {rows:?}");
        for ((shown, outcome), row) in expected.iter().zip(rows) {
            let word = if *outcome == "Invited" { "Invited" } else { "Not an address" };
            assert!(row.trim_start().starts_with(shown) && row.contains(word) && row.contains(outcome), "{typed:?}: {row}");
        }
        // With scripts, the same; whoever was invited just now is now invited already.
        let answer = ada.call("invite_members", &form).await.expect(200).json();
        let results = answer["results"].as_array().unwrap();
        assert_eq!(results.len(), expected.len(), "{typed:?}: {answer}");
        for ((shown, outcome), result) in expected.iter().zip(results) {
            assert_eq!(result["typed"], *shown, "{typed:?}");
            assert_eq!(result["outcome"].get("NotAnAddress").is_some(), *outcome != "Invited", "{typed:?}: {result}");
        }
    }
    world.mail_is_out().await;
    let mut recipients: Vec<String> =
        sqlx::query_scalar("SELECT recipient FROM mails UNION SELECT email FROM memberships WHERE email IS NOT NULL")
            .fetch_all(&world.owner)
            .await
            .unwrap();
    recipients.sort();
    assert_eq!(recipients, ["ada@example.org", "bob@example.org", "eve@evil.example", "finn@example.org", "x@evil.example"]);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn setting_up_with_a_line_break_or_a_hidden_character_says_so_at_its_field(pool: PgPool) {
    let world = World::new(pool).await;
    let token = world.set_up_token().await;
    let page = format!("/set-up?token={token}");
    for (field, typed, message) in [
        ("email", "ada@example.org\r\nBcc: eve@evil.example", "Enter one e-mail address, without line breaks."),
        ("email", "ada@example.org\nBcc: eve@evil.example", "Enter one e-mail address, without line breaks."),
        ("email", "ada\u{2028}@example.org", "Enter one e-mail address, without line breaks."),
        ("email", "ada@example.org\0", HIDDEN),
        ("first_name", "Ada\r\nBcc: eve@evil.example", "First name: Enter the name in one line."),
        ("last_name", "Love\0lace", "Last name: The name contains a hidden character."),
        ("organization_name", "Acme\nBcc: eve@evil.example", "Organization name: Enter the name in one line."),
        ("label", "Organi\u{202e}zation", "Label: The name contains a hidden character."),
    ] {
        refused_at_its_field(&world, &page, "set_up_installation", &set_up_form(&token), field, typed, message).await;
    }
    assert_eq!(world.count("SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM mails)").await, 0);
    world.browser().call("set_up_installation", &set_up_form(&token)).await.expect(200);
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
    assert_eq!(html::input(&page, "registration[first_name]").as_deref(), Some(long.as_str()));
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
async fn other_texts_of_300_characters_are_refused_at_their_fields(pool: PgPool) {
    let world = World::new(pool).await;
    let long = "n".repeat(300);
    let token = world.set_up_token().await;
    let page = format!("/set-up?token={token}");
    for (field, message) in [
        ("first_name", "First name: Use at most 100 characters."),
        ("last_name", "Last name: Use at most 100 characters."),
        ("username", "Use at most 32 characters."),
        ("organization_name", "Organization name: Use at most 100 characters."),
        ("label", "Label: Use at most 40 characters."),
        ("email", "An e-mail address has at most 254 characters."),
    ] {
        refused_at_its_field(&world, &page, "set_up_installation", &set_up_form(&token), field, &long, message).await;
    }
    assert_eq!(world.count("SELECT count(*) FROM users").await, 0);

    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    let page = format!("/complete?token={token}");
    for (field, message) in [("last_name", "Last name: Use at most 100 characters."), ("username", "Use at most 32 characters.")] {
        refused_at_its_field(&world, &page, "complete_registration", &registration_form(&token, "Bob"), field, &long, message).await;
    }
    assert_eq!(world.count("SELECT count(*) FROM users").await, 1);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_forged_organization_is_not_found(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for forged in ["nothing", "", "ACME ", "acme'--", "acme\0", "../acme", "%", "acme/members", &"a".repeat(10_000)] {
        for function in ["list_members", "read_overview", "read_invite_page"] {
            let answer = ada.call(function, &[("organization", forged)]).await;
            assert_eq!(answer.status, 404, "{function} {forged:.20?}: {}", answer.excerpt());
            assert_eq!(answer.text(), "\"NotFound\"", "{function} {forged:.20?}");
        }
        let form = [("organization", forged), ("form[emails]", "a@example.org"), ("form[role]", "user")];
        assert_eq!(ada.call("invite_members", &form).await.expect(404).text(), "\"NotFound\"");
        let answer = ada.browser.submit(INVITE, "invite_members", &form).await;
        assert_eq!(answer.status, 404, "{forged:.20?} without scripts: {}", answer.excerpt());
        let page = answer.text();
        let text = html::visible(&page);
        assert!(text.contains("This does not exist, or you have no access to it."), "{forged:.20?} without scripts: {text}");
        assert_eq!(html::text_area(&page, "form[emails]").as_deref(), Some("a@example.org"), "{forged:.20?}: what was typed stays");
    }
    for path in [
        "/organizations/nothing/members",
        "/organizations/acme%00/members",
        "/organizations/%ff/members",
        "/organizations/%2e%2e/members",
        "/organizations/'/members",
        "/organizations//members",
    ] {
        let text = html::visible(&ada.get(path).await.expect(404).text());
        assert!(text.contains("Page not found"), "{path}: {text}");
    }
    assert_eq!(world.count("SELECT count(*) FROM memberships").await, 1);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_form_that_lay_open_too_long_changes_nothing_and_says_what_to_do(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;

    // The session ended meanwhile.
    world.alter("UPDATE sessions SET last_used_at = now() - interval '2 hours'").await;
    let form = [IN_ACME, ("form[emails]", "eve@example.org"), ("form[role]", "user")];
    assert_eq!(ada.call("invite_members", &form).await.expect(401).text(), "\"SignedOut\"");
    let page = ada.browser.submit(INVITE, "invite_members", &form).await.expect(401).text();
    assert!(html::visible(&page).contains("You have been signed out"), "{page}");
    assert_eq!(html::input(&page, "form[emails]").as_deref(), Some("eve@example.org"), "what was typed can be sent again");
    assert_eq!(world.count("SELECT count(*) FROM memberships").await, 2);

    // A new secret belongs to one person and a short time.
    world.alter("UPDATE sessions SET last_used_at = now()").await;
    let mut carol = world.member(&mut ada, "Carol").await;
    let pending = html::input(&carol.get("/account/two-factor").await.expect(200).text(), "form[pending]").unwrap();
    for (pending, what) in [(pending.as_str(), "of somebody else"), ("", "missing"), ("nonsense", "forged"), (&pending[1..], "cut")] {
        let form = [("form[pending]", pending), ("form[code]", "123456")];
        let answer = bob.call("turn_on_two_factor", &form).await.expect(422);
        assert_eq!(answer.json(), serde_json::json!({ "Refused": ["PendingExpired"] }), "{what}");
        let page = bob.browser.submit("/account/two-factor", "turn_on_two_factor", &form).await.expect(422).text();
        let words = TwoFactorRefusal::PendingExpired.to_string();
        assert!(html::visible(&page).contains(&words), "{what}: {words}");
        assert_ne!(html::input(&page, "form[pending]").unwrap_or_default(), "", "{what}: there is a new secret to go on with");
    }
    assert_eq!(world.count("SELECT count(*) FROM two_factors").await, 1);
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

/// A registration in which one field is wrong is refused with a message, with and without scripts; the message stands at the field,
/// which holds what was typed.
async fn refused_at_its_field(
    world: &World,
    page: &str,
    function: &str,
    form: &[(&'static str, &str)],
    field: &str,
    typed: &str,
    message: &str,
) {
    // Names and username belong to the registration, the rest to the form around it.
    let input = if form.iter().any(|(name, _)| *name == format!("form[{field}]")) {
        format!("form[{field}]")
    } else {
        format!("registration[{field}]")
    };
    let mut form: Vec<(&str, &str)> = form.iter().copied().filter(|(name, _)| *name != input).collect();
    form.push((&input, typed));
    if field == "username" {
        form.retain(|(name, _)| *name != "registration[automatic_username]");
    }
    let refused = world.browser().call(function, &form).await.expect(422).json();
    assert_eq!(refused["Refused"].as_array().map(Vec::len), Some(1), "{field}: {refused}");
    let answer = world.browser().submit(page, function, &form).await.expect(422).text();
    let text = html::visible(&answer);
    assert!(text.contains(message), "{field} {typed:.40?}: {text}");
    let marked: Vec<String> = html::elements(&answer, "input")
        .into_iter()
        .filter(|input| input.get("aria-invalid").is_some_and(|invalid| invalid == "true"))
        .map(|input| input["name"].clone())
        .collect();
    assert_eq!(marked, [input.as_str()], "{typed:.40?}");
    // An input has one line: a browser drops line breaks, and NUL is no character of a page.
    let is_line = !typed.contains(['\r', '\n', '\0']);
    assert!(!is_line || html::input(&answer, &input).as_deref() == Some(typed), "{field} {typed:.40?}");
}
