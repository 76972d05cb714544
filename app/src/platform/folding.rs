//! Text as search and comparison see it: small letters of ASCII, whatever it was typed in.

use deunicode::deunicode_char;

/// Folds case, accents and scripts away: `Zoë  O’Neill` becomes `zoe o'neill`, `北京` becomes `bei jing`.
///
/// The result is ASCII without control characters; its words are separated by single spaces.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        for shown in deunicode_char(character).unwrap_or_default().chars() {
            if !shown.is_whitespace() && !shown.is_control() {
                folded.push(shown.to_ascii_lowercase());
            } else if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// What a member is found by. It begins with a space, so that each word has one before it; the later parts of a name
/// (`Al-Khatib`) and of what stands before an address' `@` (`ann.smith`) are words of their own, too, and a name is also found
/// without its apostrophe.
pub fn search_text(first_name: &str, last_name: &str, username: &str, email: &str) -> String {
    let mut text = String::new();
    let mut add = |word: &str| {
        if !word.is_empty() {
            text.push(' ');
            text.push_str(word);
        }
    };
    let parts = [first_name, last_name, username, email].map(fold);
    for part in &parts {
        add(part);
    }
    let [first_name, last_name, username, email] = &parts;
    let local_part = email.split('@').next().unwrap_or_default();
    for word in [first_name, last_name, username, local_part].into_iter().flat_map(|part| part.split(' ')) {
        for later in word.split(['-', '.', '_', '\'']).skip(1) {
            add(later);
        }
        if word.contains('\'') {
            add(&word.replace('\'', ""));
        }
    }
    text
}

/// What a search looks for: all of its words, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchPatterns {
    /// One for each word; a member is found when every one matches. Without words, everybody is.
    pub words: Vec<SearchPattern>,
    /// The query was longer than the limits, and only its beginning is looked for.
    pub shortened: bool,
}

/// Where a word may stand in the [`search_text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchPattern {
    /// Three characters and more: anywhere.
    Contains(String),
    /// One or two characters: at the beginning of a word.
    BeginningOfWord(String),
}

impl SearchPattern {
    /// The pattern for `search_text LIKE $1`, with the wildcards of the typed word escaped by a backslash.
    pub fn like(&self) -> String {
        match self {
            Self::Contains(word) => format!("%{}%", escaped(word)),
            Self::BeginningOfWord(word) => format!("% {}%", escaped(word)),
        }
    }
}

impl SearchPatterns {
    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Characters of a query that are looked at.
pub const MAXIMUM_QUERY_LENGTH: usize = 200;
/// Words of a query that are looked for.
pub const MAXIMUM_QUERY_WORDS: usize = 8;
const SHORT_WORD: usize = 2;

/// Reads what somebody typed into a search box.
pub fn search_patterns(query: &str) -> SearchPatterns {
    let mut patterns = SearchPatterns::default();
    let end = query.char_indices().nth(MAXIMUM_QUERY_LENGTH).map_or(query.len(), |(end, _)| end);
    let (looked_at, ignored) = query.split_at(end);
    patterns.shortened = !ignored.trim().is_empty();
    for typed in looked_at.split_whitespace() {
        for word in words_of(typed) {
            if patterns.words.len() == MAXIMUM_QUERY_WORDS {
                patterns.shortened = true;
                return patterns;
            }
            let pattern = if word.len() > SHORT_WORD { SearchPattern::Contains(word) } else { SearchPattern::BeginningOfWord(word) };
            if !patterns.words.contains(&pattern) {
                patterns.words.push(pattern);
            }
        }
    }
    patterns
}

// One typed word can fold to several, as Chinese does. One that folds to nothing is kept as it is, its control characters replaced
// since Postgres refuses some: it then finds nobody, where leaving it out would find everybody.
fn words_of(typed: &str) -> Vec<String> {
    let folded = fold(typed);
    if folded.is_empty() {
        let kept = |character: char| if character.is_control() { char::REPLACEMENT_CHARACTER } else { character };
        return vec![typed.chars().map(kept).collect()];
    }
    folded.split(' ').map(str::to_owned).collect()
}

fn escaped(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    for character in word.chars() {
        if matches!(character, '%' | '_' | '\\') {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likes(query: &str) -> Vec<String> {
        search_patterns(query).words.iter().map(SearchPattern::like).collect()
    }

    #[test]
    fn case_accents_and_scripts_are_folded_away() {
        for (text, expected) in [
            ("Ann Smith", "ann smith"),
            ("ZOË O’Neill", "zoe o'neill"),
            ("zoe\u{308}", "zoe"),
            ("Müller-Lüdenscheidt", "muller-ludenscheidt"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("北京", "bei jing"),
            ("Владимир", "vladimir"),
            ("  a \t\r\n b\0 c  ", "a b c"),
            ("", ""),
            ("\u{e000}", ""),
        ] {
            assert_eq!(fold(text), expected, "{text:?}");
        }
    }

    #[test]
    fn folded_text_is_printable_ascii_and_folding_it_again_changes_nothing() {
        let everything: String = ('\0'..='\u{ffff}').collect();
        let folded = fold(&everything);
        assert!(folded.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()));
        assert_eq!(fold(&folded), folded);
    }

    #[test]
    fn every_word_of_the_search_text_has_a_space_before_it() {
        assert_eq!(search_text("Zoë", "O'Neill", "zoe.oneill", "Zoe@X.org"), " zoe o'neill zoe.oneill zoe@x.org neill oneill oneill");
        assert_eq!(search_text("Anna-Lena", "", "", ""), " anna-lena lena");
        assert_eq!(search_text("", "", "", "ann.smith@x.org"), " ann.smith@x.org smith");
        assert_eq!(search_text("", "", "", ""), "");
    }

    #[test]
    fn three_letters_match_anywhere_and_fewer_at_the_beginning_of_a_word() {
        assert_eq!(likes("mit ann"), ["%mit%", "%ann%"]);
        assert_eq!(likes("an S"), ["% an%", "% s%"]);
        assert_eq!(likes("Zoë"), ["%zoe%"]);
    }

    #[test]
    fn a_chinese_name_is_found_by_its_syllables() {
        assert_eq!(likes("毛泽东"), ["%mao%", "% ze%", "%dong%"]);
    }

    #[test]
    fn wildcards_are_ordinary_characters() {
        assert_eq!(likes("50%_\\"), ["%50\\%\\_\\\\%"]);
        assert_eq!(likes("_"), ["% \\_%"]);
    }

    #[test]
    fn an_empty_query_finds_everybody_and_an_unreadable_one_nobody() {
        assert!(search_patterns("  \t ").is_empty());
        assert_eq!(likes("\0"), ["%\u{fffd}%"]);
        assert_eq!(likes("\u{e000}"), ["%\u{e000}%"]);
    }

    #[test]
    fn a_word_is_looked_for_once() {
        assert_eq!(likes("ann Ann ANN"), ["%ann%"]);
    }

    #[test]
    fn long_queries_are_shortened_and_say_so() {
        assert!(!search_patterns("a b c d e f g h").shortened);
        let patterns = search_patterns("a b c d e f g h i");
        assert_eq!(patterns.words.len(), 8);
        assert!(patterns.shortened);
        assert!(!search_patterns(&"é".repeat(200)).shortened);
        assert!(!search_patterns(&format!("ann{}", " ".repeat(1_000))).shortened);
        let long = search_patterns(&"é".repeat(1_000_000));
        assert!(long.shortened);
        assert_eq!(long.words, [SearchPattern::Contains("e".repeat(200))]);
    }
}
