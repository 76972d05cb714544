//! The list of members, and its search.
//!
//! However large the organization, a page never walks the whole of it:
//!
//! * Without a search, the order by name leads straight to the page.
//! * A search that finds few people looks them up by their words, and orders them afterwards.
//! * A search that finds many walks along the order by name, where the next match is near; where it isn't, because all of them
//!   stand elsewhere, they are looked up, too.
//!
//! The planner can't be left to choose: it expects matches to be spread evenly, and organizations to be as large as each other, and
//! walks the whole organization where they aren't. `MATERIALIZED` makes it plan a lookup as if all of it were wanted; what is not
//! asked for is still not fetched. Everything else about a row is looked up for the rows of the page alone, behind their `LIMIT`.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::{COLUMNS, ListedMember, ListedRow};
use crate::features::permissions::access::Allowed;
use crate::platform::db::Tx;
use crate::platform::folding::SearchPatterns;
use crate::platform::incidents::Fault;
use crate::values::page::Cursor;

/// Matches are counted up to here; beyond, the list says `1,000+`.
pub(in crate::features::members) const COUNTED_MATCHES: i64 = 1_000;

/// Rows that a walk along the names looks at, a few milliseconds' worth. Fewer than one match in fifty rows are then looked up.
const WALKED_ROWS: u32 = 5_000;

/// Where a page lies in the order by name.
pub(in crate::features::members) enum Position {
    First,
    After(Cursor),
    Before(Cursor),
}

/// How many people a search finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features::members) enum Found {
    /// Not more than are counted.
    Few,
    /// More than [`COUNTED_MATCHES`].
    Many,
}

/// A page, and what the list says of the whole organization.
pub(in crate::features::members) struct Listed {
    /// The page in its direction, one row more than asked for where there are others.
    pub(in crate::features::members) records: Vec<ListedMember>,
    /// How many people the organization has, kept by a trigger.
    pub(in crate::features::members) members: i64,
    /// How many administrators can be reached, counted up to two.
    pub(in crate::features::members) reachable_administrators: i64,
}

/// A page in the order by name. Relies on `memberships_by_name`.
pub(in crate::features::members) async fn list_members(
    tx: &mut Tx,
    allowed: &Allowed,
    position: &Position,
    rows: u32,
) -> Result<Listed, Fault> {
    // The same way leads to every such page, so the statement is planned once and kept.
    list(tx, allowed, position, true, |query| {
        push_members(query, "*", allowed);
        push_position(query, position);
        push_order(query, position, rows + 1);
    })
    .await
}

/// A page of those who match, in the order by name. Relies on `memberships_by_search` for the lookup.
pub(in crate::features::members) async fn list_found(
    tx: &mut Tx,
    allowed: &Allowed,
    patterns: &SearchPatterns,
    found: Found,
    position: &Position,
    rows: u32,
) -> Result<Listed, Fault> {
    if found == Found::Many {
        let near = list(tx, allowed, position, false, |query| {
            query.push("SELECT * FROM (");
            push_members(query, "*", allowed);
            push_position(query, position);
            push_order(query, position, WALKED_ROWS);
            query.push(") AS walked WHERE true");
            push_patterns(query, patterns);
            push_order(query, position, rows + 1);
        })
        .await?;
        if near.records.len() > usize::try_from(rows).unwrap_or(usize::MAX) {
            return Ok(near);
        }
    }
    list(tx, allowed, position, false, |query| {
        query.push("WITH found AS MATERIALIZED (");
        push_members(query, "id, sort_name", allowed);
        push_patterns(query, patterns);
        query.push(") SELECT one.* FROM (SELECT id FROM found WHERE true");
        push_position(query, position);
        push_order(query, position, rows + 1);
        query.push(") AS page CROSS JOIN LATERAL (");
        push_members(query, "*", allowed);
        query.push(" AND id = page.id LIMIT 1) AS one");
    })
    .await
}

