//! What all typed text has in common.

/// Whether a character begins a new line, in any of the ways that programs know.
pub(crate) fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character shows nothing, or changes how its neighbors are shown, so that two names could look alike.
///
/// Joiners and variation selectors count as hidden here; where a script needs them, the caller decides.
pub(crate) fn is_hidden(character: char) -> bool {
    if character.is_ascii() {
        // Nearly all are: every name and address of a list is judged, each time it is read.
        return character.is_ascii_control();
    }
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Gives a checked text its conversions: to and from plain text, so that serde checks it on arrival.
macro_rules! text_value {
    ($name:ident, $error:ty) => {
        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}
pub(crate) use text_value;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_any_script_and_emoji_are_visible() {
        for character in "aéß北عРी🦀'-. ".chars() {
            assert!(!is_hidden(character), "{character:?}");
        }
    }

    #[test]
    fn direction_marks_fillers_and_tags_are_hidden() {
        for character in ['\0', '\u{7f}', '\u{ad}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{3164}', '\u{feff}', '\u{e0041}'] {
            assert!(is_hidden(character), "{character:?}");
        }
    }

    #[test]
    fn every_kind_of_line_break_is_one() {
        for character in ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'] {
            assert!(is_line_break(character), "{character:?}");
        }
        assert!(!is_line_break('\t'));
    }
}
