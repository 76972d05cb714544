//! What pages say to the browser's side, and what they leave out.

use std::collections::BTreeMap;

use app::ui::words::{
    ACTION, ACTIONS, ASK, ASK_TITLE, CALLED_PLACE, CLOSE, FOLLOW, ISLAND, LIVE, MEMBER_PLACE, PAGE, PERSON, PROPS, QUESTION, RELEASE, ROW,
    ROW_MENU,
};
use sqlx::PgPool;

use crate::support::{INVITE, MEMBERS, ORGANIZATION, World, html};

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);
/// The most that a row of the list may take, so that a hundred of them are read at once.
const MOST_BYTES_OF_A_ROW: usize = 900;

/// The attributes of the first element of this name.
fn first(page: &str, element: &str) -> BTreeMap<String, String> {
    html::elements(page, element).into_iter().next().unwrap_or_else(|| panic!("no {element} in {page}"))
}

/// The attributes of every element that carries this word.
fn carrying(page: &str, element: &str, word: &str) -> Vec<BTreeMap<String, String>> {
    html::elements(page, element).into_iter().filter(|attributes| attributes.contains_key(word)).collect()
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_page_says_which_release_wrote_it_and_whether_somebody_else_looks(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    let marks = |page: String| (first(&page, "html")[RELEASE].clone(), first(&page, "header")[PERSON].clone());
    let (release, of_ada) = marks(ada.get("/").await.expect(200).text());
    assert!(of_ada.len() >= 32, "{of_ada}");
    assert_eq!((release.clone(), of_ada.clone()), marks(ada.get(MEMBERS).await.expect(200).text()));
    let (same_release, of_bob) = marks(bob.get("/").await.expect(200).text());
    assert_eq!(release, same_release);
    assert_ne!(of_ada, of_bob);
    let user: String =
        sqlx::query_scalar("SELECT id::text FROM users WHERE email = 'ada@example.org'").fetch_one(&world.owner).await.unwrap();
    assert!(!of_ada.contains(&user.replace('-', "")), "the mark doesn't hold the person's id");
    assert_eq!(marks(world.browser().get("/help").await.expect(200).text()).1, "");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn pages_of_the_application_say_that_they_are_and_which_must_not_be_kept(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.founder().await;
    for (page, value) in [("/account", ""), ("/help", ""), ("/account/two-factor", "once"), ("/no-such-page", "")] {
        let text = ada.get(page).await.text();
        assert_eq!(first(&text, "main").get(PAGE).map(String::as_str), Some(value), "{page}");
        assert_eq!(text.matches("id=\"main\"").count(), 1, "{page}");
        let announced = html::elements(&text, "p").into_iter().find(|part| part.get("id").is_some_and(|id| id == "announcements"));
        assert_eq!(announced.unwrap()["role"], "status", "{page}");
    }
    let plain = world.browser().submit("/sign-in", "nothing", &[]).await.expect(400).text();
    assert!(!plain.contains(PAGE), "{plain}");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_page_holds_its_markup_and_nothing_of_what_made_it(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let page = ada.get(MEMBERS).await.expect(200).text();
    assert_eq!(page.matches("<!").count(), 1, "besides the doctype no mark, and no comment: {page}");
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert!(page.ends_with("</html>"), "{page}");
    assert_eq!(page.matches("Ada Lovelace").count(), 2, "once in the row, once in the profile menu: {page}");
    let sign_in = world.browser().get("/sign-in").await.expect(200).text();
    assert!(!sign_in.contains("<script") && !sign_in.contains(".wasm"), "{sign_in}");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_row_is_short_and_names_what_can_be_done_with_it(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.member(&mut ada, "Bartholomew").await;
    world.invite(&mut ada, "carol.of.somewhere@example.org").await;
    let page = ada.get(MEMBERS).await.expect(200).text();
    let rows: Vec<&str> = page.split("<tr").skip(2).map(|row| &row[..row.find("</tr>").unwrap()]).collect();
    assert_eq!(rows.len(), 3);
    for row in &rows {
        let bytes = "<tr".len() + row.len() + "</tr>".len();
        assert!(bytes <= MOST_BYTES_OF_A_ROW, "{bytes}: <tr{row}");
    }

    let menu = "row-menu";
    assert_eq!(page.matches(&format!("id=\"{menu}\"")).count(), 1, "one menu for all rows");
    let form = &carrying(&page, "form", ROW_MENU)[0];
    assert_eq!(form[ROW_MENU], menu);
    let kinds: Vec<String> =
        ["a", "form"].iter().flat_map(|element| carrying(&page, element, ACTION)).map(|item| item[ACTION].clone()).collect();
    for (name, actions) in [("Bartholomew", "deactivate"), ("carol", "send-again cancel-invitation")] {
        let row = rows.iter().find(|row| row.contains(name)).unwrap();
        let button = &carrying(row, "button", ACTIONS)[0];
        assert_eq!(button[ACTIONS], actions);
        assert!(actions.split(' ').all(|action| kinds.iter().any(|kind| kind == action)), "{kinds:?}");
        let id = attribute_of_row(row);
        assert_eq!(button["formaction"], format!("members/{id}/actions"), "beside the address of the list");
        assert_eq!(button["form"], form["id"]);
    }
    // Nothing can be done with one's own.
    let own = rows.iter().find(|row| row.contains("Ada")).unwrap();
    assert!(carrying(own, "button", ACTIONS).is_empty());
    let questions = carrying(&page, "a", ASK);
    assert_eq!(questions.len(), 2, "cancelling and deactivating ask first");
    for question in questions {
        assert!(question["href"].contains(MEMBER_PLACE) && question[ASK_TITLE].contains(CALLED_PLACE), "{question:?}");
    }
}

fn attribute_of_row(row: &str) -> String {
    first(&format!("<tr{row}"), "tr")[ROW].clone()
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_page_of_actions_offers_what_the_row_names(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.member(&mut ada, "Bob").await;
    world.invite(&mut ada, "carol@example.org").await;
    let [bob, carol] = [world.membership("bob@example.org").await, world.membership("carol@example.org").await];

    let page = ada.get(&format!("{MEMBERS}/{bob}/actions?next=%2Forganizations%2Facme%2Fmembers%3Fsearch%3Dbob")).await.expect(200).text();
    assert!(html::visible(&page).contains("Actions for Bob Example"));
    let question = format!("{MEMBERS}/{bob}/deactivate?next=%2Forganizations%2Facme%2Fmembers%3Fsearch%3Dbob");
    let links: Vec<String> = html::elements(&page, "a").into_iter().filter_map(|link| link.get("href").cloned()).collect();
    assert!(links.contains(&question) && links.contains(&format!("{MEMBERS}?search=bob")), "{links:?}");

    let page = ada.get(&format!("{MEMBERS}/{carol}/actions")).await.expect(200).text();
    let form = html::forms(&page).into_iter().find(|form| form.function == "send_invitation_again").unwrap();
    assert_eq!(form.address, MEMBERS, "the list tells how it ended");
    let sent: Vec<(&str, &str)> = form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(sent, [IN_ACME, ("form[member]", carol.as_str())]);
    let answer = ada.browser.submit(&form.address, &form.function, &sent).await.expect(200);
    let text = html::visible(&answer.text());
    assert!(text.contains("Invitation sent again") && text.contains("Ada Lovelace"), "{}", answer.excerpt());
    assert!(answer.text().contains(&format!("<tr data-row=\"{carol}\" class=\"table__row--flash\"")));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_parts_that_follow_a_search_stand_on_every_list(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for address in [MEMBERS.to_owned(), format!("{MEMBERS}?search=nobody")] {
        let page = ada.get(&address).await.expect(200).text();
        assert_eq!(carrying(&page, "form", FOLLOW).len(), 1, "{address}");
        let parts: Vec<String> =
            ["p", "div"].iter().flat_map(|element| carrying(&page, element, LIVE)).map(|part| part[LIVE].clone()).collect();
        assert_eq!(parts, ["count", "notices", "list", "pager"], "{address}");
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_question_and_its_receipt_are_parts_of_their_own(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.member(&mut ada, "Bob").await;
    world.invite(&mut ada, "carol@example.org").await;
    let [bob, carol] = [world.membership("bob@example.org").await, world.membership("carol@example.org").await];
    let deactivate = format!("{MEMBERS}/{bob}/deactivate");
    for (address, words) in
        [(deactivate.clone(), "Deactivate Bob Example?"), (format!("{MEMBERS}/{carol}/cancel-invitation"), "Cancel the invitation of")]
    {
        let page = ada.get(&address).await.expect(200).text();
        let part = question_of(&page, "section");
        assert!(html::visible(part).contains(words) && part.contains("<h1") && part.contains("<form"), "{address}: {part}");
        assert_eq!(carrying(part, "a", CLOSE).len(), 1, "{address}");
    }
    let receipt = ada.browser.submit(&deactivate, "deactivate_member", &[IN_ACME, ("form[member]", &bob)]).await.expect(200).text();
    let part = question_of(&receipt, "div");
    assert!(part.contains("<h1") && html::visible(part).contains("Bob Example is deactivated"), "{part}");
    let refused = ada.browser.submit(&deactivate, "deactivate_member", &[IN_ACME, ("form[member]", &bob)]).await.expect(422).text();
    assert!(html::visible(question_of(&refused, "section")).contains("is not active"));
}

/// The page from its question on.
fn question_of<'page>(page: &'page str, element: &str) -> &'page str {
    assert_eq!(carrying(page, element, QUESTION).len(), 1, "{page}");
    let position = page.find(QUESTION).unwrap();
    &page[page[..position].rfind('<').unwrap()..page.find("</main>").unwrap()]
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_refusal_says_so_in_the_title_and_has_the_focus(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let page = ada.get(INVITE).await.expect(200).text();
    assert!(page.contains("<title>Invite users · Acme · Nexus</title>"), "{page}");
    let refused = ada.browser.submit(INVITE, "invite_members", &[IN_ACME, ("form[emails]", ""), ("form[role]", "user")]).await;
    let page = refused.expect(422).text();
    assert!(page.contains("<title>Error: Invite users · Acme · Nexus</title>"), "{page}");
    let summary = carrying(&page, "div", "autofocus");
    assert_eq!(summary.len(), 1, "{page}");
    assert_eq!((summary[0]["role"].as_str(), summary[0]["tabindex"].as_str()), ("alert", "-1"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn islands_are_empty_places_that_name_inputs_of_the_page(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "carol@example.org").await;
    let token = world.token_for("carol@example.org").await;
    let page = world.browser().get(&format!("/complete?token={token}")).await.expect(200).text();
    let islands = carrying(&page, "span", ISLAND);
    let names: Vec<&str> = islands.iter().map(|island| island[ISLAND].as_str()).collect();
    assert_eq!(names, ["username-offers", "password-meter"]);
    let ids: Vec<String> = html::elements(&page, "input").into_iter().filter_map(|input| input.get("id").cloned()).collect();
    for island in &islands {
        let props: BTreeMap<String, String> = serde_json::from_str(&island[PROPS]).unwrap();
        assert_eq!(props["token"], token);
        for (name, id) in props.iter().filter(|(name, _)| *name != "token") {
            assert!(ids.contains(id), "{name}: {id} in {ids:?}");
        }
    }
}
