//! Inviting, and what the invited person answers.

use sqlx::PgPool;

use crate::support::people::PASSWORD;
use crate::support::{INVITE, MEMBERS, ORGANIZATION, World, html};

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_chosen_role_stays_when_an_invitation_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    assert_eq!(chosen_role(&ada.get(INVITE).await.expect(200).text()), "user", "nobody becomes Administrator by default");
    let form = [IN_ACME, ("form[emails]", ""), ("form[role]", "administrator")];
    let page = ada.browser.submit(INVITE, "invite_members", &form).await.expect(422).text();
    assert!(html::visible(&page).contains("Enter at least one e-mail address"));
    assert_eq!(chosen_role(&page), "administrator");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn giving_something_sensitive_asks_for_password_and_code_once_the_last_proof_is_old(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.alter("UPDATE sessions SET proved_at = now() - interval '6 minutes'").await;
    assert_eq!(html::input(&ada.get(INVITE).await.expect(200).text(), "proof[password]"), None, "not asked before it is needed");

    let mut form = vec![IN_ACME, ("form[emails]", "grace@example.org"), ("form[role]", "administrator")];
    let page = ada.browser.submit(INVITE, "invite_members", &form).await.expect(422).text();
    assert!(html::visible(&page).contains("Enter your password."));
    assert_eq!(html::input(&page, "proof[password]").as_deref(), Some(""));
    assert_eq!(html::input(&page, "proof[code]").as_deref(), Some(""));
    assert_eq!(html::text_area(&page, "form[emails]").as_deref(), Some("grace@example.org"));
    assert_eq!(chosen_role(&page), "administrator");
    assert_eq!(world.count("SELECT count(*) FROM memberships").await, 1, "nobody is invited yet");

    let code = ada.code(&world).await;
    form.extend([("proof[password]", PASSWORD), ("proof[code]", code.as_str())]);
    let page = ada.browser.submit(INVITE, "invite_members", &form).await.expect(200).text();
    assert!(html::visible(&page).contains("1 invitation is on its way."), "{page}");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_expired_invitation_reads_so_until_it_is_sent_again(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    world.alter("UPDATE links SET expires_at = now() - interval '1 second'; UPDATE memberships SET link_expires_at = now() - interval '1 second' WHERE user_id IS NULL").await;
    let found = format!("{MEMBERS}?search=bob");
    assert!(html::visible(&ada.get(&found).await.expect(200).text()).contains("Invitation expired"));

    let member = world.membership("bob@example.org").await;
    let form = [IN_ACME, ("form[member]", member.as_str())];
    let answer = ada.browser.submit(&found, "send_invitation_again", &form).await;
    let location = answer.header("location").map(str::to_owned);
    let page = if let Some(location) = location { ada.get(&location).await } else { answer };
    let text = html::visible(&page.expect(200).text());
    assert!(text.contains("Invitation sent again") && text.contains("Invited") && !text.contains("Invitation expired"), "{text}");
    let fresh = world.token_for("bob@example.org").await;
    world.complete(&fresh, "bob@example.org", "Bob").await;
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn whoever_has_an_account_may_decline_and_the_link_says_so(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    world.remove_from_acme(&bob).await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    let page = format!("/complete?token={token}");
    assert!(html::visible(&bob.get(&page).await.expect(200).text()).contains("Join Acme"));

    let answer = bob.browser.submit(&page, "decline_invitation", &[("form[token]", &token)]).await.expect(303);
    let home = bob.get(answer.header("location").unwrap()).await.expect(200).text();
    assert!(html::visible(&home).contains("Invitation declined"), "{home}");
    let members = html::visible(&ada.get(&format!("{MEMBERS}?search=bob")).await.expect(200).text());
    assert!(members.contains("Nobody found"), "{members}");
    let after = html::visible(&bob.get(&page).await.text());
    assert!(after.contains("This invitation was declined"), "{after}");
    world.mail_is_out().await;
    assert_eq!(
        world.count("SELECT count(*) FROM development_mailbox WHERE recipient = 'ada@example.org' AND subject ILIKE '%declined%'").await,
        1
    );
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_link_that_nobody_sent_opens_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    let altered = format!("{}AAAA", &token[..token.len() - 4]);
    for forged in ["/complete", "/complete?token=nonsense", &format!("/complete?token={altered}")] {
        let text = html::visible(&world.browser().get(forged).await.expect(404).text());
        assert!(text.contains("This link is not valid") && !text.contains("Acme"), "{forged}: {text}");
    }
}

/// The value of the role that is chosen on a page.
fn chosen_role(page: &str) -> String {
    let radios = html::elements(page, "input").into_iter().filter(|input| input.get("name").is_some_and(|name| name == "form[role]"));
    let chosen: Vec<String> = radios.filter(|radio| radio.contains_key("checked")).map(|radio| radio["value"].clone()).collect();
    assert_eq!(chosen.len(), 1, "{chosen:?}");
    chosen[0].clone()
}
