//! What holds a table to an organization, and what only seems to.

use std::collections::HashSet;

use super::{tables_of_organizations, unheld};

fn tables() -> HashSet<String> {
    ["memberships", "links", "access"].map(str::to_owned).into()
}

#[track_caller]
fn assert_held(statement: &str) {
    assert_eq!(unheld(statement, &tables()), [] as [String; 0], "{statement}");
}

#[track_caller]
fn assert_unheld(statement: &str, expected: &[&str]) {
    assert_eq!(unheld(statement, &tables()), expected, "{statement}");
}

#[test]
fn a_comparison_with_a_value_holds_a_table() {
    for condition in [
        "organization_id = $1",
        "$1 = memberships.organization_id AND id = $2",
        "id = $2 AND (role = 'user' OR role = 'other') AND organization_id = $1::uuid",
        "(id = $2 AND organization_id = $1)",
        "(organization_id, id) = ($1, $2)",
        "organization_id IS NOT DISTINCT FROM $1",
        "organization_id = ANY ($1)",
        "organization_id IN ($1, $2)",
        "organization_id = (SELECT id FROM organizations WHERE slug = $1)",
    ] {
        assert_held(&format!("SELECT id FROM memberships WHERE {condition} ORDER BY id LIMIT 1"));
        assert_held(&format!("UPDATE memberships SET role = $9 WHERE {condition} RETURNING id"));
        assert_held(&format!("DELETE FROM memberships WHERE {condition}"));
        assert_held(&format!("SELECT id FROM memberships WHERE {condition} FOR NO KEY UPDATE OF memberships"));
    }
}

#[test]
fn a_comparison_that_lets_others_through_does_not() {
    for condition in [
        "id = $1",
        "organization_id = $1 OR id = $2",
        "NOT organization_id = $1",
        "organization_id <> $1",
        "organization_id IS DISTINCT FROM $1",
        "id = organization_id",
        "organization_id = memberships.organization_id",
        "organization_id = coalesce($1, organization_id)",
        "CASE WHEN $2 THEN organization_id = $1 ELSE true END",
        "(organization_id = $1 OR $2)",
        "(organization_id, id) <> ($1, $2)",
        "id = $1 -- AND organization_id = $2",
        "name = 'AND organization_id = $2'",
        "EXISTS (SELECT FROM access WHERE organization_id = $1)",
    ] {
        assert_unheld(&format!("SELECT id FROM memberships WHERE {condition}"), &["memberships"]);
        assert_unheld(&format!("UPDATE memberships SET organization_id = $7 WHERE {condition}"), &["memberships"]);
    }
    assert_unheld("SELECT organization_id = $1 FROM memberships", &["memberships"]);
    assert_unheld("TRUNCATE x; SELECT * FROM public.memberships AS m", &["memberships"]);
}

#[test]
fn a_join_hands_on_what_holds() {
    assert_held("SELECT 1 FROM memberships AS m JOIN links ON links.organization_id = m.organization_id WHERE m.organization_id = $1");
    assert_held("SELECT 1 FROM memberships AS m JOIN links USING (organization_id, id) WHERE links.organization_id = $1");
    assert_held("SELECT 1 FROM organizations AS o JOIN memberships ON memberships.organization_id = o.id WHERE o.slug = $1");
    assert_held(
        "SELECT 1 FROM sessions LEFT JOIN organizations ON organizations.slug = $2 LEFT JOIN memberships AS m ON m.organization_id = organizations.id",
    );
    assert_held(
        "UPDATE memberships SET role = $2 FROM links WHERE memberships.organization_id = links.organization_id AND links.organization_id = $1",
    );
    assert_held("DELETE FROM links USING memberships AS m WHERE links.organization_id = m.organization_id AND m.organization_id = $1");
    assert_held("SELECT 1 FROM (memberships JOIN links USING (organization_id)) WHERE memberships.organization_id = $1");

    assert_unheld(
        "SELECT 1 FROM memberships JOIN links ON links.membership_id = memberships.id WHERE memberships.organization_id = $1",
        &["links"],
    );
    assert_unheld("SELECT 1 FROM memberships, links WHERE memberships.organization_id = $1", &["links"]);
    assert_unheld(
        "SELECT 1 FROM memberships JOIN organizations ON organizations.id = memberships.organization_id WHERE user_id = $1",
        &["memberships"],
    );
    assert_unheld("SELECT 1 FROM memberships NATURAL JOIN links WHERE memberships.organization_id = $1", &["links"]);
}

