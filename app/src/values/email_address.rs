//! E-mail addresses.
//!
//! An address is kept as typed, because its mailbox may care, and compared in lower case, because nobody else does.

use std::fmt;
use std::hash::{Hash, Hasher};

use email_address::{Error, Options};
use serde::{Deserialize, Serialize};

use super::text::{is_hidden, is_line_break, text_value};

/// An address that mail can be sent to. Two addresses are equal when their [`key`](EmailAddress::key)s are.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum EmailAddressError {
    /// Nothing was typed.
    #[error("Enter an e-mail address, like ann@example.org.")]
    Empty,
    /// Longer than mail servers accept.
    #[error("An e-mail address has at most {} characters.", EmailAddress::MAXIMUM_LENGTH)]
    TooLong,
    /// A second line could become a header of a mail.
    #[error("Enter one e-mail address, without line breaks.")]
    LineBreak,
    /// A character that cannot be seen.
    #[error("The e-mail address contains a hidden character. Type it instead of pasting it.")]
    Hidden,
    /// A blank inside, or several addresses.
    #[error("Enter one e-mail address, without spaces.")]
    Space,
    /// No `@`.
    #[error("The e-mail address has no @. Enter it like ann@example.org.")]
    MissingAt,
    /// Quotation marks before the `@`.
    #[error("E-mail addresses with quotation marks are not supported.")]
    Quoted,
    /// Letters that could pass for others, before the `@`.
    #[error("Before the @, only the letters a to z, digits and the usual signs are supported.")]
    NotAscii,
    /// An internationalized domain that is not in its transport form.
    #[error("Enter the part after the @ in its form for mail servers, which starts with xn--.")]
    DomainNotAscii,
    /// No dot after the `@`.
    #[error("The part after the @ is incomplete. Enter the address like ann@example.org.")]
    DomainTooShort,
    /// Anything else that no mail server would accept.
    #[error("This is not an e-mail address. Enter one like ann@example.org.")]
    NotAnAddress,
}

impl EmailAddress {
    /// Bytes that the SMTP envelope leaves for an address.
    pub const MAXIMUM_LENGTH: usize = 254;

    /// Reads an address, without the blanks around it. Refuses display names, quoted local parts, IP addresses and
    /// everything beyond ASCII, where look-alikes would make two accounts of one.
    pub fn parse(text: &str) -> Result<Self, EmailAddressError> {
        let address = text.trim();
        if address.is_empty() {
            return Err(EmailAddressError::Empty);
        }
        if address.len() > Self::MAXIMUM_LENGTH {
            return Err(EmailAddressError::TooLong);
        }
        // Nearly every address consists of these, and every row of a list holds one: what else is in it is looked for only then.
        if !address.bytes().all(|byte| byte.is_ascii_graphic()) {
            if address.contains(is_line_break) {
                return Err(EmailAddressError::LineBreak);
            }
            if address.contains(char::is_whitespace) {
                return Err(EmailAddressError::Space);
            }
            if address.contains(is_hidden) {
                return Err(EmailAddressError::Hidden);
            }
        }
        let (local_part, domain) = address.rsplit_once('@').ok_or(EmailAddressError::MissingAt)?;
        if local_part.contains('"') {
            return Err(EmailAddressError::Quoted);
        }
        if !local_part.is_ascii() {
            return Err(EmailAddressError::NotAscii);
        }
        if !domain.is_ascii() {
            return Err(EmailAddressError::DomainNotAscii);
        }
        let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
        email_address::EmailAddress::parse_with_options(address, options).map_err(|error| match error {
            Error::DomainTooFew | Error::DomainEmpty => EmailAddressError::DomainTooShort,
            _ => EmailAddressError::NotAnAddress,
        })?;
        if !is_host_name(domain) {
            return Err(EmailAddressError::NotAnAddress);
        }
        Ok(Self(address.to_owned()))
    }

    /// The form for comparing: one account per key.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// What stands before the `@`.
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local_part, _)| local_part)
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

text_value!(EmailAddress, EmailAddressError);

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for EmailAddress {}

impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Debug for EmailAddress {
    /// Without most of the local part: what is printed for debugging ends in logs.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first: String = self.local_part().chars().take(1).collect();
        write!(formatter, "EmailAddress({first}…@{})", self.domain())
    }
}

