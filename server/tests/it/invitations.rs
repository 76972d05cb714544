//! From the invitation to the member, over HTTP.

use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::support::{INVITE, MEMBERS, ORGANIZATION, Options, World, html, registration_form};

const IN_ACME: (&str, &str) = ("organization", ORGANIZATION);

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn opening_a_link_consumes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    let page = format!("/complete?token={token}");
    for method in ["HEAD", "GET", "GET", "GET", "OPTIONS"] {
        let answer = world.browser().send(crate::support::Draft::new(method, &page)).await;
        assert!(answer.status < 500);
    }
    let shown = html::visible(&world.browser().get(&page).await.expect(200).text());
    assert!(shown.contains("Complete your registration") && shown.contains("Ada Lovelace invites you as User"), "{shown}");
    world.complete(&token, "bob@example.org", "Bob").await;
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_link_is_valid_for_72_hours_and_not_a_second_longer(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    assert_eq!(
        world.count("SELECT extract(epoch FROM expires_at - issued_at)::bigint FROM links WHERE purpose = 'invitation'").await,
        72 * 3_600
    );
    world.alter("UPDATE links SET issued_at = now() - interval '72 hours 1 second', expires_at = now() - interval '1 second'").await;
    world.browser().call("complete_registration", &registration_form(&token, "Bob")).await.expect(422);
    world
        .alter("UPDATE links SET issued_at = now() - interval '71 hours 59 minutes 50 seconds', expires_at = now() + interval '10 seconds'")
        .await;
    world.complete(&token, "bob@example.org", "Bob").await;
    // Used: neither the form nor the page makes a second account.
    let answer = world.browser().call("complete_registration", &registration_form(&token, "Rob")).await.expect(422);
    assert_eq!(answer.json()["Refused"][0], "Used");
    let page = html::visible(&world.browser().get(&format!("/complete?token={token}")).await.expect(200).text());
    assert!(page.contains("This link was used already"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_row_not_the_form_says_who_joins_what_as_what(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    let mut form = registration_form(&token, "Bob");
    form.extend([
        ("form[email]", "eve@evil.example"),
        ("email", "eve@evil.example"),
        ("form[role]", "administrator"),
        ("role", "administrator"),
        ("form[permissions]", "63"),
        ("organization", "globex"),
        ("form[organization]", "globex"),
        ("form[is_admin]", "on"),
        ("form[email_proved]", "on"),
    ]);
    world.browser().call("complete_registration", &form).await.expect(200);
    let stored: (String, String, i32, String) = sqlx::query_as(
        "SELECT users.email, role, permissions, slug FROM users JOIN memberships ON user_id = users.id JOIN organizations ON organizations.id = organization_id WHERE users.first_name = 'Bob'",
    )
    .fetch_one(&world.owner)
    .await
    .unwrap();
    assert_eq!(stored, ("bob@example.org".to_owned(), "user".to_owned(), 1, "acme".to_owned()));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn many_who_use_one_link_at_once_make_one_account(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for round in 0..5 {
        let email = format!("person{round}@example.org");
        world.invite(&mut ada, &email).await;
        let token = world.token_for(&email).await;
        let mut joining = JoinSet::new();
        for racer in 0..4 {
            let (mut browser, token) = (world.browser(), token.clone());
            // Names that nobody took in an earlier round.
            let name = format!("{}{}", ["Ann", "Bob", "Cat", "Dan"][racer], ["", "a", "e", "i", "o"][round]);
            joining.spawn(async move { browser.call("complete_registration", &registration_form(&token, &name)).await });
        }
        let answers = joining.join_all().await;
        let excerpts: Vec<String> = answers.iter().map(crate::support::Answer::excerpt).collect();
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{excerpts:?}");
        assert!(answers.iter().all(|answer| matches!(answer.status, 200 | 422 | 429)), "{excerpts:?}");
    }
    assert_eq!(world.count("SELECT count(*) FROM users").await, 6);
    assert_eq!(world.count("SELECT count(*) FROM memberships").await, 6);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn accepting_and_cancelling_at_once_have_one_winner(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    for round in 0..10 {
        let email = format!("person{round}@example.org");
        world.invite(&mut ada, &email).await;
        let token = world.token_for(&email).await;
        let member = world.membership(&email).await;
        let name = ["Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Guy", "Hal", "Ida", "Jon"][round];
        let (mut browser, mut other) = (world.browser(), ada.clone());
        let form = registration_form(&token, name);
        let cancel = async {
            tokio::time::sleep(std::time::Duration::from_millis(8 * round as u64)).await;
            other.call("cancel_invitation", &[IN_ACME, ("form[member]", &member)]).await.status
        };
        let (joined, cancelled) = tokio::join!(browser.call("complete_registration", &form), cancel);
        assert!(matches!((joined.status, cancelled), (200, 422 | 404) | (422, 200)), "{} {cancelled}", joined.excerpt());
        let rows: i64 =
            sqlx::query_scalar("SELECT count(*) FROM users WHERE email = $1").bind(&email).fetch_one(&world.owner).await.unwrap();
        assert_eq!(rows == 1, joined.status == 200);
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_cancelled_invitation_leaves_a_dead_link_that_says_so(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    let member = world.membership("bob@example.org").await;
    let page = format!("{MEMBERS}/{member}/cancel-invitation");
    assert!(html::visible(&ada.get(&page).await.expect(200).text()).contains("Cancel the invitation of bob@example.org?"));
    let answer = ada.browser.submit(&page, "cancel_invitation", &[IN_ACME, ("form[member]", &member)]).await.expect(303);
    assert_eq!(answer.header("location"), Some(format!("{MEMBERS}?done=invitation-cancelled").as_str()));
    assert!(!html::visible(&ada.get(answer.header("location").unwrap()).await.expect(200).text()).contains("bob@example.org"));
    let page = html::visible(&world.browser().get(&format!("/complete?token={token}")).await.text());
    assert!(page.contains("withdrawn"), "{page}");
    world.browser().call("complete_registration", &registration_form(&token, "Bob")).await.expect(422);
    // Inviting again starts fresh.
    world.invite(&mut ada, "bob@example.org").await;
    let fresh = world.token_for("bob@example.org").await;
    world.complete(&fresh, "bob@example.org", "Bob").await;
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn somebody_elses_link_shows_nothing_of_the_organization(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut olga = world.member(&mut ada, "Olga").await;
    world.move_to_another_organization(&olga).await;
    olga.set_up_second_factor(&world).await;
    world.invite(&mut ada, "bob@example.org").await;
    let token = world.token_for("bob@example.org").await;
    let page = format!("/complete?token={token}");
    let answer = olga.get(&page).await.expect(200);
    assert!(
        !answer.text().contains("Acme") && !answer.text().contains("bob@") && !answer.text().contains("Lovelace"),
        "{}",
        answer.excerpt()
    );
    for function in ["accept_invitation", "decline_invitation", "complete_registration"] {
        let answer = olga.call(function, &registration_form(&token, "Bob")).await.expect(422);
        assert_eq!(answer.json()["Refused"][0], "OtherAccount", "{function}");
    }
    let answer = olga.browser.submit(&page, "switch_account", &[("form[token]", &token)]).await.expect(303);
    assert_eq!(answer.header("location"), Some(page.as_str()));
    world.complete(&token, "bob@example.org", "Bob").await;
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_address_with_an_account_accepts_in_the_application(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    world.remove_from_acme(&bob).await;
    bob.get("/organizations/acme").await.expect(404);
    let answer = ada.call("invite_members", &[IN_ACME, ("form[emails]", "BOB@example.org"), ("form[role]", "user")]).await.expect(200);
    assert!(answer.text().contains("Invited"), "no outcome tells that there is an account: {}", answer.excerpt());
    // Until acceptance the row shows only what the organization typed.
    let members = html::visible(&ada.get(MEMBERS).await.expect(200).text());
    assert!(!members.contains("Bob Example"), "{members}");
    let home = bob.get("/").await.expect(200).text();
    assert!(html::visible(&home).contains("Acme invites you"));
    let member = html::input(&home, "form[member]").unwrap();
    let answer = bob.browser.submit("/", "accept_waiting_invitation", &[("form[member]", &member)]).await.expect(303);
    assert_eq!(answer.header("location"), Some("/organizations/acme"));
    bob.get("/organizations/acme").await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn beyond_the_days_limit_invitations_wait_and_it_says_so(pool: PgPool) {
    let world = World::with(pool, Options { invitations_per_day: 2, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    let answer = ada
        .call("invite_members", &[IN_ACME, ("form[emails]", "a@example.org b@example.org c@example.org"), ("form[role]", "user")])
        .await
        .expect(200)
        .json();
    assert_eq!(answer["results"][2]["outcome"], "NotNotified");
    world.mail_is_out().await;
    assert_eq!(world.count("SELECT count(*) FROM mails WHERE kind = 'invitation'").await, 2);
    assert!(html::visible(&ada.get(MEMBERS).await.expect(200).text()).contains("Not notified"));
    let member = world.membership("c@example.org").await;
    let answer = ada.call("send_invitation_again", &[IN_ACME, ("form[member]", &member)]).await.expect(422);
    assert!(answer.text().contains("DayLimit"));
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_thousand_addresses_go_out_together(pool: PgPool) {
    let world = World::with(pool, Options { has_worker: false, ..Options::default() }).await;
    let mut ada = world.administrator().await;
    let emails: String = (0..1_000).map(|number| format!("p{number}@example.org\n")).collect();
    let answer = ada.call("invite_members", &[IN_ACME, ("form[emails]", &emails), ("form[role]", "user")]).await.expect(200).json();
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.len(), 1_000);
    assert!(results.iter().all(|result| result["outcome"]["Invited"].is_object()));
    assert_eq!(world.count("SELECT count(*) FROM mails WHERE kind = 'invitation'").await, 1_000);
    assert_eq!(world.count("SELECT count(*) FROM audit_events WHERE action = 'invitation.sent'").await, 1_000);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn no_answer_to_an_administrator_holds_a_link(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut answers = Vec::new();
    let form = |email| [IN_ACME, ("form[emails]", email), ("form[role]", "user")];
    answers.push(ada.call("invite_members", &form("bob@example.org")).await.expect(200));
    answers.push(ada.browser.submit(INVITE, "invite_members", &form("eve@example.org")).await.expect(200));
    let bob = world.membership("bob@example.org").await;
    answers.push(ada.call("send_invitation_again", &[IN_ACME, ("form[member]", &bob)]).await.expect(200));
    answers.push(ada.call("list_members", &[IN_ACME]).await.expect(200));
    answers.push(ada.call("preview_cancellation", &[IN_ACME, ("member", &bob)]).await.expect(200));
    for page in [MEMBERS.to_owned(), INVITE.to_owned(), format!("{MEMBERS}/{bob}/cancel-invitation")] {
        answers.push(ada.get(&page).await.expect(200));
    }
    let token = world.token_for("bob@example.org").await;
    assert!(token.starts_with("nxl_"), "{token}");
    for answer in answers {
        assert!(!answer.text().contains("nxl_"), "{}", answer.excerpt());
    }
}
