//! One `SELECT`, `UPDATE` or `DELETE`: the tables that it looks at, and its conditions.

use std::collections::HashSet;

use super::tokens::{Token, begins_query};

/// Key words that end a condition, and that no table is called.
const CLAUSES: [&str; 28] = [
    "SELECT",
    "FROM",
    "WHERE",
    "JOIN",
    "LEFT",
    "RIGHT",
    "INNER",
    "CROSS",
    "FULL",
    "OUTER",
    "NATURAL",
    "ON",
    "USING",
    "GROUP",
    "ORDER",
    "HAVING",
    "LIMIT",
    "OFFSET",
    "FETCH",
    "FOR",
    "SET",
    "RETURNING",
    "WINDOW",
    "VALUES",
    "UNION",
    "WITH",
    "TABLESAMPLE",
    "LATERAL",
];

/// What the words mean that tables are called.
pub struct Vocabulary<'rule> {
    /// The tables that carry an organization's id.
    pub tables: &'rule HashSet<String>,
    /// Queries that the statement gives a name.
    pub named: HashSet<String>,
}

/// What a name behind `FROM` or `JOIN` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A table that carries an organization's id.
    Owned,
    /// The organizations themselves.
    Organizations,
    /// A query, which is looked at by itself, or a function.
    Derived,
    /// Any other table.
    Other,
}

/// A table in a block.
#[derive(Debug)]
pub struct Reference {
    /// The table.
    pub table: String,
    /// What the block calls it.
    pub alias: String,
    /// What it is.
    pub kind: Kind,
}

/// A condition of a block.
pub struct Condition<'text> {
    /// Its tokens.
    pub tokens: &'text [Token],
    /// The one table that it can hold: that of an outer join, whose condition lets all rows of the others through.
    pub only: Option<usize>,
    /// Whether the text ends with it, so that a value may follow.
    pub is_last: bool,
}

/// A join on columns of the same name.
pub struct Using {
    /// The joined table.
    pub joined: usize,
    /// Whether rows of the others pass that have no partner.
    pub is_outer: bool,
}

/// A block.
#[derive(Default)]
pub struct Block<'text> {
    /// Its tables.
    pub references: Vec<Reference>,
    /// Its conditions.
    pub conditions: Vec<Condition<'text>>,
    /// Its joins on `organization_id` as a column of the same name.
    pub usings: Vec<Using>,
    /// Queries in the place of a table.
    pub derived: Vec<&'text [Token]>,
    /// Everything else that may hold queries.
    pub expressions: Vec<&'text Token>,
}

/// How a table is joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    Inner,
    /// All rows of what stands before it pass.
    Left,
    /// Rows of what stands before it may pass without their condition, and its own too.
    Full,
}

impl<'text> Block<'text> {
    /// Reads a block.
    pub fn read(tokens: &'text [Token], vocabulary: &Vocabulary<'_>) -> Self {
        let mut block = Self::default();
        block.walk(tokens, vocabulary, false);
        block
    }

    /// Goes through tokens; those of a join in parentheses begin with a table.
    fn walk(&mut self, tokens: &'text [Token], vocabulary: &Vocabulary<'_>, begins_with_table: bool) {
        let mut at = 0;
        let mut join = Join::Inner;
        if begins_with_table {
            at = self.table(tokens, at, vocabulary);
        }
        while let Some(token) = tokens.get(at) {
            let next = tokens.get(at + 1);
            let is_called = matches!(next, Some(Token::Group(_)));
            at += 1;
            if token.is(&["DISTINCT"]) && next.is_some_and(|next| next.is(&["FROM", "ON"])) {
                at += 1;
            } else if token.is(&["FROM"]) || token.is(&["UPDATE"]) && at == 1 || token.is(&["USING"]) && !is_called {
                join = Join::Inner;
                at = self.tables(tokens, at, vocabulary);
            } else if token.is(&["LEFT"]) && !is_called {
                join = Join::Left;
            } else if token.is(&["RIGHT", "FULL", "NATURAL"]) && !is_called {
                join = Join::Full;
            } else if token.is(&["INNER", "CROSS"]) {
                join = Join::Inner;
            } else if token.is(&["JOIN"]) {
                at = self.table(tokens, at, vocabulary);
                let joined = self.references.len().saturating_sub(1);
                if let [using, Token::Group(columns), ..] = &tokens[at.min(tokens.len())..]
                    && using.is(&["USING"])
                {
                    if join != Join::Full && columns.contains(&Token::Word("organization_id".to_owned())) {
                        self.usings.push(Using { joined, is_outer: join == Join::Left });
                    }
                    at += 2;
                } else if tokens.get(at).is_some_and(|on| on.is(&["ON"])) {
                    let end = end_of_condition(tokens, at + 1);
                    if join != Join::Full {
                        self.condition(tokens, at + 1, end, (join == Join::Left).then_some(joined));
                    }
                    at = end;
                }
                join = Join::Inner;
            } else if token.is(&["WHERE"]) {
                let end = end_of_condition(tokens, at);
                self.condition(tokens, at, end, None);
                at = end;
            } else if let Token::Group(_) = token {
                self.expressions.push(token);
            }
        }
    }

