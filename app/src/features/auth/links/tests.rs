//! Links against a real database.

use sqlx::PgPool;

use super::*;
use crate::platform::db::Tx;
use crate::platform::{clock, sealing};
use crate::testing::World;
use crate::values::moment::Moment;
use crate::values::token::TokenDigest;

async fn issued(
    tx: &mut Tx,
    world: &World,
    purpose: Purpose,
    membership: Option<(crate::values::ids::OrganizationId, crate::values::ids::MembershipId)>,
) -> (TokenDigest, Moment) {
    let now = clock::now(tx).await.unwrap();
    let link = NewLink { purpose, channel: Channel::Mailed, membership, email: None, issued_at: now, expires_at: now.plus(60) };
    (sealing::digest(&issue(tx, &world.state, &link).await.unwrap()), now)
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_link_is_known_for_its_own_purpose_alone(pool: PgPool) {
    let world = World::new(pool).await;
    let mut tx = Tx::begin(&world.state.pool).await.unwrap();
    let (digest, now) = issued(&mut tx, &world, Purpose::SetUp, None).await;
    assert!(find(&mut tx, Purpose::Invitation, &digest).await.unwrap().is_none());
    let link = find(&mut tx, Purpose::SetUp, &digest).await.unwrap().unwrap();
    assert_eq!(state(link.life, now), State::Live);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_link_is_used_up_once_and_not_after_its_time(pool: PgPool) {
    let world = World::new(pool).await;
    let ann = world.stranger().await;
    let mut tx = Tx::begin(&world.state.pool).await.unwrap();
    let (digest, now) = issued(&mut tx, &world, Purpose::SetUp, None).await;
    let link = find(&mut tx, Purpose::SetUp, &digest).await.unwrap().unwrap();
    assert!(!mark_used(&mut tx, link.id, ann.user, now.plus(60)).await.unwrap());
    assert!(mark_used(&mut tx, link.id, ann.user, now.plus(59)).await.unwrap());
    assert!(!mark_used(&mut tx, link.id, ann.user, now.plus(59)).await.unwrap());
    let link = find(&mut tx, Purpose::SetUp, &digest).await.unwrap().unwrap();
    assert_eq!(state(link.life, now), State::Used);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_end_of_the_story_counts_for_links_that_were_replaced_before_and_the_newest_open_one_is_found(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.administrator_of("Acme").await;
    let (member, _) = world.invitation(&ada, "Acme", "ann@example.org").await;
    let organization: uuid::Uuid = world.id("SELECT id FROM organizations").await;
    let organization = crate::values::ids::OrganizationId::from_uuid(organization);
    let mut tx = Tx::begin(&world.state.pool).await.unwrap();
    let (former, now) = issued(&mut tx, &world, Purpose::Invitation, Some((organization, member))).await;
    void(&mut tx, organization, member, VoidReason::Replaced, now).await.unwrap();
    let (latest, _) = issued(&mut tx, &world, Purpose::Invitation, Some((organization, member))).await;
    assert_eq!(find_open(&mut tx, Purpose::Invitation, member).await.unwrap(), Some(latest));
    void(&mut tx, organization, member, VoidReason::Withdrawn, now).await.unwrap();
    for digest in [former, latest] {
        let link = find(&mut tx, Purpose::Invitation, &digest).await.unwrap().unwrap();
        assert_eq!(state(link.life, now), State::Void(VoidReason::Withdrawn));
    }
    assert_eq!(find_open(&mut tx, Purpose::Invitation, member).await.unwrap(), None);
}
