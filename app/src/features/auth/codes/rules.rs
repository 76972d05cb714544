//! How codes are read and written, and when they count.

use super::refusal::CodeRefusal;
use crate::values::moment::Moment;

/// Digits of an app's code.
const CODE_DIGITS: usize = 6;
/// Characters of a recovery code, without the hyphens: 80 bits.
pub const RECOVERY_CODE_LENGTH: usize = 16;
/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// How long a new secret waits for its first code, in seconds.
pub const PENDING_SECONDS: i64 = 900;
/// Characters of a group, in recovery codes and secrets.
const GROUP: usize = 4;

/// An app's code as it was typed or pasted, blanks and hyphens dropped.
pub fn read_code(typed: &str) -> Result<String, CodeRefusal> {
    let code: String = typed.chars().filter(|character| !is_separator(*character)).collect();
    if code.is_empty() {
        return Err(CodeRefusal::NoCode);
    }
    if code.len() != CODE_DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CodeRefusal::NotSixDigits);
    }
    Ok(code)
}

/// A recovery code in its form for comparing: Crockford's base 32 forgives `O` for `0`, and `I` or `L` for `1`.
pub fn read_recovery_code(typed: &str) -> Result<String, CodeRefusal> {
    let code: String = typed
        .chars()
        .filter(|character| !is_separator(*character))
        .map(|character| match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    if code.is_empty() {
        return Err(CodeRefusal::NoRecoveryCode);
    }
    if code.len() != RECOVERY_CODE_LENGTH || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(CodeRefusal::WrongRecoveryCode);
    }
    Ok(code)
}

/// Characters in groups of four, to be read and typed by people.
pub fn grouped(characters: &str, separator: &str) -> String {
    let characters: Vec<char> = characters.chars().collect();
    characters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(separator)
}

/// Whether a secret that was made at `made_at` may still be turned on.
pub const fn is_pending(made_at: Moment, now: Moment) -> bool {
    now.seconds_since(made_at) < PENDING_SECONDS
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_with_blanks() {
        for typed in ["123456", " 123 456 ", "123\u{a0}456", "12-34-56"] {
            assert_eq!(read_code(typed).as_deref(), Ok("123456"), "{typed:?}");
        }
    }

    #[test]
    fn what_is_not_six_digits_is_no_code() {
        assert_eq!(read_code(" "), Err(CodeRefusal::NoCode));
        for typed in ["12345", "1234567", "12345a", "１２３４５６", "7K3Q-P9XM-TRAB-CDEF"] {
            assert_eq!(read_code(typed), Err(CodeRefusal::NotSixDigits), "{typed:?}");
        }
    }

    #[test]
    fn a_recovery_code_may_be_typed_as_it_is_read() {
        for typed in ["7K3Q-P9XM-TR01-CDEF", "7k3q p9xm trol cdef", "7K3QP9XMTROICDEF", " 7K3Q\u{2013}P9XM\u{2013}TR01\u{2013}CDEF "] {
            assert_eq!(read_recovery_code(typed).as_deref(), Ok("7K3QP9XMTR01CDEF"), "{typed:?}");
        }
    }

    #[test]
    fn what_cannot_be_a_recovery_code_is_a_wrong_one() {
        assert_eq!(read_recovery_code("--"), Err(CodeRefusal::NoRecoveryCode));
        for typed in ["123456", "7K3Q-P9XM-TR01-CDEFG", "7K3Q-P9XM-TR01-CDÉ"] {
            assert_eq!(read_recovery_code(typed), Err(CodeRefusal::WrongRecoveryCode), "{typed:?}");
        }
    }

    #[test]
    fn what_is_grouped_is_read_as_it_was() {
        assert_eq!(grouped("7K3QP9XMTR01CDEF", "-"), "7K3Q-P9XM-TR01-CDEF");
        assert_eq!(grouped("ABCDEFG", " "), "ABCD EFG");
        assert_eq!(read_recovery_code(&grouped("7K3QP9XMTR01CDEF", "-")).as_deref(), Ok("7K3QP9XMTR01CDEF"));
    }

    #[test]
    fn a_new_secret_waits_fifteen_minutes() {
        let made_at = Moment::from_microseconds(1_000_000_000);
        assert!(is_pending(made_at, made_at));
        assert!(is_pending(made_at, made_at.plus(899)));
        assert!(!is_pending(made_at, made_at.plus(900)));
    }
}