/// How many a search finds, counted up to one more than [`COUNTED_MATCHES`].
pub(in crate::features::members) async fn count_matches(tx: &mut Tx, allowed: &Allowed, patterns: &SearchPatterns) -> Result<i64, Fault> {
    let mut query = QueryBuilder::<Postgres>::new("WITH found AS MATERIALIZED (");
    push_members(&mut query, "id", allowed);
    push_patterns(&mut query, patterns);
    query.push(") SELECT count(*) FROM (SELECT FROM found LIMIT ");
    query.push_bind(COUNTED_MATCHES + 1);
    query.push(") AS counted");
    // Planned anew each time: words are found in few rows or in all of them.
    Ok(query.build_query_scalar().persistent(false).fetch_one(&mut **tx).await?)
}

/// The rows of `memberships` that `push_page` selects, with what is told of the organization in the same round trip.
async fn list(
    tx: &mut Tx,
    allowed: &Allowed,
    position: &Position,
    is_kept: bool,
    push_page: impl FnOnce(&mut QueryBuilder<Postgres>),
) -> Result<Listed, Fault> {
    let organization = allowed.organization().as_uuid();
    let mut query = QueryBuilder::<Postgres>::new(
        "SELECT organizations.member_count,
            (SELECT count(*) FROM (SELECT FROM reachable_administrators WHERE reachable_administrators.organization_id = ",
    );
    query.push_bind(organization);
    query.push(" LIMIT 2) AS reachable) AS reachable_administrators, listed.* FROM organizations LEFT JOIN (");
    query.push(COLUMNS);
    query.push(" FROM (");
    push_page(&mut query);
    query.push(") AS memberships LEFT JOIN users ON users.id = memberships.user_id) AS listed ON true WHERE organizations.id = ");
    query.push_bind(organization);
    query.push(if matches!(position, Position::Before(_)) { " ORDER BY sort_name DESC, id DESC" } else { " ORDER BY sort_name, id" });

    let found: Vec<PgRow> = query.build().persistent(is_kept).fetch_all(&mut **tx).await?;
    let first = found.first().ok_or_else(|| Fault::Inconsistent { table: "organizations", reason: "it is gone".to_owned() })?;
    let members = first.try_get("member_count")?;
    let reachable_administrators = first.try_get("reachable_administrators")?;
    let mut records = Vec::with_capacity(found.len());
    for row in &found {
        // An empty page still tells the counts.
        if row.try_get::<Option<Uuid>, _>("id")?.is_some() {
            records.push(ListedMember::try_from(ListedRow::from_row(row)?)?);
        }
    }
    Ok(Listed { records, members, reachable_administrators })
}

fn push_members(query: &mut QueryBuilder<Postgres>, columns: &'static str, allowed: &Allowed) {
    query.push("SELECT ");
    query.push(columns);
    query.push(" FROM memberships WHERE organization_id = ");
    query.push_bind(allowed.organization().as_uuid());
}

fn push_patterns(query: &mut QueryBuilder<Postgres>, patterns: &SearchPatterns) {
    for word in &patterns.words {
        query.push(" AND search LIKE ");
        query.push_bind(word.like());
    }
}

fn push_position(query: &mut QueryBuilder<Postgres>, position: &Position) {
    let (comparison, cursor) = match position {
        Position::First => return,
        Position::After(cursor) => (" > ", cursor),
        Position::Before(cursor) => (" < ", cursor),
    };
    query.push(" AND (sort_name, id)");
    query.push(comparison);
    query.push("(");
    query.push_bind(cursor.sort_key.clone());
    query.push(", ");
    query.push_bind(cursor.id);
    query.push(")");
}

/// The number stands in the statement itself: of a bound one, the planner would not know how few rows are wanted.
fn push_order(query: &mut QueryBuilder<Postgres>, position: &Position, most: u32) {
    query.push(match position {
        Position::First | Position::After(_) => " ORDER BY sort_name, id LIMIT ",
        Position::Before(_) => " ORDER BY sort_name DESC, id DESC LIMIT ",
    });
    query.push(most);
}
