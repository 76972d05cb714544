//! Ids of another organization, put into every place where one fits: they read like ids of nothing (S-42, S-43, S-45).

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgPool;
use uuid::Uuid;

use super::cast::Cast;
use super::pages::PAGES;
use super::{ADMINISTRATOR, OTHER_ADMINISTRATOR};
use crate::functions::{Function, exceptions, functions};
use crate::support::contents::{Exempt, PRESENCE, Watch};
use crate::support::{ORGANIZATION, Person, World};

/// An organization of the other administrator's.
const THEIRS: &str = "globex";
/// Shows all mail to everybody, where mail is not sent.
const SHOWS_EVERYTHING: [&str; 2] = ["read_development_mailbox", "/dev/mailbox/{mail}"];
/// Stands before an id that is a key: one that begins with a digit would be a position in a list.
const KEY: &str = "[application-";

/// Two places that an id is put into can be told apart by nothing but what the answer says.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    status: u16,
    location: Option<String>,
    text: String,
}

/// One id of each table that holds rows of organizations, of `Acme`'s rows: whatever tables there are. Of memberships, one of each
/// status.
async fn ids_of_acme(owner: &PgPool) -> BTreeMap<String, Uuid> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT table_name::text FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name IN ('id', 'organization_id') AND data_type = 'uuid'
         GROUP BY table_name HAVING count(*) = 2",
    )
    .fetch_all(owner)
    .await
    .unwrap();
    let mut queries = vec![
        "SELECT 'organizations', id FROM acme".to_owned(),
        "SELECT 'users', user_id FROM memberships JOIN acme ON acme.id = organization_id WHERE user_id IS NOT NULL".to_owned(),
    ];
    queries.extend(tables.iter().map(|table| {
        let kind = match table.as_str() {
            "memberships" => "concat('memberships, ', activated_at IS NOT NULL, ', ', deactivated_at IS NOT NULL)".to_owned(),
            table => format!("'{table}'"),
        };
        format!("SELECT {kind}, {table}.id FROM {table} JOIN acme ON acme.id = organization_id")
    }));
    let query = format!(
        "WITH acme AS (SELECT id FROM organizations WHERE slug = '{ORGANIZATION}')
         SELECT DISTINCT ON (kind) kind, id FROM ({}) AS ids (kind, id) ORDER BY kind, id",
        queries.join(" UNION ALL ")
    );
    let ids: Vec<(String, Uuid)> = sqlx::query_as(sqlx::AssertSqlSafe(query)).fetch_all(owner).await.unwrap();
    ids.into_iter().collect()
}