    fn condition(&mut self, tokens: &'text [Token], begin: usize, end: usize, only: Option<usize>) {
        let inside = &tokens[begin..end];
        self.conditions.push(Condition { tokens: inside, only, is_last: end == tokens.len() });
        self.expressions.extend(inside.iter().filter(|token| matches!(token, Token::Group(_))));
    }

    /// Reads tables with commas between them, and returns where the next clause begins.
    fn tables(&mut self, tokens: &'text [Token], mut at: usize, vocabulary: &Vocabulary<'_>) -> usize {
        loop {
            at = self.table(tokens, at, vocabulary);
            if !tokens.get(at).is_some_and(|token| token.is_sign(",")) {
                return at;
            }
            at += 1;
        }
    }

    /// Reads one table with its other name, and returns what stands behind it.
    fn table(&mut self, tokens: &'text [Token], mut at: usize, vocabulary: &Vocabulary<'_>) -> usize {
        while tokens.get(at).is_some_and(|token| token.is(&["ONLY", "LATERAL"])) {
            at += 1;
        }
        let (mut table, mut kind) = (String::new(), Kind::Derived);
        match tokens.get(at) {
            Some(Token::Group(inner)) if begins_query(inner) => {
                self.derived.push(inner);
                at += 1;
            }
            Some(Token::Group(inner)) => {
                self.walk(inner, vocabulary, true);
                return at + 1;
            }
            Some(Token::Word(_)) => {
                while let Some(Token::Word(name)) = tokens.get(at) {
                    table.clone_from(name);
                    at += 1;
                    if !tokens.get(at).is_some_and(|token| token.is_sign(".")) {
                        break;
                    }
                    at += 1;
                }
                if let Some(arguments @ Token::Group(_)) = tokens.get(at) {
                    self.expressions.push(arguments);
                    at += 1;
                } else {
                    kind = vocabulary.kind(&table);
                }
            }
            _ => return at,
        }
        if let [with, ordinality, ..] = &tokens[at.min(tokens.len())..]
            && with.is(&["WITH"])
            && ordinality.is(&["ORDINALITY"])
        {
            at += 2;
        }
        if tokens.get(at).is_some_and(|token| token.is(&["AS"])) {
            at += 1;
        }
        let mut alias = table.clone();
        if let Some(token @ Token::Word(name)) = tokens.get(at)
            && !token.is(&CLAUSES)
        {
            alias.clone_from(name);
            at += 1;
            // The names of its columns.
            if let Some(Token::Group(_)) = tokens.get(at) {
                at += 1;
            }
        }
        self.references.push(Reference { table, alias, kind });
        at
    }
}

impl Vocabulary<'_> {
    fn kind(&self, table: &str) -> Kind {
        if self.named.contains(table) {
            Kind::Derived
        } else if table == "organizations" {
            Kind::Organizations
        } else if self.tables.contains(table) {
            Kind::Owned
        } else {
            Kind::Other
        }
    }
}

/// Where a condition ends that begins here.
fn end_of_condition(tokens: &[Token], begin: usize) -> usize {
    let mut at = begin;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1);
        if token.is(&["DISTINCT"]) && next.is_some_and(|next| next.is(&["FROM"])) {
            at += 2;
            continue;
        }
        let is_function = token.is(&["LEFT", "RIGHT"]) && matches!(next, Some(Token::Group(_)));
        if token.is(&CLAUSES) && !is_function || token.is_sign(";") {
            return at;
        }
        at += 1;
    }
    at.max(begin).min(tokens.len())
}
