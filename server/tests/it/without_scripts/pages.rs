//! Pages and what leads to them.

use sqlx::PgPool;

use crate::support::{INVITE, MEMBERS, ORGANIZATION, World, html};

const GUIDES: [&str; 4] = ["/help/signing-in", "/help/two-factor", "/help/managing-people", "/help/permissions"];

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_guides_are_linked_from_the_help_page_and_from_every_footer(pool: PgPool) {
    let world = World::new(pool).await;
    let mut stranger = world.browser();
    let help = stranger.get("/help").await.expect(200).text();
    for address in GUIDES {
        assert!(is_linked(between(&help, "<main", "</main>"), address), "{address}");
        let guide = stranger.get(address).await.expect(200).text();
        assert!(html::is_complete(&guide), "{address}");
        let footer = between(&guide, "<footer", "</footer>");
        assert!(is_linked(footer, "/help"), "{address}");
        for other in GUIDES {
            assert!(is_linked(footer, other), "{other} from {address}");
        }
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_address_that_does_not_exist_says_so(pool: PgPool) {
    let world = World::new(pool).await;
    for address in ["/help/nothing", "/nothing/at/all"] {
        let text = html::visible(&world.browser().get(address).await.expect(404).text());
        assert!(text.contains("Page not found"), "{address}: {text}");
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn every_page_says_that_mail_is_not_sent(pool: PgPool) {
    let world = World::new(pool).await;
    for address in ["/sign-in", "/help", "/nothing"] {
        let text = html::visible(&world.browser().get(address).await.text());
        assert!(text.contains("mail is not sent"), "{address}: {text}");
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn whoever_is_not_signed_in_is_led_to_sign_in(pool: PgPool) {
    let world = World::new(pool).await;
    world.administrator().await;
    for (address, next) in [
        ("/", "%2F"),
        ("/account", "%2Faccount"),
        (MEMBERS, "%2Forganizations%2Facme%2Fmembers"),
        ("/organizations/nobody-knows-it", "%2Forganizations%2Fnobody-knows-it"),
    ] {
        let answer = world.browser().get(address).await.expect(303);
        assert_eq!(answer.header("location"), Some(format!("/sign-in?next={next}").as_str()));
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn only_administrators_are_offered_the_admin_menu(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    let offers =
        |page: &str| html::elements(page, "button").iter().any(|button| button.get("aria-label").is_some_and(|label| label == "Admin"));
    assert!(offers(&ada.get("/organizations/acme").await.expect(200).text()));
    assert!(!offers(&bob.get("/organizations/acme").await.expect(200).text()));
    for page in [MEMBERS, INVITE] {
        let forbidden = bob.get(page).await.expect(403).text();
        assert!(html::visible(&forbidden).contains("You may not open this page") && !offers(&forbidden), "{forbidden}");
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn once_somebody_no_longer_belongs_every_address_reads_like_one_that_does_not_exist(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.member(&mut ada, "Carol").await;
    world.invite(&mut ada, "dora@example.org").await;
    let [carol, dora] = [world.membership("carol@example.org").await, world.membership("dora@example.org").await];
    ada.call("invite_members", &[("organization", ORGANIZATION), ("form[emails]", "grace@example.org"), ("form[role]", "administrator")])
        .await
        .expect(200);
    let token = world.token_for("grace@example.org").await;
    let mut grace = world.complete(&token, "grace@example.org", "Grace").await;
    grace.set_up_second_factor(&world).await;
    let mut bob = world.member(&mut ada, "Bob").await;
    grace.get(MEMBERS).await.expect(200);
    for email in ["bob@example.org", "grace@example.org"] {
        let member = world.membership(email).await;
        ada.call("deactivate_member", &[("organization", ORGANIZATION), ("form[member]", &member)]).await.expect(200);
    }

    let pages = ["", "/members", "/members/invite", "/leave", "/nothing"].map(str::to_owned);
    let questions = [format!("/members/{carol}/deactivate"), format!("/members/{dora}/cancel-invitation")];
    for page in pages.iter().chain(&questions) {
        for person in [&mut bob, &mut grace] {
            let here = person.get(&format!("/organizations/acme{page}")).await.expect(404).text();
            let nowhere = person.get(&format!("/organizations/nobody-knows-it{page}")).await.expect(404).text();
            let [here, nowhere] = [here, nowhere].map(|page| html::visible(between(&page, "<main", "</main>")));
            assert!(here.contains("Page not found"), "{page}: {here}");
            assert_eq!(here, nowhere, "{page}");
        }
    }
    let home = html::visible(&bob.get("/").await.expect(200).text());
    assert!(home.contains("Your access to Acme has ended"), "{home}");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_message_that_is_too_long_stays_where_it_was_typed(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    for (typed, words) in
        [("Please read this. ".repeat(1_000), "Use at most"), (String::new(), "Write what the administrators should know.")]
    {
        let form = [("organization", ORGANIZATION), ("form[message]", typed.as_str())];
        let page = bob.browser.submit("/organizations/acme", "message_administrators", &form).await.expect(422).text();
        assert!(html::visible(&page).contains(words), "{words}");
        assert_eq!(html::text_area(&page, "form[message]"), Some(typed));
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_search_that_finds_nobody_leads_back_to_everybody(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let page = ada.get(&format!("{MEMBERS}?search=xyzzy")).await.expect(200).text();
    let main = between(&page, "<main", "</main>");
    assert!(html::visible(main).contains("Nobody found") && html::visible(main).contains("Show everybody"));
    assert!(is_linked(main, MEMBERS));
}

fn is_linked(part: &str, address: &str) -> bool {
    html::elements(part, "a").iter().any(|link| link.get("href").is_some_and(|href| href == address))
}

/// What stands between two marks, the first included.
fn between<'page>(page: &'page str, start: &str, end: &str) -> &'page str {
    let rest = &page[page.find(start).unwrap_or_else(|| panic!("no {start} in {page}"))..];
    &rest[..rest.find(end).unwrap_or(rest.len())]
}
