//! The list and its pages.

use sqlx::PgPool;

use super::*;
use crate::features::members::model::MemberAction;
use crate::features::memberships::MemberStatus;
use crate::features::permissions::Role;
use crate::values::page::Total;

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn people_are_listed_by_name_whatever_the_case_and_accents(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    world.add_users("Acme", &people(&[("zoë", "Adams"), ("Bob", "Brown"), ("Ágnes", "Kiss"), ("bob", "Abel"), ("Älva", "Berg")])).await;
    world.invitation(&ada, "Acme", "carl@example.org").await;
    assert_eq!(
        found(&ada, "").await,
        ["Ada Lovelace", "Ágnes Kiss", "Älva Berg", "bob Abel", "Bob Brown", "carl@example.org", "zoë Adams"]
    );
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn pages_follow_each_other_forward_and_back_without_gaps_or_repeats(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    // Many share a name: then the identifier decides.
    let names: Vec<_> = (0..129).map(|number| (format!("Person {}", number % 10), "Jones".to_owned())).collect();
    world.add_users("Acme", &names).await;
    let page = |after: Option<String>, before: Option<String>| {
        let query = MemberQuery {
            after: after.unwrap_or_default(),
            before: before.unwrap_or_default(),
            size: "25".to_owned(),
            ..MemberQuery::default()
        };
        list(&ada, query)
    };

    let mut forward = Vec::new();
    let mut last = page(None, None).await.page;
    assert_eq!((last.previous.clone(), last.total), (None, Total::Exact(130)));
    loop {
        forward.push(last.rows.iter().map(|row| row.id).collect::<Vec<_>>());
        let Some(next) = last.next.clone() else { break };
        last = page(Some(next), None).await.page;
    }
    assert_eq!(forward.iter().map(Vec::len).collect::<Vec<_>>(), [25, 25, 25, 25, 25, 5]);
    let mut different: Vec<_> = forward.iter().flatten().copied().collect();
    different.sort_unstable();
    different.dedup();
    assert_eq!(different.len(), 130);

    let mut back = vec![forward[5].clone()];
    while let Some(previous) = last.previous.clone() {
        last = page(None, Some(previous)).await.page;
        assert!(last.next.is_some());
        back.push(last.rows.iter().map(|row| row.id).collect());
    }
    back.reverse();
    assert_eq!(back, forward);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_page_has_fifty_rows_unless_it_is_asked_for_25_or_100(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    world.add_users("Acme", &(0..129).map(|number| (format!("Person {number}"), "Jones".to_owned())).collect::<Vec<_>>()).await;
    for (size, rows) in [("", 50), ("25", 25), ("100", 100), ("1000000000", 50), ("-1", 50), ("all", 50)] {
        let list = list(&ada, MemberQuery { size: size.to_owned(), ..MemberQuery::default() }).await;
        assert_eq!(list.page.rows.len(), rows, "{size}");
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_later_page_whose_last_row_is_gone_shows_the_first(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    world.add_users("Acme", &(0..49).map(|number| (format!("Bob {number}"), "Jones".to_owned())).collect::<Vec<_>>()).await;
    let (last, _) = world.invitation(&ada, "Acme", "zoe@example.org").await;
    let first = list(&ada, MemberQuery::default()).await;
    let second = MemberQuery { after: first.page.next.clone().unwrap(), ..MemberQuery::default() };
    assert_eq!(list(&ada, second.clone()).await.page.rows.len(), 1);

    crate::features::invitations::tests::cancel(&ada, last).await.unwrap();

    let shown = list(&ada, second).await;
    assert_eq!((shown.page.rows.len(), shown.page.previous, shown.page.next), (50, None, None));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_forged_cursor_shows_the_first_page(pool: PgPool) {
    let (_, ada) = world_of_ada(pool).await;
    for cursor in ["%%%", "WyJhIiwiYiJd", "'; DROP TABLE memberships; --"] {
        let query = MemberQuery { after: cursor.to_owned(), before: cursor.to_owned(), ..MemberQuery::default() };
        assert_eq!(list(&ada, query).await.page.rows.len(), 1);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn the_total_is_exact_unless_a_search_finds_more_than_a_thousand(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let named = |count: usize, last: &str| (0..count).map(|_| ("Person".to_owned(), last.to_owned())).collect::<Vec<_>>();
    world.add_users("Acme", &[named(1_000, "Smith"), named(1, "Baker"), named(1, "Carpenter")].concat()).await;
    let total = async |search: &str| list(&ada, MemberQuery { search: search.to_owned(), ..MemberQuery::default() }).await.page.total;
    assert_eq!(total("").await, Total::Exact(1_003));
    assert_eq!(total("  ").await, Total::Exact(1_003));
    assert_eq!(total("smith").await, Total::Exact(1_000));
    assert_eq!(total("person").await, Total::MoreThan(1_000));
    assert_eq!(total("baker").await, Total::Exact(1));
    assert_eq!(total("nobody").await, Total::Exact(0));
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_search_with_many_matches_has_pages_too(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    world.add_users("Acme", &(0..1_100).map(|number| (format!("Person {number:04}"), "Jones".to_owned())).collect::<Vec<_>>()).await;
    let mut query = MemberQuery { search: "jones".to_owned(), size: "100".to_owned(), ..MemberQuery::default() };
    let mut names = Vec::new();
    loop {
        let page = list(&ada, query.clone()).await.page;
        names.extend(page.rows.into_iter().map(|row| row.name));
        let Some(next) = page.next else { break };
        query.after = next;
    }
    assert_eq!(names, (0..1_100).map(|number| format!("Person {number:04} Jones")).collect::<Vec<_>>());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_row_says_what_there_is_to_know_and_to_do(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.member_called("Acme", "Bob", "Brown", Role::User).await;
    let gone = world.member_called("Acme", "Carl", "Gone", Role::User).await;
    world.deactivate(&gone, "Acme").await;
    let register = world.application("Acme", "Register", &[("Use", false), ("See pupil-level data", true)]).await;
    world.grant(&bob, register, 2).await;
    let (invited, _) = world.invitation(&ada, "Acme", "dora@example.org").await;
    let (expired, _) = world.invitation(&ada, "Acme", "eve@example.org").await;
    let (waiting, _) = world.invitation(&ada, "Acme", "fay@example.org").await;
    sqlx::query("UPDATE memberships SET link_expires_at = now() WHERE id = $1")
        .bind(expired.as_uuid())
        .execute(world.owner())
        .await
        .unwrap();
    sqlx::query("UPDATE memberships SET link_expires_at = NULL, invited_at = NULL WHERE id = $1")
        .bind(waiting.as_uuid())
        .execute(world.owner())
        .await
        .unwrap();

    let rows = list(&ada, MemberQuery::default()).await.page.rows;
    let row = |id: MembershipId| rows.iter().find(|row| row.id == id).unwrap();
    let own = row(world.membership_of(&ada, "Acme").await);
    assert_eq!((own.is_self, own.role, own.has_factor, own.actions.as_slice()), (true, Role::Administrator, Some(true), [].as_slice()));
    assert!(own.last_active_at.is_some());
    let bob = row(world.membership_of(&bob, "Acme").await);
    assert_eq!((bob.name.as_str(), bob.status, bob.has_factor, bob.last_active_at), ("Bob Brown", MemberStatus::Active, Some(false), None));
    assert_eq!(
        (bob.applications.as_slice(), bob.actions.as_slice()),
        (["Register: See pupil-level data".to_owned()].as_slice(), [MemberAction::Deactivate].as_slice())
    );
    assert_eq!(row(world.membership_of(&gone, "Acme").await).status, MemberStatus::Deactivated);
    for (id, status, action) in [
        (invited, MemberStatus::Invited, MemberAction::SendAgain),
        (expired, MemberStatus::InvitationExpired, MemberAction::SendAgain),
        (waiting, MemberStatus::NotNotified, MemberAction::SendWelcomeMail),
    ] {
        assert_eq!((row(id).status, row(id).has_factor, row(id).username.as_str()), (status, None, ""));
        assert_eq!(row(id).actions, [action, MemberAction::CancelInvitation]);
    }
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn until_they_accept_the_row_shows_only_what_this_organization_typed(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let known = world.account_with("known@example.org").await;
    world.invitation(&ada, "Acme", "KNOWN@example.org").await;
    let rows = list(&ada, MemberQuery::default()).await.page.rows;
    let row = rows.iter().find(|row| row.email == "KNOWN@example.org").unwrap();
    assert_eq!((row.name.as_str(), row.username.as_str(), row.has_factor, row.last_active_at), ("", "", None, None));
    assert!(found(&ada, &known.username).await.is_empty());
    assert!(found(&ada, &known.last_name).await.is_empty());
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn nothing_of_another_organization_is_listed_found_or_counted(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    let bob = world.member_called("Globex", "Bob", "Brown", Role::Administrator).await;
    world.add_users("Globex", &people(&[("Ann", "Smith"), ("Ada", "Lovelace")])).await;
    world.invitation(&bob, "Globex", "carl@example.org").await;
    let register = world.application("Globex", "Register", &[("Use", false)]).await;
    world.grant(&bob, register, 1).await;
    world.join(&bob, "Acme", Role::User).await;

    let list = list(&ada, MemberQuery::default()).await;
    assert_eq!(list.page.total, Total::Exact(2));
    assert_eq!(list.page.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Ada Lovelace", "Bob Brown"]);
    assert!(list.page.rows.iter().all(|row| row.applications.is_empty()));
    assert_eq!(list.page.rows[1].role, Role::User);
    for search in ["smith", "carl", "globex", "ann"] {
        assert!(found(&ada, search).await.is_empty(), "{search}");
    }
    assert_eq!(found(&ada, "lovelace").await.len(), 1);
}

#[sqlx::test(migrator = "crate::platform::db::MIGRATOR")]
async fn a_second_administrator_is_recommended_while_there_is_one_who_can_be_reached(pool: PgPool) {
    let (world, ada) = world_of_ada(pool).await;
    assert!(list(&ada, MemberQuery::default()).await.has_single_administrator);
    let second = world.administrator_of("Acme").await;
    assert!(!list(&ada, MemberQuery::default()).await.has_single_administrator);
    world.begin_closing(&second).await;
    assert!(list(&ada, MemberQuery::default()).await.has_single_administrator);
}
