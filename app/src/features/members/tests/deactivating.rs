//! How people go.

use sqlx::PgPool;

use super::*;
use crate::features::memberships::MemberStatus;
use crate::features::permissions::Role;
use crate::testing::refusal;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn deactivating_acts_at_the_very_next_call_of_an_open_session(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.administrator_of("Acme").await;
    let elsewhere = world.another_browser_of(&bob).await;
    world.join(&bob, "Globex", Role::Administrator).await;
    list(&bob, MemberQuery::default()).await;
    deactivate(&ada, world.membership_of(&bob, "Acme").await).await.unwrap();
    for browser in [&bob, &elsewhere] {
        let answer = browser.does(|request| use_cases::list(request, "acme".to_owned(), MemberQuery::default())).await;
        assert_eq!(answer, Err(Failure::NotFound));
        // The session is the account's: it stays for the other organization.
        browser.does(|request| use_cases::list(request, "globex".to_owned(), MemberQuery::default())).await.unwrap();
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_receipt_counts_what_was_withdrawn(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.member_called("Acme", "Bob", "Brown", Role::User).await;
    world.another_browser_of(&bob).await;
    world.another_browser_of(&bob).await;
    // Of five, one waits for its code, and one has been idle for too long.
    world.another_browser_of(&bob).await;
    world.another_browser_of(&bob).await;
    let statement =
        "UPDATE sessions SET stage = 'password' WHERE id = (SELECT id FROM sessions WHERE user_id = $1 AND stage = 'full' LIMIT 1)";
    sqlx::query(statement).bind(bob.user.as_uuid()).execute(world.owner()).await.unwrap();
    let statement = "UPDATE sessions SET last_used_at = now() - interval '61 minutes' WHERE id = (SELECT id FROM sessions WHERE user_id = $1 AND stage = 'full' LIMIT 1)";
    sqlx::query(statement).bind(bob.user.as_uuid()).execute(world.owner()).await.unwrap();
    let register = world.application("Acme", "Register", &[("Use", false)]).await;
    world.grant(&bob, register, 1).await;
    world.join(&bob, "Globex", Role::User).await;
    let foreign = world.application("Globex", "Reactor", &[("Use", false)]).await;
    world.grant(&bob, foreign, 1).await;

    let receipt = deactivate(&ada, world.membership_of(&bob, "Acme").await).await.unwrap();
    assert_eq!((receipt.name.as_str(), receipt.sessions), ("Bob Brown", 3));
    assert_eq!(receipt.applications, ["Register: Use"]);
    assert!(receipt.invitations_cancelled.is_empty() && receipt.invitations_kept.is_empty());
    assert_eq!(world.audit_actions().await, ["member.deactivated"]);
    assert_eq!(world.count("audit_events WHERE difference = '{\"sessions\": 3, \"invitations_cancelled\": 0}'").await, 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_person_is_told_once(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.member("Acme", Role::User).await;
    let member = world.membership_of(&bob, "Acme").await;
    deactivate(&ada, member).await.unwrap();
    let refused = refusal(deactivate(&ada, member).await);
    assert!(matches!(refused, DeactivateRefusal::NotActive { ref status, .. } if status == "Deactivated"), "{refused:?}");
    let mails = world.mails_to(&bob.email).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "Your access to Acme has ended");
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_mail_about_access_that_ended_reads_well(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.member_called("Acme", "Bob", "Brown", Role::User).await;
    deactivate(&ada, world.membership_of(&bob, "Acme").await).await.unwrap();
    insta::assert_snapshot!("deactivated", world.newest_mail_to(&bob.email, &["Ended: "]).await);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn pending_invitations_of_the_person_are_listed_and_kept_unless_asked_otherwise(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.administrator_of("Acme").await;
    world.invitation(&bob, "Acme", "one@example.org").await;
    world.invitation(&bob, "Acme", "two@example.org").await;
    world.invitation(&ada, "Acme", "ours@example.org").await;
    world.join(&bob, "Globex", Role::Administrator).await;
    world.invitation(&bob, "Globex", "foreign@example.org").await;
    let member = world.membership_of(&bob, "Acme").await;

    let preview = preview(&ada, member).await.unwrap();
    assert_eq!((preview.refusal, preview.pending_invitations), (None, vec!["one@example.org".to_owned(), "two@example.org".to_owned()]));
    let receipt = deactivate(&ada, member).await.unwrap();
    assert_eq!(
        (receipt.invitations_cancelled.len(), receipt.invitations_kept),
        (0, vec!["one@example.org".to_owned(), "two@example.org".to_owned()])
    );
    assert_eq!(world.count("links WHERE voided_at IS NULL").await, 4);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_only_the_person_could_offer_lapses_with_their_access(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.administrator_of("Acme").await;
    let (plain, _) = world.invitation(&bob, "Acme", "plain@example.org").await;
    let (powerful, _) = world.invitation(&bob, "Acme", "powerful@example.org").await;
    let (trusted, _) = world.invitation(&bob, "Acme", "trusted@example.org").await;
    let (ours, _) = world.invitation(&ada, "Acme", "ours@example.org").await;
    for id in [powerful, ours] {
        let statement = "UPDATE memberships SET role = 'administrator', permissions = 63 WHERE id = $1";
        sqlx::query(statement).bind(id.as_uuid()).execute(world.owner()).await.unwrap();
    }
    let register = world.application("Acme", "Register", &[("Use", false), ("See pupil-level data", true)]).await;
    let statement = "INSERT INTO application_access (organization_id, membership_id, application_id, level, granted_at)
        SELECT organization_id, id, $2, 2, now() FROM memberships WHERE id = $1";
    sqlx::query(statement).bind(trusted.as_uuid()).bind(register.as_uuid()).execute(world.owner()).await.unwrap();

    let receipt = deactivate(&ada, world.membership_of(&bob, "Acme").await).await.unwrap();

    assert_eq!(receipt.invitations_kept, ["plain@example.org"]);
    assert_eq!(receipt.invitations_lapsed, ["powerful@example.org", "trusted@example.org"]);
    let rows = list(&ada, MemberQuery::default()).await.page.rows;
    let status = |id: MembershipId| rows.iter().find(|row| row.id == id).unwrap().status;
    assert_eq!((status(plain), status(ours)), (MemberStatus::Invited, MemberStatus::Invited));
    assert_eq!((status(powerful), status(trusted)), (MemberStatus::InvitationExpired, MemberStatus::InvitationExpired));
    assert_eq!(world.count("links WHERE expires_at <= now()").await, 2);
    assert_eq!(world.audit_actions().await, ["invitation.lapsed", "invitation.lapsed", "member.deactivated"]);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn pending_invitations_of_the_person_are_cancelled_with_them_when_asked(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.administrator_of("Acme").await;
    world.invitation(&bob, "Acme", "one@example.org").await;
    world.invitation(&bob, "Acme", "two@example.org").await;
    world.invitation(&ada, "Acme", "ours@example.org").await;
    world.join(&bob, "Globex", Role::Administrator).await;
    world.invitation(&bob, "Globex", "foreign@example.org").await;

    let receipt = deactivate_with(&ada, world.membership_of(&bob, "Acme").await, "on").await.unwrap();
    assert_eq!(
        (receipt.invitations_cancelled, receipt.invitations_kept.len()),
        (vec!["one@example.org".to_owned(), "two@example.org".to_owned()], 0)
    );
    assert_eq!(world.count("links WHERE voided_because = 'withdrawn'").await, 2);
    assert_eq!(world.count("memberships WHERE user_id IS NULL").await, 2);
    assert_eq!(world.audit_actions().await, ["invitation.cancelled", "invitation.cancelled", "member.deactivated"]);
    assert_eq!(world.number("SELECT member_count FROM organizations WHERE slug = 'acme'").await, 3);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_last_administrator_who_can_be_reached_stays(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.administrator_of("Acme").await;
    world.begin_closing(&ada).await;
    let member = world.membership_of(&bob, "Acme").await;
    assert!(matches!(preview(&ada, member).await.unwrap().refusal, Some(DeactivateRefusal::LastAdministrator { .. })));
    assert!(matches!(refusal(deactivate(&ada, member).await), DeactivateRefusal::LastAdministrator { .. }));
    let own = world.membership_of(&ada, "Acme").await;
    assert!(matches!(
        refusal(deactivate(&bob, world.membership_of(&bob, "Acme").await).await),
        DeactivateRefusal::LastAdministrator { .. }
    ));
    // Whoever is closing their account can go.
    assert!(deactivate(&bob, own).await.is_ok());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn nobody_deactivates_somebody_who_holds_more_or_themselves(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.administrator_of("Acme").await;
    world.change_role(&bob, "Acme", Role::User).await;
    sqlx::query("UPDATE memberships SET permissions = 3 WHERE user_id = $1").bind(bob.user.as_uuid()).execute(world.owner()).await.unwrap();
    let of_ada = world.membership_of(&ada, "Acme").await;
    assert!(matches!(refusal(deactivate(&bob, of_ada).await), DeactivateRefusal::HoldsMore { .. }));
    assert_eq!(refusal(deactivate(&bob, world.membership_of(&bob, "Acme").await).await), DeactivateRefusal::Yourself);
    assert!(world.audit_actions().await.is_empty());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_pending_invitation_is_not_deactivated(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let (member, _) = world.invitation(&ada, "Acme", "ann@example.org").await;
    let refused = refusal(deactivate(&ada, member).await);
    assert_eq!(refused, DeactivateRefusal::NotActive { name: "ann@example.org".to_owned(), status: "Invited".to_owned() });
    assert!(world.pending("Acme", "ann@example.org").await.is_some());
}
