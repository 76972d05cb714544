//! What people type is text wherever it is shown: never markup, never script (S-68).

use sqlx::PgPool;

use crate::support::client::encoded;
use crate::support::{Draft, INVITE, MEMBERS, ORGANIZATION, Person, World, html, registration_form, set_up_form};

/// Each breaks out of another place.
const CANARIES: &[&str] = &[
    "</script><svg onload=alert(1)>",
    "</textarea><svg onload=alert(2)>",
    "</title><svg onload=alert(3)>",
    "\"><svg onload=alert(4)>",
    "'><svg onload=alert(5)>",
    "<!--<script><svg onload=alert(6)>",
    "]]><svg onload=alert(7)>",
    "\u{2028}\u{2029}<svg onload=alert(8)>",
    "&lt;svg onload=alert(9)&gt;",
    "{{7*7}}${7*7}<svg/onload=alert(10)>",
    "\" onfocus=alert(11) autofocus=\"",
    "\\\"}]);alert(12);//",
    "javascript:alert(13)",
];

/// Fails the test when something on the page is more than text.
#[track_caller]
fn check(page: &str, what: &str) {
    let page = &html::without_raw_text(page);
    for raw in ["<svg onload", "<svg/onload", "</textarea><svg", "<!--<script"] {
        assert!(!page.contains(raw), "{what}: {raw} in {}", around(page, raw));
    }
    // A canary that ends a script would leave more ends than beginnings.
    assert_eq!(page.matches("<script").count(), page.matches("</script>").count(), "{what}");
    for (position, _) in page.match_indices("<script") {
        let script = &page[position..position + page[position..].find("</script>").unwrap()];
        let code = &script[script.find('>').unwrap() + 1..];
        assert!(!code.contains('<'), "{what}: {code}");
        assert!(!code.contains(['\u{2028}', '\u{2029}']), "{what}: {code}");
        assert!(!code.contains("\\\\\"}]);alert(12)") || code.contains("\\\\\\\"}]);alert(12)"), "{what}: {code}");
    }
    for element in ["input", "a", "form", "button", "textarea", "option", "h1"] {
        for attributes in html::elements(page, element) {
            assert!(attributes.keys().all(|name| !name.starts_with("on") && name != "autofocus"), "{what}: {attributes:?}");
            for name in ["href", "action", "src"] {
                assert!(!attributes.get(name).is_some_and(|value| value.trim_start().starts_with("javascript:")), "{what}: {attributes:?}");
            }
        }
    }
}

fn around(page: &str, raw: &str) -> String {
    let position = page.find(raw).unwrap_or(0);
    page.chars().skip(page[..position].chars().count().saturating_sub(100)).take(300).collect()
}

