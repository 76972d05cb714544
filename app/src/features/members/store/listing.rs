//! The list of members, and its search.
//!
//! However large the organization, a page never walks the whole of it:
//!
//! * Without a search, the order by name leads straight to the page.
//! * A search looks people up by their words, as many as are counted. Where those are all, it orders them: that is one statement.
//! * One that finds more walks along the order by name, where the next match is near; where it isn't, because all of them stand
//!   elsewhere, all are looked up: that is a second statement.
//!
//! The planner can't be left to choose: it expects matches to be spread evenly, and organizations to be as large as each other, and
//! walks the whole organization where they aren't. `MATERIALIZED` makes it plan a lookup as if all of it were wanted; what is not
//! asked for is still not fetched. Everything else about a row is looked up for the rows of the page alone, behind their `LIMIT`.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::{COLUMNS, ListedMember, ListedRow};
use crate::features::permissions::access::Allowed;
use crate::platform::db::Read;
use crate::platform::folding::SearchPatterns;
use crate::platform::incidents::Fault;
use crate::values::page::Cursor;

/// Matches are counted up to here; beyond, the list says `1,000+`.
pub const COUNTED_MATCHES: i64 = 1_000;

/// Rows that a walk along the names looks at, a few milliseconds' worth. Fewer than one match in fifty rows are then looked up.
const WALKED_ROWS: u32 = 5_000;

/// Where a page lies in the order by name.
pub enum Position {
    First,
    After(Cursor),
    Before(Cursor),
}

/// Which page of whose people.
#[derive(Clone, Copy)]
pub struct Wanted<'page> {
    /// Who may see them.
    pub allowed: &'page Allowed,
    /// Where the page lies.
    pub position: &'page Position,
    /// How many people it has; one more is fetched, which tells whether there are others.
    pub rows: u32,
}

/// A page, and what the list says of the whole organization.
pub struct Listed {
    /// The page in its direction, one row more than asked for where there are others.
    pub records: Vec<ListedMember>,
    /// How many people the organization has, kept by a trigger.
    pub members: i64,
    /// How many administrators can be reached, counted up to two.
    pub reachable_administrators: i64,
    /// How many the search finds, counted up to one more than [`COUNTED_MATCHES`]; `None` without a search.
    pub matches: Option<i64>,
}

/// A page in the order by name. Relies on `memberships_by_name`.
pub async fn list_members(reading: &mut Read, wanted: Wanted<'_>) -> Result<Listed, Fault> {
    let mut query = QueryBuilder::<Postgres>::new("");
    push_list(&mut query, wanted, "NULL::bigint", |query| {
        push_members(query, "*", wanted.allowed);
        push_position(query, wanted.position);
        push_order(query, wanted.position, wanted.rows + 1);
    });
    // The same way leads to every such page, so the statement is planned once and kept.
    list(reading, &mut query, true).await
}

/// A page of those who match, in the order by name. Relies on `memberships_by_search` for the lookup.
pub async fn list_found(reading: &mut Read, wanted: Wanted<'_>, patterns: &SearchPatterns) -> Result<Listed, Fault> {
    let few = list_few(reading, wanted, patterns).await?;
    if few.matches <= Some(COUNTED_MATCHES) {
        return Ok(few);
    }
    Ok(Listed { matches: few.matches, ..list_many(reading, wanted, patterns).await? })
}

/// Counts the matches, and lists a page of them unless there are more than are counted.
async fn list_few(reading: &mut Read, wanted: Wanted<'_>, patterns: &SearchPatterns) -> Result<Listed, Fault> {
    let mut query = QueryBuilder::<Postgres>::new("WITH found AS MATERIALIZED (");
    push_members(&mut query, "id, sort_name", wanted.allowed);
    push_patterns(&mut query, patterns);
    query.push("), counted AS MATERIALIZED (SELECT id, sort_name FROM found LIMIT ");
    query.push(COUNTED_MATCHES + 1);
    query.push(") ");
    push_list(&mut query, wanted, "(SELECT count(*) FROM counted)", |query| {
        query.push("SELECT one.* FROM (SELECT id FROM counted WHERE (SELECT count(*) FROM counted) <= ");
        query.push(COUNTED_MATCHES);
        push_position(query, wanted.position);
        push_order(query, wanted.position, wanted.rows + 1);
        push_one_of_page(query, wanted.allowed);
    });
    list(reading, &mut query, false).await
}

