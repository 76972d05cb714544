//! Passwords, codes and recovery codes.

use std::collections::BTreeSet;

use sqlx::PgPool;

use crate::support::people::PASSWORD;
use crate::support::{Person, World, html};

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn signing_in_with_nothing_asks_for_both(pool: PgPool) {
    let world = World::new(pool).await;
    let form = [("form[identifier]", ""), ("form[password]", "")];
    let text = html::visible(&world.browser().submit("/sign-in", "sign_in", &form).await.expect(422).text());
    assert!(text.contains("Enter your username or e-mail address.") && text.contains("Enter your password."), "{text}");
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn the_password_alone_opens_nothing_and_five_wrong_codes_lead_back_to_it(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    ada.browser = world.browser();
    let code_page = prove_password(&mut ada).await;
    let answer = ada.get("/organizations/acme").await.expect(303);
    assert!(answer.header("location").unwrap().starts_with("/two-factor") || answer.header("location").unwrap().starts_with("/sign-in"));
    for _ in 0..4 {
        let page = ada.browser.submit(&code_page, "verify_code", &[("form[code]", "000000")]).await.expect(422).text();
        assert!(html::visible(&page).contains("The code is wrong."));
        assert_eq!(html::input(&page, "form[code]").as_deref(), Some(""));
    }
    let answer = ada.browser.submit(&code_page, "verify_code", &[("form[code]", "000000")]).await.expect(303);
    let page = ada.get(answer.header("location").unwrap()).await.expect(200).text();
    assert!(html::visible(&page).contains("Five wrong codes: sign in again"), "{page}");
    assert_eq!(html::input(&page, "_function").as_deref(), Some("/api/sign_in"));

    let code_page = prove_password(&mut ada).await;
    let code = ada.code(&world).await;
    ada.browser.submit(&code_page, "verify_code", &[("form[code]", &code)]).await.expect(303);
    ada.get("/organizations/acme/members").await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_recovery_code_works_once(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.founder().await;
    let codes = ada.set_up_second_factor(&world).await;
    ada.browser = world.browser();
    let code_page = prove_password(&mut ada).await;
    let page = ada.get(&code_page).await.expect(200).text();
    let address =
        html::elements(&page, "a").into_iter().find_map(|link| link.get("href").filter(|href| href.contains("recovery")).cloned()).unwrap();
    let page = ada.get(&address).await.expect(200).text();
    assert!(html::visible(&page).contains("Sign in with a recovery code"));
    let first = codes[0].to_lowercase();
    ada.browser.submit(&address, "use_recovery_code", &[("form[code]", &first)]).await.expect(303);
    ada.get("/organizations/acme/members").await.expect(200);

    ada.browser = world.browser();
    prove_password(&mut ada).await;
    let page = ada.browser.submit(&address, "use_recovery_code", &[("form[code]", &first)]).await.expect(422).text();
    assert!(html::visible(&page).contains("The recovery code is wrong, or has been used already."), "{page}");
    ada.browser.submit(&address, "use_recovery_code", &[("form[code]", &codes[1])]).await.expect(303);
    ada.get("/organizations/acme/members").await.expect(200);
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn only_whoever_knows_the_password_renews_the_recovery_codes(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut bob = world.member(&mut ada, "Bob").await;
    let former: BTreeSet<String> = bob.set_up_second_factor(&world).await.into_iter().collect();
    let page = "/account/two-factor";
    let form = [("proof[password]", "not this one, surely"), ("proof[code]", "000000")];
    let text = html::visible(&bob.browser.submit(page, "renew_recovery_codes", &form).await.expect(422).text());
    assert!(text.contains("The password is wrong."), "{text}");

    let code = bob.code(&world).await;
    let form = [("proof[password]", PASSWORD), ("proof[code]", code.as_str())];
    let shown = bob.browser.submit(page, "renew_recovery_codes", &form).await.expect(200).text();
    let renewed: Vec<String> = shown
        .split("class=\"recovery-codes__code\"")
        .skip(1)
        .map(|item| html::visible(&item[item.find('>').unwrap() + 1..item.find("</li>").unwrap()]))
        .collect();
    assert_eq!(renewed.len(), 10, "{renewed:?}");
    assert!(renewed.iter().all(|code| code.len() > 10 && !former.contains(code)), "{renewed:?} {former:?}");
}

/// Enters the password in the form of the sign-in page; gives the address of the page that asks for a code.
async fn prove_password(person: &mut Person) -> String {
    let form = [("form[identifier]", person.email.clone()), ("form[password]", person.password.clone())];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = person.browser.submit("/sign-in", "sign_in", &form).await.expect(303);
    let code_page = answer.header("location").unwrap().to_owned();
    assert!(code_page.starts_with("/two-factor"), "{code_page}");
    code_page
}
