//! Usernames that are made, not typed.
//!
//! `first.last` in small letters of ASCII: accents are dropped, other scripts transliterated, spaces and signs left out,
//! hyphens kept. Too long, and the last name is cut; nothing left to write, and the e-mail address names the person.

use deunicode::deunicode_char;

use crate::values::username::Username;

const PADDING: &str = ".user";

/// Makes a username from a name, or from what stands before the `@` where the name has no letters.
pub fn generate(first_name: &str, last_name: &str, email_local_part: &str) -> Username {
    let name = joined(&letters(first_name), &letters(last_name));
    [padded(name), padded(address_name(email_local_part))]
        .into_iter()
        .flatten()
        .find_map(|candidate| Username::parse(&candidate).ok())
        .unwrap_or_else(Username::unnamed)
}

/// A username with a number behind it, and its end cut where both would not fit.
pub fn numbered(base: &Username, number: u32) -> Username {
    let ending = number.to_string();
    let kept = base.as_str().get(..Username::MAXIMUM_LENGTH - ending.len()).unwrap_or(base.as_str()).trim_end_matches('.');
    Username::parse(&format!("{kept}{ending}")).unwrap_or_else(|_| base.clone())
}

fn joined(first: &str, last: &str) -> String {
    if first.is_empty() || last.is_empty() {
        return cut(&format!("{first}{last}"), Username::MAXIMUM_LENGTH).to_owned();
    }
    // The dot and one letter of the last name stay, however long the first name is.
    let first = cut(first, Username::MAXIMUM_LENGTH - 2);
    let last = cut(last, Username::MAXIMUM_LENGTH - 1 - first.len());
    format!("{first}.{last}")
}

fn padded(name: String) -> Option<String> {
    match name.len() {
        0 => None,
        length if length < Username::MINIMUM_LENGTH => Some(format!("{name}{PADDING}")),
        _ => Some(name),
    }
}

// Symbols and emoji have names in ASCII, too, but nobody is called that: only letters and digits are transliterated.
fn letters(name: &str) -> String {
    let mut text = String::new();
    for character in name.chars().filter(|character| is_hyphen(*character) || character.is_alphanumeric()) {
        if is_hyphen(character) {
            text.push('-');
        } else {
            let ascii = deunicode_char(character).unwrap_or_default();
            text.extend(ascii.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()));
        }
    }
    text.trim_matches('-').to_owned()
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

fn address_name(local_part: &str) -> String {
    // What follows a plus sorts mail and names nobody.
    let name = local_part.split('+').next().unwrap_or_default();
    let mut text = String::new();
    for character in name.chars().map(|character| character.to_ascii_lowercase()) {
        let is_second_dot = character == '.' && text.ends_with('.');
        if !is_second_dot && matches!(character, 'a'..='z' | '0'..='9' | '.' | '-' | '_') {
            text.push(character);
        }
    }
    cut(text.trim_matches(is_sign), Username::MAXIMUM_LENGTH).to_owned()
}

fn cut(text: &str, length: usize) -> &str {
    text.get(..length).unwrap_or(text).trim_end_matches(is_sign)
}