/// A page of very many matches: those near along the names if they fill it, else out of all that are looked up.
async fn list_many(reading: &mut Read, wanted: Wanted<'_>, patterns: &SearchPatterns) -> Result<Listed, Fault> {
    let mut query = QueryBuilder::<Postgres>::new("WITH near AS MATERIALIZED (SELECT * FROM (");
    push_members(&mut query, "*", wanted.allowed);
    push_position(&mut query, wanted.position);
    push_order(&mut query, wanted.position, WALKED_ROWS);
    query.push(") AS walked WHERE true");
    push_patterns(&mut query, patterns);
    push_order(&mut query, wanted.position, wanted.rows + 1);
    query.push("), found AS MATERIALIZED (");
    push_members(&mut query, "id, sort_name", wanted.allowed);
    push_patterns(&mut query, patterns);
    query.push(") ");
    push_list(&mut query, wanted, "NULL::bigint", |query| {
        query.push("SELECT * FROM near WHERE (SELECT count(*) FROM near) > ");
        query.push(wanted.rows);
        query.push(" UNION ALL SELECT one.* FROM (SELECT id FROM found WHERE (SELECT count(*) FROM near) <= ");
        query.push(wanted.rows);
        push_position(query, wanted.position);
        push_order(query, wanted.position, wanted.rows + 1);
        push_one_of_page(query, wanted.allowed);
    });
    list(reading, &mut query, false).await
}

/// The rows of `memberships` that `push_page` selects, with what is told of the organization in the same round trip.
fn push_list(
    query: &mut QueryBuilder<Postgres>,
    wanted: Wanted<'_>,
    matches: &'static str,
    push_page: impl FnOnce(&mut QueryBuilder<Postgres>),
) {
    let organization = wanted.allowed.organization().as_uuid();
    query.push(
        "SELECT organizations.member_count,
            (SELECT count(*) FROM (SELECT FROM reachable_administrators WHERE reachable_administrators.organization_id = ",
    );
    query.push_bind(organization);
    query.push(" LIMIT 2) AS reachable) AS reachable_administrators, ");
    query.push(matches);
    query.push(" AS matches, listed.* FROM organizations LEFT JOIN (");
    query.push(COLUMNS);
    query.push(" FROM (");
    push_page(query);
    query.push(") AS memberships LEFT JOIN users ON users.id = memberships.user_id) AS listed ON true WHERE organizations.id = ");
    query.push_bind(organization);
    query.push(if matches!(wanted.position, Position::Before(_)) {
        " ORDER BY sort_name DESC, id DESC"
    } else {
        " ORDER BY sort_name, id"
    });
}

async fn list(reading: &mut Read, query: &mut QueryBuilder<Postgres>, is_kept: bool) -> Result<Listed, Fault> {
    // A search is planned anew each time: words are found in few rows or in all of them.
    let found: Vec<PgRow> = query.build().persistent(is_kept).fetch_all(&mut *reading).await?;
    let first = found.first().ok_or_else(|| Fault::Inconsistent { table: "organizations", reason: "it is gone".to_owned() })?;
    let members = first.try_get("member_count")?;
    let reachable_administrators = first.try_get("reachable_administrators")?;
    let matches = first.try_get("matches")?;
    let mut records = Vec::with_capacity(found.len());
    for row in &found {
        // An empty page still tells the counts.
        if row.try_get::<Option<Uuid>, _>("id")?.is_some() {
            records.push(ListedMember::try_from(ListedRow::from_row(row)?)?);
        }
    }
    Ok(Listed { records, members, reachable_administrators, matches })
}

fn push_members(query: &mut QueryBuilder<Postgres>, columns: &'static str, allowed: &Allowed) {
    query.push("SELECT ");
    query.push(columns);
    query.push(" FROM memberships WHERE organization_id = ");
    query.push_bind(allowed.organization().as_uuid());
}

/// Ends a page of ids by the rows that they belong to, each looked up for itself.
fn push_one_of_page(query: &mut QueryBuilder<Postgres>, allowed: &Allowed) {
    query.push(") AS page CROSS JOIN LATERAL (");
    push_members(query, "*", allowed);
    query.push(" AND id = page.id LIMIT 1) AS one");
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
