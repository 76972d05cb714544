//! How people are asked.

use sqlx::PgPool;

use super::*;
use crate::features::applications::model::access_key;
use crate::features::auth::codes::refusal::CodeRefusal;
use crate::features::auth::step_up::ProofRefusal;
use crate::features::permissions::{Permission, Role};
use crate::testing::{all_at_once, refusal, refusals};
use crate::values::email_address::EmailAddressError;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_invitation_brings_a_link_that_its_person_can_use(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let token = invited(&world, &ada, "ann@example.org").await;
    let browser = world.browser();
    let gone_to = complete(&browser, complete_form(&token)).await.unwrap();
    assert_eq!(gone_to, GoTo::page_afresh("/organizations/acme"));
    assert_eq!(world.count("memberships WHERE role = 'user' AND activated_at IS NOT NULL AND deactivated_at IS NULL").await, 1);
    assert!(browser.session_token().is_some());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_mail_says_who_invites_to_what_as_what_and_until_when(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.member_called("Acme", "Ada", "Lovelace", Role::Administrator).await;
    let results = invite_as(&ada, "acme", "ann@example.org", "administrator").await.unwrap();
    let InviteOutcome::Invited { valid_until } = results.results[0].outcome else { panic!("{results:?}") };
    let mails = world.mails_to("ann@example.org").await;
    assert_eq!(mails.len(), 1);
    let (subject, plain) = (&mails[0].subject, &mails[0].plain);
    assert_eq!(subject, "You are invited to Acme");
    for said in [
        "Ada Lovelace invites you to join Acme",
        "Administrator",
        &valid_until.date_time_utc(),
        "https://people.example.org/complete?token=",
        "/help/two-factor",
    ] {
        assert!(plain.contains(said), "{said}\n{plain}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_link_is_valid_for_72_hours_or_as_long_as_the_organization_decides(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    invite(&ada, "ann@example.org").await;
    assert_eq!(world.number("SELECT extract(epoch FROM expires_at - issued_at)::bigint FROM links").await, 72 * 3_600);
    sqlx::query("UPDATE organizations SET link_validity_seconds = 3600").execute(world.owner()).await.unwrap();
    invite(&ada, "bob@example.org").await;
    assert_eq!(world.number("SELECT min(extract(epoch FROM expires_at - issued_at))::bigint FROM links").await, 3_600);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn every_address_gets_its_own_outcome_and_good_ones_go_out_although_others_fail(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let member = world.member("Acme", Role::User).await;
    let gone = world.member("Acme", Role::User).await;
    world.deactivate(&gone, "Acme").await;
    invite(&ada, "waiting@example.org").await;
    let elsewhere = world.member("Globex", Role::User).await;

    let typed =
        format!("{}, {}; waiting@EXAMPLE.org nonsense\nann@example.org {}", member.email.to_uppercase(), gone.email, elsewhere.email);
    let results = outcomes(invite(&ada, &typed).await);

    assert!(
        matches!(
            results.as_slice(),
            [
                InviteOutcome::AlreadyMember,
                InviteOutcome::Deactivated,
                InviteOutcome::AlreadyInvited,
                InviteOutcome::NotAnAddress(EmailAddressError::MissingAt),
                InviteOutcome::Invited { .. },
                InviteOutcome::Invited { .. },
            ]
        ),
        "{results:?}"
    );
    assert_eq!(world.mails_to("ann@example.org").await.len(), 1);
    assert!(world.mails_to(&member.email).await.is_empty());
    assert!(world.mails_to(&gone.email).await.is_empty());
    assert_eq!(world.mails_to("waiting@example.org").await.len(), 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn names_beside_the_addresses_are_kept_for_the_registration(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    invite(&ada, "Ann Smith <ann@example.org>; \"O'Neill, Zoë\" <zoe@example.org>\nbob@example.org").await;
    let names = |page| match page {
        LinkPage::Register { first_name, last_name, username, .. } => (first_name, last_name, username),
        other => panic!("{other:?}"),
    };
    let ann = names(look_at(&world.browser(), &world.link_in_mail_to("ann@example.org").await).await);
    assert_eq!(ann, ("Ann".to_owned(), "Smith".to_owned(), "ann.smith".to_owned()));
    let zoe = names(look_at(&world.browser(), &world.link_in_mail_to("zoe@example.org").await).await);
    assert_eq!(zoe, ("Zoë".to_owned(), "O'Neill".to_owned(), "zoe.oneill".to_owned()));
    let bob = names(look_at(&world.browser(), &world.link_in_mail_to("bob@example.org").await).await);
    assert_eq!(bob, (String::new(), String::new(), String::new()));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_thousand_addresses_are_invited_and_one_more_refuses_them_all(pool: PgPool) {
    let world = World::with_settings(pool, |settings| settings.invitations_per_day = 10).await;
    let ada = world.administrator_of("Acme").await;
    let mut emails: Vec<String> = (0..1_001).map(|number| format!("a{number}@example.org")).collect();
    let refused = refusal(invite_as(&ada, "acme", &emails.join("\n"), "user").await);
    assert_eq!(refused, InviteRefusal::TooManyAddresses { most: 1_000 });
    assert_eq!(world.count("memberships").await, 1);

    emails.pop();
    let results = outcomes(invite(&ada, &emails.join("\n")).await);
    assert_eq!(results.len(), 1_000);
    assert_eq!(results.iter().filter(|outcome| matches!(outcome, InviteOutcome::Invited { .. })).count(), 10);
    assert_eq!(results.iter().filter(|outcome| matches!(outcome, InviteOutcome::NotNotified)).count(), 990);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn beyond_the_days_limit_invitations_stand_without_a_mail_and_can_be_sent_the_next_day(pool: PgPool) {
    let world = World::with_settings(pool, |settings| settings.invitations_per_day = 2).await;
    let ada = world.administrator_of("Acme").await;
    let results = outcomes(invite(&ada, "a@example.org b@example.org c@example.org").await);
    assert!(
        matches!(results.as_slice(), [InviteOutcome::Invited { .. }, InviteOutcome::Invited { .. }, InviteOutcome::NotNotified]),
        "{results:?}"
    );
    assert!(world.mails_to("c@example.org").await.is_empty());
    assert_eq!(world.count("memberships WHERE email_key = 'c@example.org' AND invited_at IS NULL AND link_expires_at IS NULL").await, 1);

    let member = world.pending("Acme", "c@example.org").await.unwrap();
    assert_eq!(refusal(send_again(&ada, member).await), InvitationRefusal::DayLimit { most: 2 });
    assert!(world.mails_to("c@example.org").await.is_empty());

    world.time_passes(24 * 3_600 + 1).await;
    send_again(&ada, member).await.unwrap();
    assert!(matches!(look_at(&world.browser(), &world.link_in_mail_to("c@example.org").await).await, LinkPage::Register { .. }));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn one_organizations_limit_is_not_anothers(pool: PgPool) {
    let world = World::with_settings(pool, |settings| settings.invitations_per_day = 1).await;
    let (ada, bob) = (world.administrator_of("Acme").await, world.administrator_of("Globex").await);
    invite(&ada, "a@example.org").await;
    let results = outcomes(invite_as(&bob, "globex", "b@example.org", "user").await.unwrap());
    assert!(matches!(results.as_slice(), [InviteOutcome::Invited { .. }]), "{results:?}");
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn nobody_offers_a_role_above_their_own(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    world.change_role(&ada, "Acme", Role::User).await;
    // May manage users, but is no administrator.
    sqlx::query("UPDATE memberships SET permissions = 3 WHERE user_id = $1").bind(ada.user.as_uuid()).execute(world.owner()).await.unwrap();
    assert_eq!(refusal(invite_as(&ada, "acme", "ann@example.org", "administrator").await), InviteRefusal::RoleTooHigh);
    assert_eq!(refusal(invite_as(&ada, "acme", "ann@example.org", "restricted").await), InviteRefusal::UnknownRole);
    assert_eq!(refusal(invite_as(&ada, "acme", "ann@example.org", "owner").await), InviteRefusal::UnknownRole);
    assert_eq!(world.pending("Acme", "ann@example.org").await, None);
    assert!(matches!(outcomes(invite(&ada, "ann@example.org").await).as_slice(), [InviteOutcome::Invited { .. }]));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn every_mistake_of_the_form_is_told_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    assert_eq!(refusals(invite_as(&ada, "acme", " ,; ", "").await), [InviteRefusal::NoAddress, InviteRefusal::UnknownRole]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn levels_of_access_come_with_the_membership(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let register = world.application("Acme", "Register", &[("Use", false), ("See pupil-level data", true)]).await;
    let payroll = world.application("Acme", "Payroll", &[("Use", false)]).await;
    let access = [(access_key(register), "2".to_owned()), (access_key(payroll), "0".to_owned())].into();
    let form = InviteForm { emails: "ann@example.org".to_owned(), role: "user".to_owned(), access };
    ada.does(move |request| use_cases::invite(request, "acme".to_owned(), form, ProofFields::default())).await.unwrap();

    let token = world.link_in_mail_to("ann@example.org").await;
    let LinkPage::Register { offer, .. } = look_at(&world.browser(), &token).await else { panic!("no registration") };
    assert!(offer.demands_second_factor, "the second level is sensitive");
    let gone_to = complete(&world.browser(), complete_form(&token)).await.unwrap();
    assert_eq!(gone_to.path, "/account/two-factor?next=%2Forganizations%2Facme");
    assert_eq!(world.count("application_access WHERE level = 2").await, 1);
    assert_eq!(world.count("application_access").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn access_to_another_organizations_application_or_an_unknown_level_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    world.administrator_of("Globex").await;
    let foreign = world.application("Globex", "Reactor", &[("Use", false)]).await;
    let own = world.application("Acme", "Register", &[("Use", false)]).await;
    for (application, level) in [
        (foreign.to_string(), "1"),
        (own.to_string(), "2"),
        (own.to_string(), "-1"),
        ("register".to_owned(), "1"),
        (own.to_string(), "one"),
    ] {
        let form =
            InviteForm { emails: "ann@example.org".to_owned(), role: "user".to_owned(), access: [(application, level.to_owned())].into() };
        let result = ada.does(move |request| use_cases::invite(request, "acme".to_owned(), form, ProofFields::default())).await;
        assert_eq!(refusal(result), InviteRefusal::UnknownAccess);
    }
    assert_eq!(world.pending("Acme", "ann@example.org").await, None);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_page_offers_this_organizations_applications_and_roles_that_one_holds(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    world.administrator_of("Globex").await;
    world.application("Globex", "Reactor", &[("Use", false)]).await;
    world.application("Acme", "Register", &[("Use", false), ("See pupil-level data", true)]).await;
    let page = ada.does(|request| use_cases::read_invite_page(request, "acme".to_owned())).await.unwrap();
    assert_eq!(page.roles, [Role::User, Role::Administrator]);
    assert_eq!(page.link_validity_seconds, 72 * 3_600);
    let applications: Vec<_> = page.applications.iter().map(|application| (application.name.as_str(), application.levels.len())).collect();
    assert_eq!(applications, [("Register", 2)]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn nobody_gives_more_access_than_they_hold_unless_they_decide_about_applications(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let meals = world.application("Acme", "School Meals", &[("Use", false), ("Manage", false)]).await;
    let eve = world.administrator_of("Acme").await;
    let held = Permission::OpenApplications as i32 | Permission::ManageUsers as i32;
    sqlx::query("UPDATE memberships SET role = 'user', permissions = $2 WHERE user_id = $1")
        .bind(eve.user.as_uuid())
        .bind(held)
        .execute(world.owner())
        .await
        .unwrap();
    world.grant(&eve, meals, 1).await;

    let page = eve.does(|request| use_cases::read_invite_page(request, "acme".to_owned())).await.unwrap();
    assert_eq!(page.applications[0].levels.iter().map(|level| level.level).collect::<Vec<_>>(), [1]);
    let with_level = |email: &str, level: &str| InviteForm {
        emails: email.to_owned(),
        role: "user".to_owned(),
        access: std::iter::once((access_key(meals), level.to_owned())).collect(),
    };
    let (allowed, too_much, by_ada) =
        (with_level("ann@example.org", "1"), with_level("bob@example.org", "2"), with_level("bob@example.org", "2"));
    eve.does(move |request| use_cases::invite(request, "acme".to_owned(), allowed, ProofFields::default())).await.unwrap();
    let refused = eve.does(move |request| use_cases::invite(request, "acme".to_owned(), too_much, ProofFields::default())).await;
    assert_eq!(refusal(refused), InviteRefusal::UnknownAccess);
    ada.does(move |request| use_cases::invite(request, "acme".to_owned(), by_ada, ProofFields::default())).await.unwrap();
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn an_application_that_is_named_twice_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let meals = world.application("Acme", "School Meals", &[("Use", false), ("Manage", false)]).await;
    let form = InviteForm {
        emails: "ann@example.org".to_owned(),
        role: "user".to_owned(),
        access: [(access_key(meals), "1".to_owned()), (meals.to_string(), "2".to_owned())].into_iter().collect(),
    };
    let refused = ada.does(move |request| use_cases::invite(request, "acme".to_owned(), form, ProofFields::default())).await;
    assert_eq!(refusal(refused), InviteRefusal::UnknownAccess);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn forms_sent_at_once_keep_to_the_days_limit_together(pool: PgPool) {
    let world = World::with_settings(pool, |settings| settings.invitations_per_day = 3).await;
    let ada = world.administrator_of("Acme").await;
    let forms = (0..8).map(|number| {
        let browser = ada.copy_of_cookies();
        async move { outcomes(invite_as(&browser, "acme", &format!("a{number}@example.org"), "user").await.unwrap()) }
    });
    let outcomes: Vec<_> = all_at_once(forms).await.into_iter().flatten().collect();
    assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, InviteOutcome::Invited { .. })).count(), 3, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, InviteOutcome::NotNotified)).count(), 5, "{outcomes:?}");
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_first_mail_is_a_welcome_and_the_next_one_an_invitation_sent_again(pool: PgPool) {
    let world = World::with_settings(pool, |settings| settings.invitations_per_day = 1).await;
    let ada = world.administrator_of("Acme").await;
    invite(&ada, "ann@example.org, bob@example.org").await;
    let bob = world.pending("Acme", "bob@example.org").await.unwrap();
    world.time_passes(90_000).await;
    let ada = world.another_browser_of(&ada).await;
    assert_eq!(send_again(&ada, bob).await.unwrap().title, "Welcome-email sent");
    world.time_passes(90_000).await;
    let ada = world.another_browser_of(&ada).await;
    assert_eq!(send_again(&ada, bob).await.unwrap().title, "Invitation sent again");
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn cancelling_leads_back_to_the_list_that_one_came_from_and_nowhere_else(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    for (email, next, expected) in [
        ("ann@example.org", "/organizations/acme/members?search=ann", "/organizations/acme/members?search=ann&done=invitation-cancelled"),
        ("bob@example.org", "//evil.example", "/organizations/acme/members?done=invitation-cancelled"),
    ] {
        invite(&ada, email).await;
        let member = world.pending("Acme", email).await.unwrap();
        let form = CancelForm { member: member.to_string(), next: next.to_owned() };
        let done = ada.does(move |request| use_cases::cancel(request, "acme".to_owned(), form)).await.unwrap();
        assert_eq!(done.go_to, Some(GoTo::page(expected)));
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_is_sensitive_is_given_with_password_and_code_once_the_last_proof_is_old(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    invite_as(&ada, "acme", "early@example.org", "administrator").await.unwrap();
    sqlx::query("UPDATE sessions SET proved_at = now() - interval '301 seconds'").execute(world.owner()).await.unwrap();
    invite(&ada, "user@example.org").await;

    let form = |password: &str, code: &str| ProofFields { password: password.to_owned(), code: code.to_owned() };
    let send = async |proof: ProofFields| {
        let form = InviteForm { emails: "ann@example.org".to_owned(), role: "administrator".to_owned(), ..InviteForm::default() };
        ada.does(move |request| use_cases::invite(request, "acme".to_owned(), form, proof)).await
    };
    let (unproved, wrong_password) = (form("", ""), form("not the password of ada", &world.code().await));
    assert_eq!(
        refusals(send(unproved).await),
        [InviteRefusal::Proof(ProofRefusal::NoPassword), InviteRefusal::Proof(ProofRefusal::Code(CodeRefusal::NoCode))]
    );
    assert_eq!(refusal(send(wrong_password).await), InviteRefusal::Proof(ProofRefusal::WrongPassword));
    assert_eq!(refusal(send(form(PASSWORD, "000000")).await), InviteRefusal::Proof(ProofRefusal::Code(CodeRefusal::WrongCode)));
    assert!(world.mails_to("ann@example.org").await.is_empty());

    let former = ada.session_token();
    let right = form(PASSWORD, &world.code().await);
    assert!(matches!(outcomes(send(right).await.unwrap()).as_slice(), [InviteOutcome::Invited { .. }]));
    assert_ne!(ada.session_token(), former);
    // The proof is recent again, under the new token.
    invite_as(&ada, "acme", "late@example.org", "administrator").await.unwrap();
}
