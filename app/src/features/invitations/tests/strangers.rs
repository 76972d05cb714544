//! Who may not: on every use case of an organization.

use sqlx::PgPool;

use super::*;
use crate::features::permissions::Role;

/// The answer of each use case of Acme's invitations, under its name.
async fn answers(browser: &Browser, organization: &str, member: MembershipId) -> Vec<(&'static str, Failure<NoRefusal>)> {
    let organization = || organization.to_owned();
    let form = InviteForm { emails: "new@example.org".to_owned(), role: "user".to_owned(), ..InviteForm::default() };
    let (first, second, third, fourth, fifth) = (organization(), organization(), organization(), organization(), organization());
    vec![
        ("invite page", browser.does(move |request| use_cases::read_invite_page(request, first)).await.unwrap_err()),
        ("invite", without_refusals(browser.does(move |request| use_cases::invite(request, second, form, ProofFields::default())).await)),
        ("send again", without_refusals(browser.does(move |request| use_cases::send_again(request, third, row(member))).await)),
        ("preview", browser.does(move |request| use_cases::preview_cancellation(request, fourth, member.to_string())).await.unwrap_err()),
        ("cancel", without_refusals(browser.does(move |request| use_cases::cancel(request, fifth, cancellation(member))).await)),
    ]
}

fn without_refusals<T: std::fmt::Debug, R: std::fmt::Debug>(result: Result<T, Failure<R>>) -> Failure<NoRefusal> {
    result.unwrap_err().map_refusals(|refusal| panic!("{refusal:?}"))
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn every_use_case_answers_a_user_forbidden_and_whoever_is_no_active_member_not_found(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let user = world.member("Acme", Role::User).await;
    let restricted = world.member("Acme", Role::Restricted).await;
    let gone = world.member("Acme", Role::Administrator).await;
    world.deactivate(&gone, "Acme").await;
    let elsewhere = world.administrator_of("Globex").await;
    let stranger = world.stranger().await;
    let without_factor = world.administrator_of("Acme").await;
    world.remove_factor(&without_factor).await;
    invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();

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
    let before = world.count("memberships").await;
    for (who, browser, expected) in &actors {
        for (what, answer) in answers(browser, "acme", member).await {
            assert_eq!(&answer, expected, "{who}: {what}");
        }
        for (what, answer) in answers(browser, "no-such-organization", member).await {
            let expected = if *who == "signed out" { Failure::SignedOut } else { Failure::NotFound };
            assert_eq!(answer, expected, "{who}: {what} of nothing");
        }
    }
    assert_eq!(world.count("memberships").await, before);
    assert_eq!(world.audit_actions().await, ["invitation.sent"]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_invitation_of_another_organization_is_not_found(pool: PgPool) {
    let world = World::new(pool).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Globex").await);
    let token = invited(&world, &ada, "ann@example.org").await;
    let member = world.pending("Acme", "ann@example.org").await.unwrap();
    for member in [member, world.membership_of(&ada, "Acme").await] {
        let globex = || "globex".to_owned();
        assert_eq!(bob.does(move |request| use_cases::send_again(request, globex(), row(member))).await, Err(Failure::NotFound));
        assert_eq!(
            bob.does(move |request| use_cases::preview_cancellation(request, globex(), member.to_string())).await,
            Err(Failure::NotFound)
        );
        assert_eq!(bob.does(move |request| use_cases::cancel(request, globex(), cancellation(member))).await, Err(Failure::NotFound));
    }
    assert!(matches!(look_at(&world.browser(), &token).await, LinkPage::Register { .. }));
}
