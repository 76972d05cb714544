//! What the tables hold, in short: to see whether anything changed.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, PgPool};

/// What may change in a table without being a change that counts.
pub struct Exempt {
    /// The table.
    pub table: &'static str,
    /// Its columns that may, separated by commas.
    pub columns: &'static str,
    /// Its rows that may, as a condition.
    pub rows: &'static str,
}

/// Notes that somebody was here.
pub const PRESENCE: [Exempt; 3] = [
    Exempt { table: "sessions", columns: "last_used_at,organization_id", rows: "false" },
    Exempt { table: "last_visits", columns: "", rows: "true" },
    Exempt { table: "known_browsers", columns: "last_used_at", rows: "false" },
];

/// Looks at every table, whatever tables there are.
pub struct Watch {
    owner: PgPool,
    query: String,
}

impl Watch {
    /// Looks at everything but what is exempt.
    pub async fn over(owner: &PgPool, exempt: &[Exempt]) -> Self {
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition",
        )
        .fetch_all(owner)
        .await
        .unwrap();
        assert!(exempt.iter().all(|exempt| tables.iter().any(|table| table == exempt.table)), "a table that is exempt is no longer there");
        let digests: Vec<String> = tables
            .iter()
            .map(|table| {
                let of_table = || exempt.iter().filter(|exempt| exempt.table == table);
                let columns = of_table().map(|exempt| exempt.columns).collect::<Vec<_>>().join(",");
                let rows: String = of_table().map(|exempt| format!(" AND NOT ({})", exempt.rows)).collect();
                format!(
                    "SELECT '{table}', md5(string_agg(line, E'\\n' ORDER BY line))
                     FROM (SELECT (to_jsonb(stored) - '{{{columns}}}'::text[])::text AS line FROM {table} AS stored WHERE true{rows}) AS lines"
                )
            })
            .collect();
        Self { owner: owner.clone(), query: digests.join(" UNION ALL ") }
    }

    /// A digest of every table, read at one instant.
    pub async fn look(&self) -> Contents {
        let digests: Vec<(String, Option<String>)> =
            sqlx::query_as(AssertSqlSafe(self.query.clone())).fetch_all(&self.owner).await.unwrap();
        Contents(digests.into_iter().collect())
    }
}

/// A digest of every table.
#[derive(Debug, PartialEq, Eq)]
pub struct Contents(BTreeMap<String, Option<String>>);

impl Contents {
    /// The tables in which something is different now.
    pub fn changed_in(&self, now: &Self) -> Vec<&str> {
        self.0.keys().filter(|table| self.0[*table] != now.0[*table]).map(String::as_str).collect()
    }
}