fn is_sign(character: char) -> bool {
    matches!(character, '.' | '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};

    fn made(first_name: &str, last_name: &str, email_local_part: &str) -> String {
        generate(first_name, last_name, email_local_part).as_str().to_owned()
    }

    #[test]
    fn a_name_becomes_first_dot_last_in_small_ascii_letters() {
        for (first_name, last_name, expected) in [
            ("Ann", "Smith", "ann.smith"),
            ("Zoë", "O'Neill", "zoe.oneill"),
            ("Zoe\u{308}", "O’Neill", "zoe.oneill"),
            ("Mary Ann", "van der Berg", "maryann.vanderberg"),
            ("Anna-Lena", "Müller-Lüdenscheidt", "anna-lena.muller-ludenscheidt"),
            ("Jean\u{2011}Luc", "-Picard-", "jean-luc.picard"),
            ("J. R. R.", "Tolkien", "jrr.tolkien"),
            ("Jürgen", "Weiß", "jurgen.weiss"),
            ("İpek", "Işık", "ipek.isik"),
            ("Владимир", "Иванов", "vladimir.ivanov"),
            ("泽东", "毛", "zedong.mao"),
            ("محمد", "علي", "mhmd.ly"),
            ("Αλέξης", "Παπάς", "alexes.papas"),
            ("Ann", "Smith 🦀", "ann.smith"),
            ("Ann", "", "ann"),
            ("", "Smith", "smith"),
            ("A", "B", "a.b"),
            ("Ann\r\n", "Smith\0", "ann.smith"),
        ] {
            assert_eq!(made(first_name, last_name, "local"), expected, "{first_name} {last_name}");
        }
    }

    #[test]
    fn without_letters_the_address_names_the_person() {
        for (first_name, last_name, local_part, expected) in [
            ("", "", "ann.smith", "ann.smith"),
            ("🦀", "-", "Ann.Smith+news", "ann.smith"),
            ("'", "…", "_a..b_", "a.b"),
            ("", "", "o'neill", "oneill"),
            ("", "", "{}", "user"),
            ("", "", "+", "user"),
            ("", "", "", "user"),
        ] {
            assert_eq!(made(first_name, last_name, local_part), expected, "{first_name} {last_name} {local_part}");
        }
    }

    #[test]
    fn a_name_that_is_too_short_is_padded() {
        assert_eq!(made("A", "", "ann.smith"), "a.user");
        assert_eq!(made("", "Ng", "x"), "ng.user");
        assert_eq!(made("", "", "x"), "x.user");
    }

    #[test]
    fn the_last_name_is_cut_where_both_do_not_fit() {
        assert_eq!(made("Ann", &"s".repeat(100), ""), format!("ann.{}", "s".repeat(28)));
        assert_eq!(made(&"a".repeat(100), &"s".repeat(100), ""), format!("{}.s", "a".repeat(30)));
        assert_eq!(made(&"a".repeat(30), "Smith", ""), format!("{}.s", "a".repeat(30)));
        assert_eq!(made(&"a".repeat(100), "", ""), "a".repeat(32));
        assert_eq!(made("Ann", &format!("{}-b", "s".repeat(27)), ""), format!("ann.{}", "s".repeat(27)));
    }

    #[test]
    fn a_number_fits_behind_the_longest_username() {
        let base = Username::parse(&"x".repeat(32)).unwrap();
        assert_eq!(numbered(&base, 2).as_str(), format!("{}2", "x".repeat(31)));
        let dotted = Username::parse(&format!("{}.y", "x".repeat(30))).unwrap();
        assert_eq!(numbered(&dotted, 2).as_str(), format!("{}2", "x".repeat(30)));
        assert_eq!(numbered(&Username::parse("___").unwrap(), 2).as_str(), "___2");
    }

    #[test]
    fn whatever_the_name_the_result_is_a_username() {
        const ALPHABET: [char; 24] = [
            'a', 'Z', '0', 'é', 'ß', 'İ', '北', 'ع', 'Ж', 'ก', '🦀', '-', '\u{2011}', '\'', '.', '_', '+', ' ', '\u{308}', '\u{200d}',
            '\0', '\n', '\u{e000}', '𝕏',
        ];
        let mut random = StdRng::seed_from_u64(2_026);
        let mut word = |longest: usize| -> String {
            let length = random.random_range(0..=longest);
            (0..length).filter_map(|_| ALPHABET.get(random.random_range(0..ALPHABET.len()))).collect()
        };
        for round in 0..20_000 {
            let longest = if round % 2 == 0 { 4 } else { 100 };
            let (first_name, last_name, local_part) = (word(longest), word(longest), word(longest));
            let username = generate(&first_name, &last_name, &local_part);
            assert_eq!(Username::parse(username.as_str()).as_ref(), Ok(&username), "{first_name:?} {last_name:?} {local_part:?}");
            let next = numbered(&username, 2);
            assert_eq!(Username::parse(next.as_str()).as_ref(), Ok(&next));
            assert_ne!(next, username);
        }
    }
}