#[test]
fn an_outer_join_holds_only_what_it_joins() {
    assert_held(
        "SELECT 1 FROM memberships LEFT JOIN links ON links.organization_id = memberships.organization_id WHERE memberships.organization_id = $1",
    );
    assert_unheld(
        "SELECT 1 FROM memberships LEFT JOIN links ON links.organization_id = memberships.organization_id AND memberships.organization_id = $1",
        &["memberships", "links"],
    );
    assert_unheld("SELECT 1 FROM memberships LEFT JOIN links USING (organization_id) WHERE links.id = $1", &["memberships", "links"]);
    assert_unheld(
        "SELECT 1 FROM memberships FULL JOIN links ON links.organization_id = $1 WHERE memberships.organization_id = $1",
        &["links"],
    );
}

#[test]
fn inner_queries_are_judged_by_themselves() {
    let inner = "SELECT 1 FROM users WHERE EXISTS (SELECT FROM memberships WHERE memberships.user_id = users.id";
    assert_unheld(&format!("{inner})"), &["memberships"]);
    assert_held(&format!("{inner} AND organization_id = $1)"));
    // The one outside is told, and not the one that follows it.
    let both = "SELECT (SELECT count(*) FROM access WHERE access.organization_id = m.organization_id) FROM memberships AS m";
    assert_unheld(both, &["memberships"]);
    assert_held(&format!("{both} WHERE m.organization_id = $1"));
    assert_unheld("INSERT INTO other (id) SELECT id FROM memberships", &["memberships"]);
    assert_unheld("INSERT INTO other (id) VALUES ((SELECT id FROM memberships LIMIT 1)) ON CONFLICT DO NOTHING", &["memberships"]);
    assert_unheld("SELECT id FROM users UNION SELECT id FROM links", &["links"]);
    assert_unheld("SELECT id FROM (SELECT id FROM links) AS inside WHERE inside.organization_id = $1", &["links"]);
}

#[test]
fn named_queries_are_no_tables() {
    assert_held(
        "WITH page AS MATERIALIZED (SELECT organization_id, id FROM memberships WHERE organization_id = $1) SELECT 1 FROM page JOIN access ON access.organization_id = page.organization_id",
    );
    assert_unheld("WITH dead (id) AS (DELETE FROM links RETURNING id) SELECT id FROM dead", &["links"]);
    assert_unheld(
        "WITH due AS (SELECT id FROM links WHERE organization_id = $1) UPDATE links SET used = true FROM due WHERE due.id = links.id",
        &["links"],
    );
}

#[test]
fn rows_that_are_inserted_need_no_condition() {
    assert_held(
        "INSERT INTO memberships (organization_id, id) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET role = $3 WHERE memberships.role IS NULL",
    );
    assert_held("INSERT INTO links AS taken (id) SELECT id FROM unnest($1::uuid[]) WITH ORDINALITY AS new (id, position)");
}

#[test]
fn pieces_are_judged_like_statements() {
    assert_held(" FROM memberships WHERE organization_id = ");
    assert_held(
        " AND memberships.id IN (SELECT id FROM page)) SELECT (SELECT 1 FROM memberships WHERE memberships.organization_id = organizations.id) FROM organizations WHERE organizations.id = ",
    );
    assert_held("WITH memberships AS MATERIALIZED (");
    assert_unheld(" FROM memberships WHERE id = ", &["memberships"]);
    assert_unheld(" FROM memberships WHERE id = $1 FOR UPDATE", &["memberships"]);
    assert_unheld(" WHERE true) SELECT id FROM memberships WHERE ", &["memberships"]);
}

#[test]
fn prose_is_no_statement() {
    assert_held("Update links from memberships, $ and “quotes” aren't SQL: $é");
    assert_held("");
}

#[test]
fn tables_are_followed_through_the_migrations() {
    let migrations = [
        "CREATE TABLE IF NOT EXISTS memberships (id uuid, organization_id uuid REFERENCES organizations (id)); -- organization_id
         CREATE TABLE users (id uuid, CHECK (id <> organization_id)); CREATE TABLE links (organization_id uuid);
         CREATE TABLE old (organization_id uuid); CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN CREATE TABLE no (organization_id uuid); END $$;",
        "ALTER TABLE users ADD CONSTRAINT x CHECK (true), ADD COLUMN organization_id uuid; DROP TABLE IF EXISTS old;
         ALTER TABLE links RENAME TO mails; CREATE VIEW reachable AS SELECT memberships.organization_id, id FROM memberships;
         CREATE OR REPLACE VIEW counted AS SELECT count(*) AS members FROM memberships GROUP BY organization_id;
         CREATE VIEW named (organization_id, name) AS SELECT a, b FROM c; ALTER TABLE named DROP COLUMN organization_id;",
    ];
    let expected = ["memberships", "users", "mails", "reachable"].map(str::to_owned);
    assert_eq!(tables_of_organizations(migrations), HashSet::from(expected));
}
