//! Use cases of members against a real database.

mod deactivating;
mod leaving;
mod listing;
mod races;
mod searching;
mod strangers;

use super::model::{DeactivateForm, DeactivationPreview, DeactivationReceipt, MemberList, MemberQuery};
use super::refusal::{DeactivateRefusal, LeaveRefusal};
use super::use_cases;
use crate::failure::{Failure, NoRefusal};
use crate::testing::{Browser, World};
use crate::values::go_to::GoTo;
use crate::values::ids::MembershipId;

async fn list(browser: &Browser, query: MemberQuery) -> MemberList {
    browser.does(move |request| use_cases::list(request, "acme".to_owned(), query)).await.unwrap()
}

async fn preview(browser: &Browser, member: MembershipId) -> Result<DeactivationPreview, Failure<NoRefusal>> {
    browser.does(move |request| use_cases::preview_deactivation(request, "acme".to_owned(), member.to_string())).await
}

async fn deactivate(browser: &Browser, member: MembershipId) -> Result<DeactivationReceipt, Failure<DeactivateRefusal>> {
    deactivate_with(browser, member, "").await
}

async fn deactivate_with(
    browser: &Browser,
    member: MembershipId,
    cancel_invitations: &str,
) -> Result<DeactivationReceipt, Failure<DeactivateRefusal>> {
    let form = DeactivateForm { member: member.to_string(), cancel_invitations: cancel_invitations.to_owned() };
    browser.does(move |request| use_cases::deactivate(request, "acme".to_owned(), form)).await
}

async fn leave(browser: &Browser) -> Result<GoTo, Failure<LeaveRefusal>> {
    browser.does(|request| use_cases::leave(request, "acme".to_owned())).await
}

/// The names on the first page of a search, in order.
async fn found(browser: &Browser, search: &str) -> Vec<String> {
    let list = list(browser, MemberQuery { search: search.to_owned(), ..MemberQuery::default() }).await;
    list.page.rows.iter().map(|row| row.called().to_owned()).collect()
}

fn people(names: &[(&str, &str)]) -> Vec<(String, String)> {
    names.iter().map(|(first, last)| ((*first).to_owned(), (*last).to_owned())).collect()
}

/// A world in which Ada Lovelace administers Acme.
async fn world_of_ada(pool: sqlx::PgPool) -> (World, crate::testing::Person) {
    let world = World::new(pool).await;
    let ada = world.member_called("Acme", "Ada", "Lovelace", crate::features::permissions::Role::Administrator).await;
    (world, ada)
}
