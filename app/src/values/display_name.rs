//! Names that people read.
//!
//! A name may be in any script. It is one line, and every character of it can be seen: what the eye cannot tell apart
//! would let one person or organization pass for another, and a line break would let a name write headers of a mail.

use serde::{Deserialize, Serialize};

use super::text::{is_hidden, is_line_break, text_value};

/// A first name or a last name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// The name of an organization.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganizationName(String);

/// What an organization calls itself in general: `Organization`, `Local Authority`, `Company`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NameError {
    /// Nothing was typed.
    #[error("Enter a name.")]
    Empty,
    /// Longer than its limit.
    #[error("Use at most {limit} characters.")]
    TooLong {
        /// The characters that fit.
        limit: usize,
    },
    /// More than one line.
    #[error("Enter the name in one line.")]
    LineBreak,
    /// A character that cannot be seen, or that reverses how the name is shown.
    #[error("The name contains a hidden character. Type it instead of pasting it.")]
    Hidden,
}

impl PersonName {
    /// Characters that fit into a name.
    pub const MAXIMUM_LENGTH: usize = 100;

    /// Reads a name; blanks around it are dropped, those inside become single spaces.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        one_visible_line(text, Self::MAXIMUM_LENGTH).map(Self)
    }
}

impl OrganizationName {
    /// Characters that fit into a name.
    pub const MAXIMUM_LENGTH: usize = 100;

    /// Reads a name; blanks around it are dropped, those inside become single spaces.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        one_visible_line(text, Self::MAXIMUM_LENGTH).map(Self)
    }
}

impl Label {
    /// Characters that fit into a label.
    pub const MAXIMUM_LENGTH: usize = 40;

    /// Reads a label; blanks around it are dropped, those inside become single spaces.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        one_visible_line(text, Self::MAXIMUM_LENGTH).map(Self)
    }
}

impl Default for Label {
    fn default() -> Self {
        Self("Organization".to_owned())
    }
}

text_value!(PersonName, NameError);
text_value!(OrganizationName, NameError);
text_value!(Label, NameError);

fn one_visible_line(text: &str, limit: usize) -> Result<String, NameError> {
    let text = text.trim();
    let mut name = String::new();
    let mut length = 0;
    let mut characters = text.chars().peekable();
    let mut previous = ' ';
    while let Some(character) = characters.next() {
        if is_line_break(character) {
            return Err(NameError::LineBreak);
        }
        if character.is_whitespace() && previous == ' ' && length > 0 {
            continue;
        }
        let shown = if character.is_whitespace() { ' ' } else { character };
        if is_hidden(shown) && !shapes_its_neighbors(previous, shown, characters.peek().copied()) {
            return Err(NameError::Hidden);
        }
        length += 1;
        if length > limit {
            return Err(NameError::TooLong { limit });
        }
        name.push(shown);
        previous = shown;
    }
    if name.is_empty() { Err(NameError::Empty) } else { Ok(name) }
}

// Some scripts spell names with characters that show nothing by themselves; there, and only there, they are letters.
fn shapes_its_neighbors(previous: char, character: char, next: Option<char>) -> bool {
    match character {
        // Joiners, between two letters of Persian or of a script of India.
        '\u{200c}' | '\u{200d}' => {
            let joins = |letter: char| matches!(letter, '\u{620}'..='\u{8ff}' | '\u{900}'..='\u{dff}');
            joins(previous) && next.is_some_and(joins)
        }
        // Variants of a Mongolian letter, of a Chinese or Japanese one, and of a symbol.
        '\u{180b}'..='\u{180d}' | '\u{180f}' => matches!(previous, '\u{1820}'..='\u{18aa}'),
        '\u{fe00}'..='\u{fe02}' | '\u{e0100}'..='\u{e01ef}' => {
            matches!(previous, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        }
        '\u{fe0f}' => matches!(previous, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_are_kept() {
        for name in [
            "Ann",
            "Zoë",
            "O'Neill",
            "Anna-Lena",
            "van der Berg",
            "Jr.",
            "毛泽东",
            "محمد",
            "علی\u{200c}رضا",
            "श्री\u{200d}राम",
            "Владимир",
            "ไก่",
            "김",
            "葛\u{e0100}城",
            "-",
            "🦀",
            "❤\u{fe0f}",
        ] {
            assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn blanks_around_a_name_are_dropped_and_those_inside_collapsed() {
        assert_eq!(PersonName::parse("  Mary \t \u{a0} Ann \n").unwrap().as_str(), "Mary Ann");
    }

    #[test]
    fn an_empty_name_is_refused() {
        assert_eq!(PersonName::parse(""), Err(NameError::Empty));
        assert_eq!(PersonName::parse(" \t\r\n "), Err(NameError::Empty));
    }

    #[test]
    fn a_second_line_is_refused() {
        for text in ["Ann\r\nBcc: x@y.zz", "Ann\nSmith", "Ann\rSmith", "Ann\u{2028}Smith", "Ann\u{85}Smith"] {
            assert_eq!(PersonName::parse(text), Err(NameError::LineBreak), "{text:?}");
        }
    }

    #[test]
    fn characters_that_cannot_be_seen_are_refused() {
        for text in [
            "Ann\0",
            "A\u{7}nn",
            "Ann\u{202e}htimS",
            "\u{2066}Ann",
            "A\u{200b}nn",
            "A\u{ad}nn",
            "\u{3164}",
            "\u{2800}",
            "\u{feff}Ann",
            "A\u{200d}nn",
            "Ann\u{200c}",
            "علی\u{200c}",
            "Ann\u{e0041}",
            "Ann\u{e0100}",
            "Ann\u{fe0f}",
            "👩\u{200d}💻",
        ] {
            assert_eq!(PersonName::parse(text), Err(NameError::Hidden), "{text:?}");
        }
    }

    #[test]
    fn a_limit_counts_characters_and_says_itself() {
        assert!(PersonName::parse(&"é".repeat(100)).is_ok());
        let refusal = PersonName::parse(&"é".repeat(101)).unwrap_err();
        assert_eq!(refusal.to_string(), "Use at most 100 characters.");
        assert!(OrganizationName::parse(&"x".repeat(100)).is_ok());
        assert_eq!(OrganizationName::parse(&"x".repeat(101)), Err(NameError::TooLong { limit: 100 }));
        assert!(Label::parse(&"x".repeat(40)).is_ok());
        assert_eq!(Label::parse(&"x".repeat(41)), Err(NameError::TooLong { limit: 40 }));
        assert_eq!(PersonName::parse(&format!("a{}b", " ".repeat(1_000))).unwrap().as_str(), "a b");
    }

    #[test]
    fn an_organization_is_called_organization_unless_it_says_otherwise() {
        assert_eq!(Label::default(), Label::parse("Organization").unwrap());
    }

    #[test]
    fn a_name_is_checked_again_on_arrival() {
        assert_eq!(serde_json::from_str::<PersonName>("\" Ann \"").unwrap().as_str(), "Ann");
        assert!(serde_json::from_str::<OrganizationName>("\"a\\nb\"").is_err());
        assert_eq!(serde_json::to_string(&Label::default()).unwrap(), "\"Organization\"");
    }
}
