//! Who may not: on every use case.

use sqlx::PgPool;

use super::*;
use crate::features::permissions::Role;

async fn answers(browser: &Browser, organization: &str, member: MembershipId) -> Vec<(&'static str, Failure<NoRefusal>)> {
    let (first, second, third) = (organization.to_owned(), organization.to_owned(), organization.to_owned());
    let form = DeactivateForm { member: member.to_string(), ..DeactivateForm::default() };
    let deactivated = browser.does(move |request| use_cases::deactivate(request, third, form)).await;
    vec![
        ("list", browser.does(move |request| use_cases::list(request, first, MemberQuery::default())).await.unwrap_err()),
        ("preview", browser.does(move |request| use_cases::preview_deactivation(request, second, member.to_string())).await.unwrap_err()),
        ("deactivate", deactivated.unwrap_err().map_refusals(|refusal| panic!("{refusal:?}"))),
    ]
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn every_use_case_answers_a_user_forbidden_and_whoever_is_no_active_member_not_found(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    world.administrator_of("Acme").await;
    let user = world.member("Acme", Role::User).await;
    let restricted = world.member("Acme", Role::Restricted).await;
    let gone = world.administrator_of("Acme").await;
    world.deactivate(&gone, "Acme").await;
    let elsewhere = world.administrator_of("Globex").await;
    let stranger = world.stranger().await;
    let without_factor = world.administrator_of("Acme").await;
    world.remove_factor(&without_factor).await;
    let signed_out = world.browser();
    let actors: [(&str, &Browser, Failure<NoRefusal>); 7] = [
        ("user", &user, Failure::Forbidden),
        ("restricted", &restricted, Failure::Forbidden),
        ("deactivated administrator", &gone, Failure::NotFound),
        ("another organization's administrator", &elsewhere, Failure::NotFound),
        ("stranger", &stranger, Failure::NotFound),
        ("administrator without a factor", &without_factor, Failure::TwoFactorDue),
        ("signed out", &signed_out, Failure::SignedOut),
    ];
    let of_ada = world.membership_of(&ada, "Acme").await;
    for (who, browser, expected) in &actors {
        for (what, answer) in answers(browser, "acme", of_ada).await {
            assert_eq!(&answer, expected, "{who}: {what}");
        }
        for (what, answer) in answers(browser, "no-such-organization", of_ada).await {
            let expected = if *who == "signed out" { Failure::SignedOut } else { Failure::NotFound };
            assert_eq!(answer, expected, "{who}: {what} of nothing");
        }
    }
    assert_eq!(world.count("memberships WHERE deactivated_at IS NULL AND role = 'administrator'").await, 4);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_member_of_another_organization_and_what_is_no_member_are_not_found(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.member("Globex", Role::User).await;
    let foreign = world.membership_of(&bob, "Globex").await;
    assert_eq!(preview(&ada, foreign).await, Err(Failure::NotFound));
    assert_eq!(deactivate(&ada, foreign).await, Err(Failure::NotFound));
    for member in ["", "1", "not-a-member", "00000000-0000-0000-0000-000000000000"] {
        let form = DeactivateForm { member: member.to_owned(), ..DeactivateForm::default() };
        assert_eq!(ada.does(move |request| use_cases::deactivate(request, "acme".to_owned(), form)).await, Err(Failure::NotFound));
        assert_eq!(
            ada.does(move |request| use_cases::preview_deactivation(request, "acme".to_owned(), member.to_owned())).await,
            Err(Failure::NotFound)
        );
    }
    assert_eq!(world.count("memberships WHERE deactivated_at IS NOT NULL").await, 0);
}
