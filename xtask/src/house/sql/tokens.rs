//! Words, signs and parentheses.

/// A piece of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A key word or a name, as written; a quoted name without its quotation marks.
    Word(String),
    /// A text, a number or a whole body in dollar signs: nothing to look into.
    Constant,
    /// `$1`
    Parameter,
    /// An operator or a mark.
    Sign(String),
    /// What stands in parentheses.
    Group(Vec<Token>),
}

impl Token {
    /// Whether this is one of these key words. Key words are written in capitals, so a column may be called `position`.
    pub fn is(&self, words: &[&str]) -> bool {
        matches!(self, Self::Word(word) if words.contains(&word.as_str()))
    }

    /// Whether this is that sign.
    pub fn is_sign(&self, sign: &str) -> bool {
        matches!(self, Self::Sign(found) if found == sign)
    }

    /// Whether this is a query in parentheses.
    pub fn is_query(&self) -> bool {
        matches!(self, Self::Group(inner) if begins_query(inner))
    }
}

/// Whether these tokens are a query and not an expression.
pub fn begins_query(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|first| first.is(&["SELECT", "WITH", "VALUES", "INSERT", "UPDATE", "DELETE"]))
}

/// The tokens of a statement, or of a piece of one: what a piece closes without having opened it becomes a group at its beginning, and
/// what it leaves open ends with it.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut open: Vec<Vec<Token>> = vec![Vec::new()];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ if first.is_whitespace() => first.len_utf8(),
            _ => {
                let (token, length) = token(rest, first);
                match token {
                    Token::Sign(sign) if sign == "(" => open.push(Vec::new()),
                    Token::Sign(sign) if sign == ")" => close(&mut open),
                    token => push(&mut open, token),
                }
                length
            }
        };
        rest = &rest[length..];
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

fn push(open: &mut [Vec<Token>], token: Token) {
    if let Some(innermost) = open.last_mut() {
        innermost.push(token);
    }
}

fn close(open: &mut Vec<Vec<Token>>) {
    let group = Token::Group(open.pop().unwrap_or_default());
    if open.is_empty() {
        open.push(Vec::new());
    }
    push(open, group);
}

/// The token at the beginning of a text, and its length there.
fn token(text: &str, first: char) -> (Token, usize) {
    match first {
        '\'' => (Token::Constant, quoted(text, '\'')),
        '"' => {
            let length = quoted(text, '"');
            (Token::Word(text[1..length].trim_end_matches('"').to_owned()), length)
        }
        '$' => {
            let after = length_while(&text[1..], |character| character.is_alphanumeric() || character == '_') + 1;
            if text[1..after].chars().all(|character| character.is_ascii_digit()) && after > 1 {
                return (Token::Parameter, after);
            }
            if !text[after..].starts_with('$') {
                return (Token::Sign("$".to_owned()), 1);
            }
            // `$$ … $$` or `$body$ … $body$`
            let fence = &text[..=after];
            let end = text[fence.len()..].find(fence).map_or(text.len(), |end| end + 2 * fence.len());
            (Token::Constant, end)
        }
        _ if first.is_ascii_digit() => (Token::Constant, length_while(text, |character| character.is_alphanumeric() || character == '.')),
        _ if first.is_alphabetic() || first == '_' => {
            let length = length_while(text, |character| character.is_alphanumeric() || character == '_');
            (Token::Word(text[..length].to_owned()), length)
        }
        _ if is_operator(first) => {
            let length = length_while(text, is_operator);
            (Token::Sign(text[..length].to_owned()), length)
        }
        _ => (Token::Sign(first.to_string()), first.len_utf8()),
    }
}

const fn is_operator(character: char) -> bool {
    matches!(character, '+' | '-' | '*' | '/' | '<' | '>' | '=' | '~' | '!' | '@' | '#' | '%' | '^' | '&' | '|' | '?' | ':')
}

fn length_while(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character)).unwrap_or(text.len())
}

/// The length of a quotation with its marks; a doubled mark is a part of it.
fn quoted(text: &str, mark: char) -> usize {
    let mut at = 1;
    while let Some(end) = text[at..].find(mark) {
        at += end + 1;
        if !text[at..].starts_with(mark) {
            return at;
        }
        at += 1;
    }
    text.len()
}
