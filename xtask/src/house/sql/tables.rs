//! The tables and views that carry an organization's id, as the migrations leave them.

use std::collections::HashSet;

use super::tokens::{Token, tokens};

/// The column that carries an organization's id.
const COLUMN: &str = "organization_id";

/// Reads the migrations in their order.
pub fn tables_of_organizations<'text>(migrations: impl IntoIterator<Item = &'text str>) -> HashSet<String> {
    let mut tables = HashSet::new();
    for migration in migrations {
        for statement in tokens(migration).split(|token| token.is_sign(";")) {
            take(statement, &mut tables);
        }
    }
    tables
}

fn take(statement: &[Token], tables: &mut HashSet<String>) {
    let words: Vec<&Token> = statement.iter().filter(|token| !token.is(&["IF", "NOT", "EXISTS", "OR", "REPLACE", "ONLY"])).collect();
    match words.as_slice() {
        [create, table, Token::Word(name), Token::Group(columns), ..]
            if create.is(&["CREATE"])
                && table.is(&["TABLE"])
                && columns.split(|token| token.is_sign(",")).any(|column| column.first() == Some(&column_name())) =>
        {
            tables.insert(name.clone());
        }
        [create, view, Token::Word(name), rest @ ..] if create.is(&["CREATE"]) && view.is(&["VIEW"]) && is_shown(rest) => {
            tables.insert(name.clone());
        }
        [drop, kind, Token::Word(name), ..] if drop.is(&["DROP"]) && kind.is(&["TABLE", "VIEW"]) => {
            tables.remove(name);
        }
        [alter, table, Token::Word(name), changes @ ..] if alter.is(&["ALTER"]) && table.is(&["TABLE"]) => {
            alter_table(name, changes, tables);
        }
        _ => {}
    }
}

fn alter_table(name: &str, changes: &[&Token], tables: &mut HashSet<String>) {
    if let [rename, to, Token::Word(new)] = changes
        && rename.is(&["RENAME"])
        && to.is(&["TO"])
    {
        if tables.remove(name) {
            tables.insert(new.clone());
        }
        return;
    }
    for change in changes.split(|token| token.is_sign(",")) {
        let words: Vec<&&Token> = change.iter().filter(|token| !token.is(&["COLUMN"])).collect();
        match words.as_slice() {
            [add, column, ..] if add.is(&["ADD"]) && ***column == column_name() => {
                tables.insert(name.to_owned());
            }
            [drop, column, ..] if drop.is(&["DROP"]) && ***column == column_name() => {
                tables.remove(name);
            }
            _ => {}
        }
    }
}

/// Whether a view shows the column: among the names that it gives, or as the last word of something that it selects.
fn is_shown(view: &[&Token]) -> bool {
    if let Some(Token::Group(columns)) = view.first() {
        return columns.contains(&column_name());
    }
    let selected = view.iter().skip_while(|token| !token.is(&["SELECT"])).take_while(|token| !token.is(&["FROM"]));
    let selected: Vec<&&Token> = selected.collect();
    selected.split(|token| token.is_sign(",")).any(|item| item.last().is_some_and(|last| ***last == column_name()))
}

fn column_name() -> Token {
    Token::Word(COLUMN.to_owned())
}