/// What a form with everything in its place would hold, without doing anything: so that an id at its side is looked at.
fn usual(input: &str, organization: &'static str) -> &'static str {
    match input {
        "organization" => organization,
        "form[emails]" => "nonsense",
        "form[role]" => "user",
        _ => "",
    }
}

/// What the function says to one of the cast when the id stands in this input, or is its key.
async fn said(cast: &mut Cast, actor: usize, function: &Function, input: &str, id: Uuid) -> Said {
    let organization = if actor == ADMINISTRATOR { ORGANIZATION } else { THEIRS };
    let id = id.to_string();
    let mut pairs: Vec<(String, &str)> = Vec::new();
    for other in &function.inputs {
        let is_key = other.contains("[x]");
        match (*other == input, is_key) {
            (true, true) => pairs.push((other.replace("[x]", &format!("{KEY}{id}]")), "1")),
            (true, false) => pairs.push(((*other).to_owned(), &id)),
            (false, true) => {}
            (false, false) => pairs.push(((*other).to_owned(), usual(other, organization))),
        }
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let mut answer = cast.person(actor).call(function.name, &pairs).await;
    if answer.status == 429 {
        // So many tries are nobody's.
        cast.world.alter("DELETE FROM throttles").await;
        answer = cast.person(actor).call(function.name, &pairs).await;
    }
    Said { status: answer.status, location: answer.header("location").map(str::to_owned), text: answer.text().replace(&id, "the id") }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_id_of_another_organization_reads_like_an_id_of_nothing_in_every_input(pool: PgPool) {
    let mut cast = Cast::assemble(World::new(pool).await).await;
    let ids = ids_of_acme(&cast.world.owner).await;
    assert!(ids.len() > 8, "{ids:?}");
    let nothing = Uuid::from_u128(99);
    let reading = exceptions(include_str!("../read_only_functions.txt"));
    let counters = Exempt { table: "throttles", columns: "", rows: "true" };
    let watch = Watch::over(&cast.world.owner, &PRESENCE.into_iter().chain([counters]).collect::<Vec<_>>()).await;
    let before = watch.look().await;

    let mut differences = Vec::new();
    let mut told_apart_at_home = BTreeSet::new();
    for function in functions().iter().filter(|function| !SHOWS_EVERYTHING.contains(&function.name)) {
        for input in &function.inputs {
            let of_nothing = said(&mut cast, OTHER_ADMINISTRATOR, function, input, nothing).await;
            for (table, id) in &ids {
                let foreign = said(&mut cast, OTHER_ADMINISTRATOR, function, input, *id).await;
                if foreign != of_nothing {
                    differences.push(format!("{}, {input}, an id of {table}: {foreign:?}, and of nothing: {of_nothing:?}", function.name));
                }
            }
            // In the organization itself, they are told apart: what is tried here is looked at.
            if reading.contains(function.name) || input.contains("[x]") {
                let of_nothing = said(&mut cast, ADMINISTRATOR, function, input, nothing).await;
                for id in ids.values() {
                    if said(&mut cast, ADMINISTRATOR, function, input, *id).await != of_nothing {
                        told_apart_at_home.insert(*input);
                    }
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!(before.changed_in(&watch.look().await), [""; 0]);
    let keys = functions().iter().flat_map(|function| &function.inputs).copied().filter(|input| input.contains("[x]"));
    for input in keys.chain(["application", "member"]) {
        assert!(told_apart_at_home.contains(input), "no id was looked at as {input}: {told_apart_at_home:?}");
    }
}

#[sqlx::test(migrator = "app::platform::db::MIGRATOR")]
async fn an_id_of_another_organization_reads_like_an_id_of_nothing_in_every_address(pool: PgPool) {
    let mut cast = Cast::assemble(World::new(pool).await).await;
    let ids = ids_of_acme(&cast.world.owner).await;
    let nothing = Uuid::from_u128(99);
    let olga = cast.person(OTHER_ADMINISTRATOR);
    let mut differences = Vec::new();
    let addresses: BTreeSet<&str> =
        PAGES.iter().map(|(page, ..)| *page).filter(|page| page.contains('{') && !SHOWS_EVERYTHING.contains(page)).collect();
    assert!(addresses.len() > 5, "{addresses:?}");
    for address in addresses {
        for organization in [THEIRS, ORGANIZATION, "no-such-organization"] {
            let of_nothing = opened(olga, address, organization, nothing).await;
            for (table, id) in &ids {
                let foreign = opened(olga, address, organization, *id).await;
                if foreign != of_nothing {
                    differences.push(format!("{address} in {organization}, an id of {table}: {foreign:?}, and of nothing: {of_nothing:?}"));
                }
            }
        }
        // An organization of others reads like none.
        let (others, none) = (opened(olga, address, ORGANIZATION, nothing).await, opened(olga, address, "no-such", nothing).await);
        if others != none {
            differences.push(format!("{address}: {others:?}, and in no organization: {none:?}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    olga.get("/organizations/globex/members").await.expect(200);
}

/// What a page says whose address holds the id.
async fn opened(person: &mut Person, address: &str, organization: &str, id: Uuid) -> Said {
    let id = id.to_string();
    let address = address.replace("{organization}", organization);
    let (before, parameter) = address.split_once('{').unwrap_or((&address, ""));
    let address = match parameter.split_once('}') {
        Some((_, after)) => format!("{before}{id}{after}"),
        None => before.to_owned(),
    };
    let answer = person.get(&address).await;
    Said {
        status: answer.status,
        location: answer.header("location").map(|location| location.replace(&id, "the id")),
        text: answer.text().replace(&id, "the id").replace(organization, "the organization"),
    }
}
