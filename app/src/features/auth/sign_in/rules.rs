//! Who is meant, and where a right password leads.

use super::refusal::SignInRefusal;
use crate::paths;

/// Longest name that is looked for; no address or username is longer.
const LONGEST_IDENTIFIER: usize = 320;

/// Both inputs must be filled in; that can be said to anybody.
pub fn check_filled_in(identifier: &str, password: &str) -> Result<(), Vec<SignInRefusal>> {
    let missing = [(identifier.trim().is_empty(), SignInRefusal::NoIdentifier), (password.is_empty(), SignInRefusal::NoPassword)];
    let refusals: Vec<_> = missing.into_iter().filter_map(|(is_missing, refusal)| is_missing.then_some(refusal)).collect();
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// The form under which a username or an address is looked for: neither cares about case, and no username is an address. What
/// neither could be becomes empty, which nobody is called.
pub fn identifier_key(typed: &str) -> String {
    let typed = typed.trim();
    if typed.len() > LONGEST_IDENTIFIER || typed.contains(char::is_control) {
        return String::new();
    }
    typed.to_ascii_lowercase()
}

/// What follows a right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Nothing more is demanded.
    Enter,
    /// A code of the second factor.
    ProveFactor,
    /// A second factor must be set up first.
    SetUpFactor,
}

/// The page of the next step; `next` is followed only if it is an own page.
pub fn page_of(step: NextStep, next: &str) -> String {
    let next = paths::own_page_or_home(next);
    match step {
        NextStep::Enter => next.to_owned(),
        NextStep::ProveFactor => paths::two_factor_then(next),
        NextStep::SetUpFactor => paths::account_two_factor_then(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_empty_input_is_named() {
        assert_eq!(check_filled_in(" ", ""), Err(vec![SignInRefusal::NoIdentifier, SignInRefusal::NoPassword]));
        assert_eq!(check_filled_in("ann", ""), Err(vec![SignInRefusal::NoPassword]));
        assert_eq!(check_filled_in("ann", " "), Ok(()));
    }

    #[test]
    fn a_name_is_looked_for_in_any_case() {
        assert_eq!(identifier_key(" Ann.Smith "), "ann.smith");
        assert_eq!(identifier_key("Ann@Example.ORG"), "ann@example.org");
        // Only ASCII is folded: other letters would make one name of two.
        assert_eq!(identifier_key("\u{130}da"), "\u{130}da");
    }

    #[test]
    fn what_cannot_be_a_name_is_nobodys() {
        for typed in ["", "ann\0", "a\nb", "x".repeat(321).as_str()] {
            assert_eq!(identifier_key(typed), "", "{typed:?}");
        }
    }

    #[test]
    fn a_right_password_leads_on_and_never_away() {
        assert_eq!(page_of(NextStep::Enter, "/organizations/acme"), "/organizations/acme");
        assert_eq!(page_of(NextStep::ProveFactor, "/account"), "/two-factor?next=%2Faccount");
        assert_eq!(page_of(NextStep::SetUpFactor, "//evil.example"), "/account/two-factor?next=%2F");
        assert_eq!(page_of(NextStep::Enter, "https://evil.example"), "/");
    }
}
