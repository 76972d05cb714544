//! The box in which somebody enters whom to invite: one address or a thousand, however they were written down.
//!
//! * Commas, semicolons, spaces and line breaks separate; so `ann@x.org; bob@x.org` and one address per line both work.
//! * Mail programs write names with addresses, and these are understood: `Ann Smith <ann@x.org>` and
//!   `"Smith, Ann" <ann@x.org>`.
//! * What is no address is kept with its reason, because every address typed gets its own outcome.
//! * The same address again, in whatever case, is the same entry.

use std::collections::HashSet;

use crate::values::display_name::PersonName;
use crate::values::email_address::{EmailAddress, EmailAddressError};
use crate::values::text::{is_hidden, is_line_break};

/// Addresses that can be invited at once.
pub const MAXIMUM_ENTRIES: usize = 1_000;

/// Characters of an entry that are shown again; no address is longer.
const MAXIMUM_TYPED: usize = 320;

/// What was read from the box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressList {
    /// The different entries, in the order typed; at most [`MAXIMUM_ENTRIES`].
    pub entries: Vec<Entry>,
    /// There are more entries than that, and the rest was not read.
    pub exceeds_limit: bool,
}

/// One entry of the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was typed, for showing it beside its outcome; hidden characters are made visible.
    pub typed: String,
    /// Who is meant, or why nobody is.
    pub addressee: Result<Addressee, EmailAddressError>,
}

/// Somebody who can be invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// The address.
    pub email: EmailAddress,
    /// The first name, where one was written with the address.
    pub first_name: Option<PersonName>,
    /// The last name, where one was written with the address.
    pub last_name: Option<PersonName>,
}

/// Reads the box. The work grows with the length of the text and no faster.
pub fn parse(text: &str) -> AddressList {
    let mut collector = Collector::default();
    for line in text.split(is_line_break) {
        let mut words = Vec::new();
        for piece in Pieces::of(line) {
            match piece {
                Piece::Word(word) => words.push(word),
                Piece::Bracketed(address) => collector.add_named(std::mem::take(&mut words), address),
                Piece::Separator => collector.add_words(std::mem::take(&mut words)),
            }
            if collector.list.exceeds_limit {
                return collector.list;
            }
        }
        collector.add_words(words);
        if collector.list.exceeds_limit {
            break;
        }
    }
    collector.list
}

#[derive(Default)]
struct Collector {
    list: AddressList,
    seen: HashSet<String>,
}

impl Collector {
    // The words before a bracket are a name, apart from addresses that stand before the name.
    fn add_named(&mut self, mut words: Vec<&str>, address: &str) {
        let name_start = words.iter().rposition(|word| word.contains('@') && !is_quoted(word)).map_or(0, |last| last + 1);
        let name = words.split_off(name_start).join(" ");
        self.add_words(words);
        let typed = if name.is_empty() { format!("<{address}>") } else { format!("{name} <{address}>") };
        let (first_name, last_name) = split_name(&name);
        let addressee = without_scheme(address).parse().map(|email| Addressee { email, first_name, last_name });
        self.add(&typed, addressee);
    }

    // Words without an @ belong together: `Ann Smith` is one mistake, not two.
    fn add_words(&mut self, words: Vec<&str>) {
        let mut others: Vec<&str> = Vec::new();
        for word in words {
            if word.contains('@') {
                self.add_non_address(&std::mem::take(&mut others));
                let address = without_scheme(unquoted(word));
                self.add(word, address.parse().map(|email| Addressee { email, first_name: None, last_name: None }));
            } else {
                others.push(word);
            }
        }
        self.add_non_address(&others);
    }

    fn add_non_address(&mut self, words: &[&str]) {
        if !words.is_empty() {
            self.add(&words.join(" "), Err(EmailAddressError::MissingAt));
        }
    }

    fn add(&mut self, typed: &str, addressee: Result<Addressee, EmailAddressError>) {
        let typed = shown(typed);
        let key = addressee.as_ref().map_or_else(|_| typed.clone(), |addressee| addressee.email.key());
        if self.list.exceeds_limit || !self.seen.insert(key) {
            return;
        }
        if self.list.entries.len() == MAXIMUM_ENTRIES {
            self.list.exceeds_limit = true;
            return;
        }
        self.list.entries.push(Entry { typed, addressee });
    }
}

enum Piece<'line> {
    Word(&'line str),
    Bracketed(&'line str),
    Separator,
}

// Cuts one line. What is opened and never closed is an ordinary character, so that one stray sign does not swallow the
// addresses behind it.
struct Pieces<'line> {
    rest: &'line str,
    has_no_more_quotes: bool,
}

impl<'line> Pieces<'line> {
    fn of(line: &'line str) -> Self {
        Self { rest: line, has_no_more_quotes: false }
    }

