//! Text that somebody may have typed, fit for a mail.

use crate::values::text::{is_hidden, is_line_break};

/// One line of at most `limit` characters, without hidden ones, that no mail program makes a link of.
pub(super) fn harmless(text: &str, limit: usize) -> String {
    defanged(&one_line(text, limit))
}

/// Blanks and line breaks become single spaces, hidden characters go, and what is too long is cut.
fn one_line(text: &str, limit: usize) -> String {
    let visible: String = text
        .chars()
        .map(|character| if is_line_break(character) || character.is_whitespace() { ' ' } else { character })
        .filter(|character| !is_hidden(*character))
        .collect();
    let line = visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if line.chars().count() <= limit {
        return line;
    }
    let kept: String = line.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Writes dots of host names, colons before slashes and double backslashes in brackets: mail programs turn `evil.example`,
/// `http://` and `\\server` into links by themselves. So does it with the start of an encoded word (RFC 2047), which would be
/// decoded to something else in a subject.
fn defanged(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut result = String::with_capacity(text.len());
    for (position, character) in characters.iter().copied().enumerate() {
        let before = position.checked_sub(1).and_then(|position| characters.get(position)).copied();
        let next = characters.get(position + 1).copied();
        let after_next = characters.get(position + 2).copied();
        let starts_link = match character {
            '.' | '。' | '．' | '｡' => {
                before.is_some_and(|before| before != ' ' && before != '.')
                    && next.is_some_and(char::is_alphabetic)
                    && after_next.is_some_and(|after| after.is_alphanumeric() || after == '-')
            }
            ':' | '：' => matches!(next, Some('/' | '／' | '\\')),
            '\\' => next == Some('\\'),
            '=' => next == Some('?'),
            _ => false,
        };
        if starts_link {
            result.push('[');
            result.push(character);
            result.push(']');
        } else {
            result.push(character);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_one_line_without_hidden_characters() {
        assert_eq!(harmless("Ann\r\nBcc: eve@x", 100), "Ann Bcc: eve@x");
        assert_eq!(harmless("  Ann\u{2028}\tSmith\0 ", 100), "Ann Smith");
        assert_eq!(harmless("Ann \u{202e}htimS\u{200b}\u{feff}", 100), "Ann htimS");
        assert_eq!(harmless("Zoë O'Neill — 李 عمر", 100), "Zoë O'Neill — 李 عمر");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(harmless("ééééé", 5), "ééééé");
        assert_eq!(harmless("éééééé", 5), "éééé…");
    }

    #[test]
    fn nothing_that_mail_programs_take_for_a_link_is_left() {
        for (typed, harmless_text) in [
            ("http://evil", "http[:]//evil"),
            ("https://evil.example/a.b", "https[:]//evil[.]example/a.b"),
            ("evil.example", "evil[.]example"),
            ("www.evil.co.uk", "www[.]evil[.]co[.]uk"),
            ("evil.xn--p1ai", "evil[.]xn--p1ai"),
            ("help@evil.com", "help@evil[.]com"),
            ("i❤.ws", "i❤[.]ws"),
            ("evil。example", "evil[。]example"),
            ("почта.рф", "почта[.]рф"),
            ("\\\\server\\share", "[\\]\\server\\share"),
            ("=?utf-8?q?http=3A//evil?=", "[=]?utf-8?q?http=3A//evil?="),
            ("http:\\\\evil", "http[:][\\]\\evil"),
        ] {
            assert_eq!(harmless(typed, 100), harmless_text);
        }
    }

    #[test]
    fn ordinary_sentences_stay_as_they_are() {
        for sentence in ["It is valid until 22 Nov 2026, 14:05 UTC.", "e.g. 2.5 hours. And more…", "J. R. Smith", "Role: User", "either/or"]
        {
            assert_eq!(harmless(sentence, 100), sentence);
        }
    }
}
