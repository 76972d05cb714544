//! Whether every table of a statement is held to an organization by a condition that lets nothing else through.

use std::collections::HashSet;

use super::block::{Block, Condition, Kind, Reference, Vocabulary};
use super::tokens::{Token, begins_query, tokens};

/// The column that carries an organization's id.
const COLUMN: &str = "organization_id";

/// The tables of organizations that a statement, or a piece of one, looks at without being held to an organization.
///
/// A table is held by a comparison of its `organization_id` with a bound value or with a table that is held; the organizations
/// themselves by their id or their slug. Rows that are inserted are no matter of a condition.
pub fn unheld(text: &str, tables: &HashSet<String>) -> Vec<String> {
    let tokens = tokens(text);
    let mut named = HashSet::new();
    collect_named(&tokens, &mut named);
    let mut judge = Judge { vocabulary: Vocabulary { tables, named }, unheld: Vec::new() };
    judge.query(&tokens, &[]);
    judge.unheld.dedup();
    judge.unheld
}

/// Names of queries: `WITH name AS (` or `, name AS (`.
fn collect_named(tokens: &[Token], named: &mut HashSet<String>) {
    for (at, token) in tokens.iter().enumerate() {
        let Token::Group(inner) = token else { continue };
        collect_named(inner, named);
        let before: Vec<&Token> = tokens[..at].iter().rev().filter(|token| !token.is(&["MATERIALIZED", "NOT"])).collect();
        if let [as_word, rest @ ..] = before.as_slice()
            && as_word.is(&["AS"])
            && begins_query(inner)
        {
            // The names of its columns may stand between.
            let name = rest.iter().find(|token| !matches!(token, Token::Group(_)));
            if let Some(Token::Word(name)) = name {
                named.insert(name.clone());
            }
        }
    }
    // A piece may leave the query open: `WITH found AS MATERIALIZED (` is a group of nothing.
    if let [.., Token::Word(name), as_word, Token::Group(inner)] = tokens
        && as_word.is(&["AS"])
        && inner.is_empty()
    {
        named.insert(name.clone());
    }
}

/// Whether a statement begins here; `FOR UPDATE` begins none.
fn begins_statement(tokens: &[Token], at: usize) -> bool {
    let is_lock = at > 0 && tokens[at - 1].is(&["FOR", "KEY", "DO"]);
    !is_lock && tokens[at].is(&["SELECT", "UPDATE", "DELETE", "INSERT", "VALUES"])
}

struct Judge<'rule> {
    vocabulary: Vocabulary<'rule>,
    unheld: Vec<String>,
}

/// The tables of the blocks around a query.
type Outer<'block> = [&'block [Reference]];

impl Judge<'_> {
    /// Judges a query: its parts by themselves.
    fn query(&mut self, tokens: &[Token], outer: &Outer<'_>) {
        for part in tokens.split(|token| token.is(&["UNION", "INTERSECT", "EXCEPT"]) || token.is_sign(";")) {
            self.part(part, outer);
        }
    }

    fn part(&mut self, tokens: &[Token], outer: &Outer<'_>) {
        let begin = (0..tokens.len()).find(|at| begins_statement(tokens, *at)).unwrap_or(0);
        let (head, rest) = tokens.split_at(begin);
        self.expressions(head.iter(), outer);
        let end = rest.windows(2).position(|pair| pair[0].is(&["ON"]) && pair[1].is(&["CONFLICT"])).unwrap_or(rest.len());
        let (main, conflict) = rest.split_at(end);
        self.expressions(conflict.iter(), outer);
        // What is inserted is a query, or values.
        let main = if main.first().is_some_and(|first| first.is(&["INSERT"])) {
            let begin = main.iter().position(|token| token.is(&["SELECT", "VALUES", "WITH"])).unwrap_or(main.len());
            &main[begin..]
        } else {
            main
        };
        let block = Block::read(main, &self.vocabulary);
        let owned = block.references.iter().zip(held(&block, outer)).filter(|(reference, _)| reference.kind == Kind::Owned);
        self.unheld.extend(owned.filter(|(_, is_held)| !is_held).map(|(reference, _)| reference.table.clone()));
        for query in &block.derived {
            self.query(query, outer);
        }
        let around: Vec<&[Reference]> = [block.references.as_slice()].into_iter().chain(outer.iter().copied()).collect();
        self.expressions(block.expressions.iter().copied(), &around);
    }

    /// Judges the queries in expressions.
    fn expressions<'text>(&mut self, tokens: impl Iterator<Item = &'text Token>, outer: &Outer<'_>) {
        for token in tokens {
            if let Token::Group(inner) = token {
                if begins_query(inner) {
                    self.query(inner, outer);
                } else {
                    self.expressions(inner.iter(), outer);
                }
            }
        }
    }
}

/// What a comparison compares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The organization of a table of this block.
    Here(usize),
    /// The slug of an organization of this block.
    Slug(usize),
    /// The organization of a table of a block around it, or of a query: that one is judged by itself.
    Judged,
    /// A bound value, or a query.
    Value,
    /// Anything else.
    Unknown,
}