    fn take(&mut self, length: usize) -> &'line str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn word_length(&mut self) -> usize {
        let mut length = 0;
        while let Some(rest) = self.rest.get(length..) {
            let Some(character) = rest.chars().next() else { break };
            if is_separator(character) || character.is_whitespace() || (length > 0 && bracketed(rest).is_some()) {
                break;
            }
            // Only at the beginning of a word: `5" <ann@x.org>` opens nothing.
            length += if character == '"' && length == 0 { self.quoted_length(rest) } else { character.len_utf8() };
        }
        length
    }

    fn quoted_length(&mut self, text: &str) -> usize {
        if self.has_no_more_quotes {
            return 1;
        }
        let mut is_escaped = false;
        for (position, character) in text.char_indices().skip(1) {
            match character {
                '"' if !is_escaped => return position + 1,
                _ => is_escaped = character == '\\' && !is_escaped,
            }
        }
        self.has_no_more_quotes = true;
        1
    }
}

impl<'line> Iterator for Pieces<'line> {
    type Item = Piece<'line>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next()?;
        if is_separator(first) {
            self.take(1);
            return Some(Piece::Separator);
        }
        if let Some(address) = bracketed(self.rest) {
            self.take(address.len() + 2);
            return Some(Piece::Bracketed(address.trim()));
        }
        let length = self.word_length();
        Some(Piece::Word(self.take(length)))
    }
}

fn is_separator(character: char) -> bool {
    matches!(character, ',' | ';')
}

fn bracketed(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find(|character| matches!(character, '<' | '>') || is_separator(character))?;
    let (address, rest) = inside.split_at_checked(end)?;
    rest.starts_with('>').then_some(address)
}

fn is_quoted(word: &str) -> bool {
    word.len() > 1 && word.starts_with('"') && word.ends_with('"')
}

fn unquoted(word: &str) -> &str {
    word.strip_prefix('"').and_then(|inside| inside.strip_suffix('"')).unwrap_or(word).trim()
}

fn without_scheme(address: &str) -> &str {
    const SCHEME: &str = "mailto:";
    match address.split_at_checked(SCHEME.len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case(SCHEME) => rest.split('?').next().unwrap_or(rest),
        _ => address,
    }
}

// `Ann Smith`: the last word is the last name. `Smith, Ann`: the last name comes first. A name that cannot be one is left
// out, because the person enters their own anyway.
fn split_name(name: &str) -> (Option<PersonName>, Option<PersonName>) {
    let name = without_quotes(name);
    let name = name.trim();
    if name.contains('@') {
        return (None, None);
    }
    let (first, last) = match (name.split_once(','), name.rsplit_once(char::is_whitespace)) {
        (Some((last, first)), _) | (None, Some((first, last))) => (first, last),
        (None, None) => (name, ""),
    };
    (PersonName::parse(first).ok(), PersonName::parse(last).ok())
}

fn without_quotes(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut characters = name.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {}
            '\\' => text.extend(characters.next()),
            _ => text.push(character),
        }
    }
    text
}

