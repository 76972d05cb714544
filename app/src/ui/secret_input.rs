//! Which inputs hold secrets.

/// Last words of the names of secrets. A code that an organization shows to whoever may join is none: it is called `join_key`.
const SECRETS: [&str; 4] = ["password", "code", "token", "secret"];

/// Whether what is typed into the input of this name is never shown again: the last word of its last key says so, as in
/// `form[new_password]`.
pub fn is_secret(name: &str) -> bool {
    let last_key = name.split(['[', ']']).rfind(|key| !key.is_empty()).unwrap_or_default();
    let last_word = last_key.rsplit('_').next().unwrap_or_default();
    SECRETS.contains(&last_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_told_by_the_last_word_of_its_last_key() {
        for name in
            ["password", "form[password]", "form[new_password]", "proof[code]", "form[recovery_code]", "form[token]", "form[client_secret]"]
        {
            assert!(is_secret(name), "{name}");
        }
        for name in ["", "[]", "form[email]", "form[join_key]", "form[postcode]", "form[code_name]", "password[hint]", "form[secrets]"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn a_secret_sent_as_a_list_is_one() {
        assert!(is_secret("form[password][]"));
    }
}
