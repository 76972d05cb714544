//! Pages of many people at once: nobody sees anything of anybody else (S-20).

use std::time::Duration;

use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::support::{Draft, Person, World};

const PEOPLE: [&str; 12] = ["Alba", "Bruno", "Clara", "Diego", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Karla", "Luis"];

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn a_page_shows_only_its_own_person_however_many_ask_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let mut ada = world.administrator().await;
    let mut asking = JoinSet::new();
    for name in PEOPLE {
        let person = world.member(&mut ada, name).await;
        asking.spawn(ask(person, name));
    }
    while let Some(asked) = asking.join_next().await {
        asked.unwrap();
    }
}

/// Asks for pages over and over, and hangs up on some.
async fn ask(mut person: Person, name: &'static str) {
    for round in 0..40 {
        let page = ["/", "/account", "/organizations/acme", "/organizations/acme/members", "/no-such-page"][round % 5];
        if round % 7 == 3 {
            person.browser.hang_up_after(&Draft::new("GET", page), Duration::from_millis(2)).await;
            continue;
        }
        let text = person.get(page).await.text();
        assert!(text.contains(name), "{name} on {page}");
        for other in PEOPLE.iter().filter(|other| **other != name) {
            assert!(!text.contains(other) && !text.contains(&other.to_lowercase()), "{other} on {name}'s {page}");
        }
        let viewer = person.call("read_viewer", &[("path", page)]).await.json();
        assert_eq!(viewer["person"]["email"], person.email);
    }
}
