//! Pages are whole without scripts, and forms work without them: what is typed comes back, secrets never.

use sqlx::PgPool;

use crate::support::people::PASSWORD;
use crate::support::{INVITE, MEMBERS, ORGANIZATION, World, html};

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_sign_in_page_is_whole_without_scripts(pool: PgPool) {
    let world = World::new(pool).await;
    let answer = world.browser().get("/sign-in").await.expect(200);
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    let page = answer.text();
    assert!(html::is_complete(&page), "{page}");
    assert!(html::visible(&page).contains("Username or email"));
    assert_eq!(html::input(&page, "_function").as_deref(), Some("/api/sign_in"));
    assert!(html::input(&page, "form[identifier]").is_some() && html::input(&page, "form[password]").is_some());
    let form = html::elements(&page, "form").into_iter().find(|form| form["method"] == "post").unwrap();
    assert_eq!(form["action"], "/sign-in");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_html_of_members_holds_the_rows(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.member(&mut ada, "Bob").await;
    world.invite(&mut ada, "carol@example.org").await;
    let page = ada.get(MEMBERS).await.expect(200).text();
    assert!(html::is_complete(&page));
    let text = html::visible(&page);
    for shown in ["Ada Lovelace", "Bob Example", "bob@example.org", "carol@example.org", "Invited", "Active"] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn what_was_typed_comes_back_with_the_message_and_without_the_password(pool: PgPool) {
    let world = World::new(pool).await;
    let answer = world
        .browser()
        .submit(
            "/sign-in?next=%2Faccount",
            "sign_in",
            &[("form[identifier]", "Ann <x> & \"co\""), ("form[password]", "a canary of a password"), ("form[next]", "/account")],
        )
        .await
        .expect(422);
    assert_eq!(answer.header("location"), None);
    let page = answer.text();
    assert!(html::is_complete(&page));
    assert_eq!(html::input(&page, "form[identifier]").as_deref(), Some("Ann <x> & \"co\""));
    assert_eq!(html::input(&page, "form[password]").as_deref(), Some(""));
    assert_eq!(html::input(&page, "form[next]").as_deref(), Some("/account"));
    assert!(!page.contains("canary"));
    assert!(html::visible(&page).contains("The username, address or password is wrong."));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_message_stands_at_its_field(pool: PgPool) {
    let world = World::new(pool).await;
    let page = world.browser().submit("/sign-in", "sign_in", &[("form[identifier]", ""), ("form[password]", "x")]).await.expect(422).text();
    let field =
        html::elements(&page, "input").into_iter().find(|input| input.get("name").is_some_and(|name| name == "form[identifier]")).unwrap();
    assert_eq!(field.get("aria-invalid").map(String::as_str), Some("true"));
    let described_by = field["aria-describedby"].clone();
    let message = described_by.split(' ').find_map(|id| html::text_from(&page, &format!("id=\"{id}\""))).unwrap();
    assert!(message.contains("Enter your username or e-mail address."), "{message}");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_success_leads_to_an_own_page(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let bob = world.member(&mut ada, "Bob").await;
    let mut browser = world.browser();
    let answer = browser
        .submit(
            "/sign-in?next=%2Faccount",
            "sign_in",
            &[("form[identifier]", &bob.email), ("form[password]", PASSWORD), ("form[next]", "/account")],
        )
        .await
        .expect(303);
    assert_eq!(answer.header("location"), Some("/account"));
    assert!(html::visible(&browser.get("/account").await.expect(200).text()).contains("bob@example.org"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn everything_typed_into_a_long_form_comes_back_without_the_secrets(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "carol@example.org").await;
    let token = world.token_for("carol@example.org").await;
    let address = format!("/complete?token={token}");
    let mut browser = world.browser();
    let typed = [
        ("form[token]", token.as_str()),
        ("registration[first_name]", "Zoë"),
        ("registration[last_name]", ""),
        ("registration[username]", "zoe.typed"),
        ("registration[password]", "short canary"),
    ];
    let answer = browser.submit(&address, "complete_registration", &typed).await.expect(422);
    let page = answer.text();
    assert_eq!(html::input(&page, "registration[first_name]").as_deref(), Some("Zoë"));
    assert_eq!(html::input(&page, "registration[username]").as_deref(), Some("zoe.typed"));
    assert_eq!(html::input(&page, "form[token]").as_deref(), Some(token.as_str()), "the page's own token is still in the form");
    let box_ticked = html::elements(&page, "input")
        .into_iter()
        .find(|input| input.get("name").is_some_and(|name| name == "registration[automatic_username]"))
        .unwrap();
    assert!(!box_ticked.contains_key("checked"), "the box was unticked and stays so");
    assert!(!page.contains("canary"));
    let text = html::visible(&page);
    assert!(text.contains("Last name: Enter a name.") && text.contains("Use at least 15 characters."), "{text}");
    let action = html::elements(&page, "form")
        .into_iter()
        .map(|form| form["action"].clone())
        .find(|action| action.starts_with("/complete"))
        .unwrap();
    assert_eq!(action, address);

    let typed = [
        ("form[token]", token.as_str()),
        ("registration[first_name]", "Zoë"),
        ("registration[last_name]", "Ng"),
        ("registration[username]", "zoe.typed"),
        ("registration[password]", PASSWORD),
    ];
    let answer = browser.submit(&address, "complete_registration", &typed).await.expect(303);
    assert_eq!(answer.header("location"), Some("/organizations/acme"));
    browser.get("/organizations/acme").await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_results_of_inviting_are_shown_once_without_scripts(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let answer = ada
        .browser
        .submit(
            INVITE,
            "invite_members",
            &[("organization", ORGANIZATION), ("form[emails]", "bob@example.org, nonsense, ada@example.org"), ("form[role]", "user")],
        )
        .await
        .expect(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let text = html::visible(&answer.text());
    for shown in ["bob@example.org", "Invited", "nonsense", "Not an address", "Already a member", "1 of 3 invitations are on their way."] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
    let again = html::visible(&ada.get(INVITE).await.expect(200).text());
    assert!(!again.contains("nonsense"), "the results are not kept for the next page");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn recovery_codes_are_shown_once_without_scripts(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.founder().await;
    let page = ada.get("/account/two-factor").await.expect(200).text();
    let pending = html::input(&page, "form[pending]").unwrap();
    let wrong = ada
        .browser
        .submit("/account/two-factor", "turn_on_two_factor", &[("form[pending]", &pending), ("form[code]", "000000")])
        .await
        .expect(422)
        .text();
    assert_eq!(html::input(&wrong, "form[pending]").as_deref(), Some(pending.as_str()), "the scanned secret stays");

    let shown = ada.call("read_own_factor", &[("pending", &pending)]).await.expect(200).json();
    let secret = shown["NotSetUp"]["pending"]["secret"].as_str().unwrap().replace(' ', "");
    assert!(page.contains(shown["NotSetUp"]["pending"]["secret"].as_str().unwrap()), "the secret stands on the page as text");
    ada.secret = Some(data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap());
    let code = ada.code(&world).await;
    let answer = ada
        .browser
        .submit("/account/two-factor", "turn_on_two_factor", &[("form[pending]", &pending), ("form[code]", &code)])
        .await
        .expect(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let page = answer.text();
    assert_eq!(page.matches("class=\"recovery-codes__code\"").count(), 10);
    let first = html::text_from(&page, "class=\"recovery-codes__code\"").unwrap().chars().take(19).collect::<String>();
    assert!(!ada.get("/account/two-factor").await.expect(200).text().contains(&first));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_form_that_is_none_is_refused_with_a_page(pool: PgPool) {
    let world = World::new(pool).await;
    let mut browser = world.browser();
    for function in ["nothing", "../theme", "sign_in?x=1", "%2e%2e", "sign_in/", "http://evil.example/"] {
        let answer = browser.submit("/sign-in", function, &[("form[identifier]", "x")]).await.expect(400);
        assert!(html::visible(&answer.text()).contains("The form could not be read"), "{function}");
    }
    let draft = crate::support::Draft::new("POST", "/sign-in").header("Sec-Fetch-Site", "same-origin").body("application/json", "{}");
    browser.send(draft).await.expect(415);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_form_posted_to_a_page_that_is_not_its_own_answers_without_showing_more(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    let answer = bob.browser.submit(MEMBERS, "sign_in", &[("form[identifier]", "x"), ("form[password]", "y")]).await;
    assert_eq!(answer.status, 403, "the page decides: {}", answer.excerpt());
    assert!(!answer.text().contains("ada@example.org"));
}
