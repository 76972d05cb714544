//! The one process that adds anybody.

use sqlx::PgPool;

use super::*;
use crate::features::applications::Access;
use crate::features::invitations::offering::{Mailing, Offered, Offerer, Offering, offer};
use crate::features::permissions::access::{self, Allowed};
use crate::features::permissions::{Action, Role};
use crate::platform::request::Working;
use crate::values::email_address::EmailAddress;
use crate::values::username::Username;

/// What comes of offering a place at Acme, as Ada, with the organization's row held.
async fn offered(ada: &Person, email: &str, username: Option<&str>, mail: Mailing) -> Offered {
    let working = ada.working().await;
    let mut tx = working.begin().await.unwrap();
    let allowed = access::require_alone(&mut tx, &working, "acme", Action::InviteMember).await.unwrap();
    let outcome = offer_by(&mut tx, &working, Offerer::Member(&allowed), email, username, mail).await;
    tx.commit().await.unwrap();
    outcome
}

async fn offer_by(
    tx: &mut crate::platform::db::Tx,
    working: &Working,
    offerer: Offerer<'_>,
    email: &str,
    username: Option<&str>,
    mail: Mailing,
) -> Offered {
    let email = EmailAddress::parse(email).unwrap();
    let username = username.map(|username| Username::parse(username).unwrap());
    let access = Access::default();
    let offering = Offering {
        email: &email,
        first_name: None,
        last_name: None,
        username: username.as_ref(),
        role: Role::Restricted,
        access: &access,
        mail,
    };
    offer(tx, working, offerer, offering).await.unwrap()
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_drafted_username_is_kept_and_freed_with_its_membership(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let Offered::NotNotified { membership } = offered(&ada, "ann@example.org", Some("ann.smith"), Mailing::Later).await else {
        panic!("no mail was asked for");
    };
    assert_eq!(world.count("usernames WHERE username = 'ann.smith' AND membership_id IS NOT NULL").await, 1);
    assert!(world.mails_to("ann@example.org").await.is_empty());
    let before = world.count("memberships").await;
    assert_eq!(offered(&ada, "bob@example.org", Some("ann.smith"), Mailing::Now).await, Offered::UsernameTaken);
    assert_eq!((world.count("memberships").await, world.mails_to("bob@example.org").await.len()), (before, 0), "nothing was written");
    assert_eq!(world.audit_actions().await, ["invitation.sent"]);
    cancel(&ada, membership).await.unwrap();
    assert!(matches!(offered(&ada, "bob@example.org", Some("ann.smith"), Mailing::Now).await, Offered::Invited { .. }));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn each_standing_of_an_address_has_an_outcome_of_its_own(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let gone = world.member("Acme", Role::User).await;
    let left = world.membership_of(&gone, "Acme").await;
    world.deactivate(&gone, "Acme").await;
    assert!(matches!(offered(&ada, "ann@example.org", None, Mailing::Now).await, Offered::Invited { .. }));
    assert_eq!(offered(&ada, "ANN@example.org", None, Mailing::Now).await, Offered::AlreadyInvited);
    assert_eq!(offered(&ada, &ada.email, None, Mailing::Now).await, Offered::AlreadyMember);
    assert_eq!(offered(&ada, &gone.email, None, Mailing::Now).await, Offered::DeactivatedHere { membership: left });
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn what_the_operator_or_a_machine_offers_has_no_member_behind_it_and_says_who_it_was(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let working = ada.working().await;
    let organization = {
        let mut tx = working.begin().await.unwrap();
        let allowed: Allowed = access::require(&mut tx, &working, "acme", Action::InviteMember).await.unwrap();
        allowed.organization()
    };
    for (offerer, email) in [(Offerer::Operator(organization), "ann@example.org"), (Offerer::Machine(organization), "bob@example.org")] {
        let mut tx = working.begin().await.unwrap();
        access::lock_organization(&mut tx, organization).await.unwrap();
        assert!(matches!(offer_by(&mut tx, &working, offerer, email, None, Mailing::Now).await, Offered::Invited { .. }));
        tx.commit().await.unwrap();
    }
    assert_eq!(world.count("memberships WHERE user_id IS NULL AND invited_by IS NULL").await, 2);
    let actors: Vec<String> = sqlx::query_scalar("SELECT actor_kind FROM audit_events WHERE action = 'invitation.sent' ORDER BY position")
        .fetch_all(world.owner())
        .await
        .unwrap();
    assert_eq!(actors, ["operator", "nobody"]);
    assert!(world.mails_to("ann@example.org").await[0].plain.contains("An administrator invites you to join Acme"));
}