/// Which tables of a block are held.
fn held(block: &Block<'_>, outer: &Outer<'_>) -> Vec<bool> {
    let mut comparisons = Vec::new();
    for condition in &block.conditions {
        for (left, right) in comparisons_of(condition.tokens, condition.is_last) {
            comparisons.push((side(left, block, outer), side(right, block, outer), condition));
        }
    }
    let mut held: Vec<bool> = block.references.iter().map(|reference| reference.kind == Kind::Derived).collect();
    // Each round can hold one table more.
    for _ in 0..=block.references.len() {
        for (left, right, condition) in &comparisons {
            hold(*left, *right, condition, &mut held);
            hold(*right, *left, condition, &mut held);
        }
        for using in &block.usings {
            let others = || (0..using.joined).filter(|other| block.references[*other].kind != Kind::Other);
            if others().any(|other| held[other]) {
                held[using.joined] = true;
            } else if held[using.joined] && !using.is_outer {
                others().for_each(|other| held[other] = true);
            }
        }
    }
    held
}

/// Holds the one side when the other does.
fn hold(side: Side, by: Side, condition: &Condition<'_>, held: &mut [bool]) {
    let holds = match by {
        Side::Here(other) => held[other],
        Side::Judged | Side::Value => true,
        Side::Slug(_) | Side::Unknown => false,
    };
    if let (Side::Here(table) | Side::Slug(table), true) = (side, holds)
        && condition.only.is_none_or(|only| only == table)
    {
        held[table] = true;
    }
}

/// The two sides of each comparison that must be true for the whole condition to be.
fn comparisons_of(tokens: &[Token], is_last: bool) -> Vec<(&[Token], &[Token])> {
    let mut found = Vec::new();
    if tokens.iter().any(|token| token.is(&["OR", "CASE"])) {
        return found;
    }
    let parts: Vec<&[Token]> = tokens.split(|token| token.is(&["AND"])).collect();
    for (index, part) in parts.iter().enumerate() {
        if let [Token::Group(inner)] = part {
            if !begins_query(inner) {
                found.extend(comparisons_of(inner, false));
            }
            continue;
        }
        let Some((left, right)) = sides(part) else { continue };
        match (left, right) {
            ([Token::Group(left)], [Token::Group(right)]) => {
                let columns = left.split(|token| token.is_sign(","));
                found.extend(columns.zip(right.split(|token| token.is_sign(","))));
            }
            // The value follows, where a statement is put together.
            (left, []) if is_last && index + 1 == parts.len() => found.push((left, &[Token::Parameter])),
            _ => found.push((left, right)),
        }
    }
    found
}

/// `one = other`, `one IS NOT DISTINCT FROM other` or `one IN (…)`.
fn sides(part: &[Token]) -> Option<(&[Token], &[Token])> {
    let distinct = ["IS", "NOT", "DISTINCT", "FROM"];
    let same = part.windows(4).position(|words| words.iter().zip(distinct).all(|(word, expected)| word.is(&[expected])));
    if let Some(at) = same {
        return Some((&part[..at], &part[at + 4..]));
    }
    let at = part.iter().position(|token| token.is_sign("=") || token.is(&["IN"]))?;
    Some((&part[..at], &part[at + 1..]))
}

fn side(tokens: &[Token], block: &Block<'_>, outer: &Outer<'_>) -> Side {
    let tokens = match tokens {
        [value @ .., cast, Token::Word(_)] if cast.is_sign("::") => value,
        all => all,
    };
    match tokens {
        [Token::Parameter] => Side::Value,
        [any, Token::Group(inner)] if any.is(&["ANY"]) => {
            if is_value(inner) {
                Side::Value
            } else {
                Side::Unknown
            }
        }
        [group @ Token::Group(inner)] => {
            if group.is_query() || is_value(inner) {
                Side::Value
            } else {
                Side::Unknown
            }
        }
        [Token::Word(table), dot, Token::Word(column)] if dot.is_sign(".") => {
            let is_called = |reference: &Reference| reference.alias == *table;
            if let Some(at) = block.references.iter().position(is_called) {
                return column_of(&block.references[at], at, column);
            }
            let around = outer.iter().find_map(|references| references.iter().find(|reference| is_called(reference)));
            // Which organization that is, is the matter of the block around.
            match around.map(|reference| column_of(reference, 0, column)) {
                Some(Side::Here(_) | Side::Judged) => Side::Judged,
                _ => Side::Unknown,
            }
        }
        [Token::Word(column)] => {
            let mut tables = block.references.iter().enumerate().filter(|(_, reference)| match reference.kind {
                Kind::Owned => column == COLUMN,
                Kind::Organizations => (column == "id" || column == "slug") && block.references.len() == 1,
                Kind::Derived | Kind::Other => false,
            });
            match (tables.next(), tables.next()) {
                (Some((at, reference)), None) => column_of(reference, at, column),
                _ => Side::Unknown,
            }
        }
        _ => Side::Unknown,
    }
}

/// Values with commas between them, or a query.
fn is_value(tokens: &[Token]) -> bool {
    begins_query(tokens) || tokens.split(|token| token.is_sign(",")).all(|value| value.first() == Some(&Token::Parameter))
}

fn column_of(reference: &Reference, at: usize, column: &str) -> Side {
    match (reference.kind, column) {
        (Kind::Owned, COLUMN) | (Kind::Organizations, "id") => Side::Here(at),
        (Kind::Organizations, "slug") => Side::Slug(at),
        (Kind::Derived, COLUMN) => Side::Judged,
        _ => Side::Unknown,
    }
}