fn shown(typed: &str) -> String {
    let mut characters = typed.chars();
    let mut text: String = characters
        .by_ref()
        .take(MAXIMUM_TYPED)
        .map(|character| if is_hidden(character) { char::REPLACEMENT_CHARACTER } else { character })
        .collect();
    if characters.next().is_some() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    // Each entry as `address|first|last`, or `typed: reason`.
    fn read(text: &str) -> Vec<String> {
        let name = |name: &Option<PersonName>| name.as_ref().map_or("", PersonName::as_str).to_owned();
        parse(text)
            .entries
            .iter()
            .map(|entry| match &entry.addressee {
                Ok(addressee) => {
                    format!("{}|{}|{}", addressee.email, name(&addressee.first_name), name(&addressee.last_name))
                }
                Err(error) => format!("{}: {error:?}", entry.typed),
            })
            .collect()
    }

    #[test]
    fn commas_semicolons_spaces_and_lines_separate() {
        let expected = ["ann@x.org||", "bob@x.org||", "eve@x.org||"];
        for text in [
            "ann@x.org,bob@x.org,eve@x.org",
            "ann@x.org; bob@x.org ;eve@x.org;",
            "ann@x.org bob@x.org\teve@x.org",
            "ann@x.org\nbob@x.org\r\neve@x.org\r\n",
            "\n\n ,; ann@x.org,,\n;bob@x.org \u{a0} eve@x.org ,",
            "<ann@x.org><bob@x.org>,<eve@x.org>",
            "\"ann@x.org\",\"bob@x.org\",\"eve@x.org\"",
            "mailto:ann@x.org, MAILTO:bob@x.org?subject=Hello, < mailto:eve@x.org >",
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_typed_is_an_empty_list() {
        for text in ["", "  \r\n , ; "] {
            assert_eq!(parse(text), AddressList::default());
        }
    }

    #[test]
    fn names_are_read_as_mail_programs_write_them() {
        for (text, expected) in [
            ("Ann Smith <ann@x.org>", "ann@x.org|Ann|Smith"),
            ("Mary Ann van Berg<ann@x.org>", "ann@x.org|Mary Ann van|Berg"),
            ("\"Smith, Ann\" <ann@x.org>", "ann@x.org|Ann|Smith"),
            ("\"Smith, Mary Ann\"<ann@x.org>", "ann@x.org|Mary Ann|Smith"),
            ("\"Ann Smith\" <ann@x.org>", "ann@x.org|Ann|Smith"),
            ("\"Ann \\\"Annie\\\" Smith\" <ann@x.org>", "ann@x.org|Ann \"Annie\"|Smith"),
            ("Ann \"Annie\" Smith <ann@x.org>", "ann@x.org|Ann Annie|Smith"),
            ("Zoë O'Neill <zoe@x.org>", "zoe@x.org|Zoë|O'Neill"),
            ("Ann <ann@x.org>", "ann@x.org|Ann|"),
            ("\"ann@x.org\" <ann@x.org>", "ann@x.org||"),
            ("Ann Smith (Sales) <ann@x.org>", "ann@x.org|Ann Smith|(Sales)"),
            ("\"\" <ann@x.org>", "ann@x.org||"),
            ("\"Ann\" \"Smith\" <ann@x.org>", "ann@x.org|Ann|Smith"),
            ("A\u{202e}nn Smith <ann@x.org>", "ann@x.org||Smith"),
        ] {
            assert_eq!(read(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn names_and_bare_addresses_may_be_mixed() {
        assert_eq!(
            read("eve@x.org Ann Smith <ann@x.org> bob@x.org, \"Ng, Jo\" <jo@x.org>; Kim <kim@x.org>"),
            ["eve@x.org||", "ann@x.org|Ann|Smith", "bob@x.org||", "jo@x.org|Jo|Ng", "kim@x.org|Kim|"]
        );
    }

    #[test]
    fn what_is_no_address_is_kept_with_its_reason() {
        for (text, expected) in [
            ("Ann Smith", vec!["Ann Smith: MissingAt"]),
            ("ann@localhost, bob@x.org", vec!["ann@localhost: DomainTooShort", "bob@x.org||"]),
            ("Smith, Ann <ann@x.org>", vec!["Smith: MissingAt", "ann@x.org|Ann|"]),
            ("<ann@x.org", vec!["<ann@x.org: NotAnAddress"]),
            ("Ann <>", vec!["Ann <>: Empty"]),
            ("Ann <a b@x.org>", vec!["Ann <a b@x.org>: Space"]),
            ("\"ann\"@x.org", vec!["\"ann\"@x.org: Quoted"]),
            ("\"ann b\"@x.org", vec!["\"ann b\"@x.org: Space"]),
            ("änn@x.org", vec!["änn@x.org: NotAscii"]),
            ("ann\u{200b}@x.org", vec!["ann\u{fffd}@x.org: Hidden"]),
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_stray_sign_swallows_no_address() {
        for (text, expected) in [
            ("5\" <ann@x.org>, \"eve@x.org, bob@x.org", vec!["ann@x.org|5|", "\"eve@x.org: Quoted", "bob@x.org||"]),
            ("<ann@x.org, bob@x.org>", vec!["<ann@x.org: NotAnAddress", "bob@x.org>: NotAnAddress"]),
            ("< eve@x.org, <bob@x.org>", vec!["<: MissingAt", "eve@x.org||", "bob@x.org||"]),
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_same_address_in_whatever_case_is_one_entry() {
        assert_eq!(read("Ann@x.org, ann@X.ORG, Ann Smith <ann@x.org>, foo, foo"), ["Ann@x.org||", "foo: MissingAt"]);
    }

    #[test]
    fn a_line_break_cannot_smuggle_a_header() {
        for line_break in ["\r\n", "\n", "\r", "\u{b}", "\u{85}", "\u{2028}"] {
            let text = format!("Ann <ann@x.org{line_break}Bcc: eve@x.org>, \"Ann{line_break}Smith\" <bob@x.org>");
            for entry in parse(&text).entries {
                assert!(!entry.typed.contains(is_line_break));
                if let Ok(addressee) = entry.addressee {
                    assert!(!addressee.email.as_str().contains(is_line_break));
                    assert!(addressee.first_name.is_none_or(|name| !name.as_str().contains(is_line_break)));
                }
            }
        }
    }

    #[test]
    fn a_thousand_addresses_are_read_and_one_more_is_told() {
        let list = |count: usize| (0..count).map(|number| format!("a{number}@x.org")).collect::<Vec<_>>().join("\n");
        let full = parse(&list(1_000));
        assert_eq!(full.entries.len(), 1_000);
        assert!(!full.exceeds_limit);
        let more = parse(&list(1_001));
        assert_eq!(more.entries.len(), 1_000);
        assert!(more.exceeds_limit);
        assert!(!parse(&"ann@x.org,".repeat(100_000)).exceeds_limit);
    }

    #[test]
    fn a_megabyte_of_anything_is_read() {
        let size = 1_000_000;
        for unit in ["a", "\"", "<", ">", "<>", "\\", "\"\\", "a ", "a@", "@ ", "\"a", "<a", "<@", " \"", "é", "a,\"", "<a b", "\"a\" "] {
            let list = parse(&unit.repeat(size / unit.len()));
            assert!(list.entries.len() <= MAXIMUM_ENTRIES);
            assert!(list.entries.iter().all(|entry| entry.typed.chars().count() <= MAXIMUM_TYPED + 1));
        }
    }
}
