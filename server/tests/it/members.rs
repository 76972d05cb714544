//! The list of people and taking access away, over HTTP.

use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::support::{MEMBERS, ORGANIZATION, World, html};

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn any_part_of_a_name_finds_the_person_without_scripts(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    ada.call("invite_members", &[IN_ACME, ("form[emails]", "zoe@example.org"), ("form[role]", "user")]).await.expect(200);
    let token = world.token_for("zoe@example.org").await;
    world.complete(&token, "zoe@example.org", "Zoë").await;
    world.invite(&mut ada, "carol@example.org").await;
    for (search, found, missed) in [
        ("zo", "Zoë Example", "carol"),
        ("example+zoe", "Zoë Example", "carol"),
        ("CAROL", "carol@example.org", "Zoë"),
        ("ovel+ada", "Ada Lovelace", "carol@"),
    ] {
        let page = ada.get(&format!("{MEMBERS}?search={search}")).await.expect(200).text();
        let text = html::visible(&page[page.find("<main").unwrap()..]);
        assert!(text.contains(found) && !text.contains(missed), "{search}: {text}");
        assert_eq!(html::input(&page, "search").unwrap(), search.replace('+', " "));
    }
    let text = html::visible(&ada.get(&format!("{MEMBERS}?search=nobody+here")).await.expect(200).text());
    assert!(text.contains("Nobody found"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn pages_follow_each_other_without_scripts(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let emails: String = (0..60).map(|number| format!("p{number:02}@example.org ")).collect();
    ada.call("invite_members", &[IN_ACME, ("form[emails]", &emails), ("form[role]", "user")]).await.expect(200);
    let mut address = format!("{MEMBERS}?size=25");
    let mut seen = Vec::new();
    for _ in 0..3 {
        let page = ada.get(&address).await.expect(200).text();
        let main = &page[page.find("<main").unwrap()..];
        let text = html::visible(main);
        seen.extend((0..60).map(|number| format!("p{number:02}@example.org")).filter(|email| text.contains(email.as_str())));
        assert!(text.contains("61 people"));
        let next = html::elements(main, "a").into_iter().find(|link| link.get("href").is_some_and(|href| href.contains("after=")));
        match next {
            Some(link) => address.clone_from(&link["href"]),
            None => break,
        }
    }
    assert_eq!(seen.len(), 60, "each once: {seen:?}");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 60);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn deactivating_asks_first_and_answers_with_a_receipt_without_scripts(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    bob.get("/organizations/acme").await.expect(200);
    let member = world.membership("bob@example.org").await;
    let page = format!("{MEMBERS}/{member}/deactivate");
    let asked = ada.get(&page).await.expect(200).text();
    assert!(html::visible(&asked).contains("Deactivate Bob Example?"));
    assert_eq!(html::input(&asked, "form[member]").as_deref(), Some(member.as_str()));
    assert_eq!(html::input(&asked, "organization").as_deref(), Some("acme"));

    let answer = ada.browser.submit(&page, "deactivate_member", &[IN_ACME, ("form[member]", &member)]).await.expect(200);
    let text = html::visible(&answer.text());
    assert!(text.contains("Bob Example is deactivated") && text.contains("1 open session lost this organization"), "{text}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    bob.get("/organizations/acme").await.expect(404);

    // Reloading, or a second click, says how it stands.
    let again = ada.browser.submit(&page, "deactivate_member", &[IN_ACME, ("form[member]", &member)]).await.expect(422);
    assert!(html::visible(&again.text()).contains("is not active"), "{}", again.excerpt());
    world.mail_is_out().await;
    assert_eq!(
        world.count("SELECT count(*) FROM development_mailbox WHERE recipient = 'bob@example.org' AND subject ILIKE '%access%'").await,
        1
    );
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_last_administrator_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let member = world.membership("ada@example.org").await;
    ada.call("deactivate_member", &[IN_ACME, ("form[member]", &member)]).await.expect(422);
    let answer = ada.browser.submit("/organizations/acme/leave", "leave_organization", &[IN_ACME]).await.expect(422);
    assert!(html::visible(&answer.text()).contains("only administrator"));
    ada.get(MEMBERS).await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn two_administrators_who_remove_each_other_leave_one(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    ada.call("invite_members", &[IN_ACME, ("form[emails]", "grace@example.org"), ("form[role]", "administrator")]).await.expect(200);
    let token = world.token_for("grace@example.org").await;
    let mut grace = world.complete(&token, "grace@example.org", "Grace").await;
    grace.set_up_second_factor(&world).await;
    let (of_ada, of_grace) = (world.membership("ada@example.org").await, world.membership("grace@example.org").await);
    for round in 0..15 {
        let mut acting = JoinSet::new();
        for (person, victim) in [(&ada, &of_grace), (&grace, &of_ada)] {
            let (mut person, victim) = (person.clone(), victim.clone());
            let leaves = round % 3 == 2;
            acting.spawn(async move {
                if leaves {
                    person.call("leave_organization", &[IN_ACME]).await.status
                } else {
                    person.call("deactivate_member", &[IN_ACME, ("form[member]", &victim)]).await.status
                }
            });
        }
        let statuses = acting.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert_eq!(
            world
                .count(
                    "SELECT count(*) FROM memberships WHERE role = 'administrator' AND activated_at IS NOT NULL AND deactivated_at IS NULL"
                )
                .await,
            1
        );
        world.alter("UPDATE memberships SET deactivated_at = NULL").await;
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_user_is_told_whom_to_ask_and_can_ask_there(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    let page = bob.get(MEMBERS).await.expect(403).text();
    assert!(html::visible(&page).to_lowercase().contains("administrator"));
    assert!(!page.contains("ada@example.org"));
    let answer = bob.browser.submit(MEMBERS, "message_administrators", &[IN_ACME, ("form[message]", "Please let me in")]).await;
    assert!(html::visible(&answer.text()).contains("Your message is on its way"), "{}", answer.excerpt());
    world.mail_is_out().await;
    assert_eq!(
        world
            .count("SELECT count(*) FROM development_mailbox WHERE recipient = 'ada@example.org' AND plain LIKE '%Please let me in%'")
            .await,
        1
    );
}