// The crate's syntax lets `_`, `/` or `|` into a domain, and numbers for its last part.
fn is_host_name(domain: &str) -> bool {
    let is_label = |label: &str| label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.split('.').all(is_label) && last.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_accepted_and_kept_as_typed() {
        for text in [
            "ann@example.org",
            "Ann.Smith+news@Example.ORG",
            "o'neill@mail.example.co.uk",
            "a@b.co",
            "zoe@xn--mnchen-3ya.de",
            "1@2.example",
        ] {
            assert_eq!(EmailAddress::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(EmailAddress::parse("  ann@example.org \r\n").unwrap().as_str(), "ann@example.org");
    }

    #[test]
    fn each_mistake_has_its_own_words() {
        use EmailAddressError::{
            DomainNotAscii, DomainTooShort, Empty, Hidden, LineBreak, MissingAt, NotAnAddress, NotAscii, Quoted, Space,
        };
        for (text, expected) in [
            ("", Empty),
            ("   ", Empty),
            ("ann", MissingAt),
            ("ann@", DomainTooShort),
            ("ann@localhost", DomainTooShort),
            ("@example.org", NotAnAddress),
            ("ann@@example.org", NotAnAddress),
            ("ann@bob@example.org", NotAnAddress),
            (".ann@example.org", NotAnAddress),
            ("ann..smith@example.org", NotAnAddress),
            ("ann@example..org", NotAnAddress),
            ("ann@example.org.", NotAnAddress),
            ("ann@-example.org", NotAnAddress),
            ("ann@exa_mple.org", NotAnAddress),
            ("ann@example.org/x", NotAnAddress),
            ("ann@127.0.0.1", NotAnAddress),
            ("ann@[127.0.0.1]", NotAnAddress),
            ("ann@example.org,bob@example.org", NotAnAddress),
            ("<ann@example.org>", NotAnAddress),
            ("ann(comment)@example.org", NotAnAddress),
            ("ann smith@example.org", Space),
            ("Ann <ann@example.org>", Space),
            ("ann@example.org bob@example.org", Space),
            ("ann@example.org\r\nBcc: bob@example.org", LineBreak),
            ("ann@example.org\nbob@example.org", LineBreak),
            ("ann\u{2028}@example.org", LineBreak),
            ("ann\0@example.org", Hidden),
            ("ann\u{200b}@example.org", Hidden),
            ("\u{202e}ann@example.org", Hidden),
            ("\"ann\"@example.org", Quoted),
            ("\"ann@bob\"@example.org", Quoted),
            ("änn@example.org", NotAscii),
            ("mıke@example.org", NotAscii),
            ("mi\u{212a}e@example.org", NotAscii),
            ("ann@münchen.de", DomainNotAscii),
            ("ann@ex\u{430}mple.org", DomainNotAscii),
        ] {
            assert_eq!(EmailAddress::parse(text), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn the_longest_address_has_254_bytes() {
        let domain = format!("{0}.{0}.{0}.org", "d".repeat(60));
        let address = format!("{}@{domain}", "a".repeat(254 - domain.len() - 1));
        assert!(EmailAddress::parse(&address).is_err(), "a local part ends at 64 bytes");
        let address = format!("{}@{}.{}", "a".repeat(64), format_args!("{0}.{0}.{0}", "d".repeat(60)), "e".repeat(6));
        assert_eq!(address.len(), 254);
        assert!(EmailAddress::parse(&address).is_ok());
        assert_eq!(EmailAddress::parse(&format!("{address}e")), Err(EmailAddressError::TooLong));
        assert_eq!(EmailAddress::parse(&"a".repeat(1_000_000)), Err(EmailAddressError::TooLong));
    }

    #[test]
    fn addresses_that_differ_in_case_are_one() {
        let typed = EmailAddress::parse("Ann.Smith@Example.ORG").unwrap();
        let stored = EmailAddress::parse("ann.smith@example.org").unwrap();
        assert_eq!(typed, stored);
        assert_eq!(typed.key(), "ann.smith@example.org");
        assert_eq!(typed.local_part(), "Ann.Smith");
        assert_eq!(typed.domain(), "Example.ORG");
        let both: std::collections::HashSet<EmailAddress> = [typed, stored].into_iter().collect();
        assert_eq!(both.len(), 1);
    }

    #[test]
    fn an_address_is_checked_again_on_arrival() {
        let address: EmailAddress = serde_json::from_str("\"ann@example.org\"").unwrap();
        assert_eq!(serde_json::to_string(&address).unwrap(), "\"ann@example.org\"");
        assert!(serde_json::from_str::<EmailAddress>("\"ann@example.org\\r\\nBcc: x@y.zz\"").is_err());
        assert!(serde_json::from_str::<EmailAddress>("[\"ann@example.org\"]").is_err());
    }

    #[test]
    fn debugging_does_not_print_the_whole_address() {
        let address = EmailAddress::parse("ann@example.org").unwrap();
        assert_eq!(format!("{address:?}"), "EmailAddress(a…@example.org)");
    }
}