/// An organization whose name is a canary.
async fn founder(world: &World) -> Person {
    let token = world.set_up_token().await;
    let mut form = set_up_form(&token);
    for (name, value) in &mut form {
        match *name {
            "registration[first_name]" => *value = "Ada</script><svg onload=alert(1)>",
            "registration[last_name]" => *value = "\"><svg onload=alert(4)>",
            "form[organization_name]" => *value = "</script><svg onload=alert(1)> \"Acme\"",
            "form[label]" => *value = "<svg onload=alert(1)>",
            _ => {}
        }
    }
    let mut browser = world.browser();
    browser.call("set_up_installation", &form).await.expect(200);
    let mut ada = Person::new(browser, "ada@example.org");
    ada.set_up_second_factor(world).await;
    ada
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn names_are_text_on_every_page(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = founder(&world).await;
    let slug: String = sqlx::query_scalar("SELECT slug FROM organizations").fetch_one(&world.owner).await.unwrap();
    assert!(slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{slug}");
    let own = |page: &str| page.replace(ORGANIZATION, &slug);

    let invited: String = CANARIES
        .iter()
        .enumerate()
        .map(|(number, canary)| format!("\"{}\" <p{number}@example.org>\n", canary.replace('"', "\\\"")))
        .collect();
    let answer = ada
        .browser
        .submit(&own(INVITE), "invite_members", &[("organization", &slug), ("form[emails]", &invited), ("form[role]", "user")])
        .await
        .expect(200);
    check(&answer.text(), "the results of inviting");
    world.mail_is_out().await;
    let token = world.token_for("p0@example.org").await;
    let page = world.browser().get(&format!("/complete?token={token}")).await.expect(200).text();
    check(&page, "the page of a link");
    assert!(html::visible(&page).contains("</script><svg onload=alert(1)> \"Acme\""), "shown as it is");
    let mut bob = world.browser();
    bob.call("complete_registration", &registration_form(&token, "Bob</textarea><svg onload=alert(2)>")).await.expect(200);
    let member: uuid::Uuid =
        sqlx::query_scalar("SELECT memberships.id FROM memberships JOIN users ON users.id = user_id WHERE users.email = 'p0@example.org'")
            .fetch_one(&world.owner)
            .await
            .unwrap();
    let waiting: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM memberships WHERE email = 'p1@example.org'").fetch_one(&world.owner).await.unwrap();

    for page in ["/", "/account", "/account/two-factor", "/organizations/acme", "/organizations/acme/leave", MEMBERS, INVITE] {
        let page = own(page);
        check(&ada.get(&page).await.expect(200).text(), &page);
    }
    for page in [format!("{}/{member}/deactivate", own(MEMBERS)), format!("{}/{waiting}/cancel-invitation", own(MEMBERS))] {
        check(&ada.get(&page).await.expect(200).text(), &page);
    }
    check(&bob.get(&own(MEMBERS)).await.expect(403).text(), "forbidden");
    let answer = ada
        .browser
        .submit(
            &format!("{}/{member}/deactivate", own(MEMBERS)),
            "deactivate_member",
            &[("organization", &slug), ("form[member]", &member.to_string())],
        )
        .await
        .expect(200);
    check(&answer.text(), "the receipt");
    check(&bob.get("/").await.expect(200).text(), "home of somebody whose access has ended");
    for page in ["/dev/mailbox", "/dev/mailbox?recipient=%22%3E%3Csvg%20onload%3Dalert(1)%3E"] {
        check(&world.browser().get(page).await.expect(200).text(), page);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn mails_hold_names_as_text(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = founder(&world).await;
    let slug: String = sqlx::query_scalar("SELECT slug FROM organizations").fetch_one(&world.owner).await.unwrap();
    ada.call("invite_members", &[("organization", &slug), ("form[emails]", "bob@example.org"), ("form[role]", "user")]).await.expect(200);
    let token = world.token_for("bob@example.org").await;
    let mut bob = world.complete(&token, "bob@example.org", "Bob<svg onload=alert(1)>").await;
    for canary in CANARIES.iter().take(4) {
        bob.call("message_administrators", &[("organization", &slug), ("form[message]", canary)]).await.expect(200);
    }
    world.mail_is_out().await;
    let mails: Vec<(uuid::Uuid, String, String)> =
        sqlx::query_as("SELECT id, subject, html FROM development_mailbox").fetch_all(&world.owner).await.unwrap();
    assert!(mails.len() >= 5);
    for (id, subject, body) in mails {
        assert!(!subject.contains(char::is_control), "{subject}");
        assert!(!body.contains("<svg") && !body.contains("<script"), "{body}");
        let shown = world.browser().get(&format!("/dev/mailbox/{id}")).await.expect(200).text();
        check(&shown, "a mail in the mailbox");
        assert_eq!(world.browser().get(&format!("/dev/mailbox/{id}/message")).await.expect(200).text(), body);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn what_comes_back_with_a_refused_form_is_text(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    world.invite(&mut ada, "carol@example.org").await;
    let token = world.token_for("carol@example.org").await;
    for canary in CANARIES {
        let mut stranger = world.browser();
        let page = stranger
            .submit("/sign-in", "sign_in", &[("form[identifier]", canary), ("form[password]", "x"), ("form[next]", canary)])
            .await
            .expect(422)
            .text();
        check(&page, canary);
        assert_eq!(html::input(&page, "form[identifier]").as_deref(), Some(*canary));

        let page = ada
            .browser
            .submit(INVITE, "invite_members", &[("organization", ORGANIZATION), ("form[emails]", canary), ("form[role]", canary)])
            .await
            .expect(422)
            .text();
        check(&page, canary);
        assert_eq!(html::text_area(&page, "form[emails]").as_deref(), Some(*canary));

        let long = format!("{canary}{}", "x".repeat(20_000));
        let page = bob
            .browser
            .submit("/organizations/acme", "message_administrators", &[("organization", ORGANIZATION), ("form[message]", &long)])
            .await
            .expect(422)
            .text();
        check(&page, canary);
        assert_eq!(html::text_area(&page, "form[message]").map(|text| text.len()), Some(long.len()), "{canary}");

        let mut form = registration_form(&token, canary);
        form.push(("registration[username]", canary));
        form[2].1 = canary;
        form[4].1 = "short";
        let page = stranger.submit(&format!("/complete?token={token}"), "complete_registration", &form).await.expect(422).text();
        check(&page, canary);
        assert_eq!(html::input(&page, "registration[first_name]").as_deref(), Some(*canary));
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn what_stands_in_an_address_is_text(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for canary in CANARIES {
        let page =
            ada.get(&format!("{MEMBERS}?{}", encoded(&[("search", canary), ("size", canary), ("after", canary)]))).await.expect(200).text();
        check(&page, canary);
        assert_eq!(html::input(&page, "search").as_deref(), Some(*canary));
        let segment: String = encoded(&[("", canary)]).trim_start_matches('=').replace('+', "%20");
        for page in [
            format!("/organizations/{segment}/members"),
            format!("/help/{segment}"),
            format!("/{segment}"),
            format!("/organizations/acme/members/{segment}/deactivate"),
            format!("/applications/{segment}/open"),
            format!("/dev/mailbox/{segment}"),
        ] {
            check(&ada.get(&page).await.expect(404).text(), &page);
        }
        for name in ["token", "next", "recipient", canary] {
            for page in ["/sign-in", "/complete", "/set-up", "/two-factor", "/dev/mailbox", "/account/two-factor"] {
                let page = format!("{page}?{}", encoded(&[(name, canary)]));
                check(&world.browser().get(&page).await.text(), &page);
                check(&ada.get(&page).await.text(), &page);
            }
        }
        let draft = Draft::submission(&format!("/sign-in?{}", encoded(&[("next", canary)])), "sign_in", &[("form[identifier]", "x")]);
        check(&world.browser().send(draft).await.text(), canary);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn what_comes_back_with_a_refused_set_up_is_text(pool: PgPool) {
    const TYPED: [&str; 5] =
        ["registration[first_name]", "registration[last_name]", "form[email]", "form[organization_name]", "form[label]"];
    let world = World::new(pool).await;
    let token = world.set_up_token().await;
    for canary in CANARIES {
        let mut form = set_up_form(&token);
        for (name, value) in &mut form {
            if TYPED.contains(name) {
                *value = canary;
            }
        }
        let page = world.browser().submit(&format!("/set-up?token={token}"), "set_up_installation", &form).await.expect(422).text();
        check(&page, canary);
        for name in TYPED {
            assert_eq!(html::input(&page, name).as_deref(), Some(*canary), "{name}");
        }
    }
    assert_eq!(world.count("SELECT count(*) FROM users").await, 0);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn names_are_text_on_the_page_of_a_link_that_was_used(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = founder(&world).await;
    let slug: String = sqlx::query_scalar("SELECT slug FROM organizations").fetch_one(&world.owner).await.unwrap();
    ada.call("invite_members", &[("organization", &slug), ("form[emails]", "bob@example.org"), ("form[role]", "user")]).await.expect(200);
    let token = world.token_for("bob@example.org").await;
    let mut bob = world.complete(&token, "bob@example.org", "Bob<svg onload=alert(1)>").await;
    let page = bob.get(&format!("/complete?token={token}")).await.expect(200).text();
    check(&page, "the page of a used link");
    assert!(html::visible(&page).contains("You belong to </script><svg onload=alert(1)> \"Acme\" already."), "shown as it is");
    check(&world.browser().get(&format!("/complete?token={token}")).await.expect(200).text(), "the same for a stranger");
}
