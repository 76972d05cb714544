//! Secrets that links and cookies carry.
//!
//! Whoever holds a token may act, so it is never printed and never stored: the database keeps its digest.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;

/// What a token is for. The prefix says so, so that one can neither be used for the other nor leak unrecognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenPurpose {
    /// A mailed or copied link. What the link may do stands in its row, not in the token.
    Link,
    /// The cookie of a signed-in browser.
    Session,
    /// The cookie of a browser that has signed in before.
    Browser,
}

impl TokenPurpose {
    const ALL: [Self; 3] = [Self::Link, Self::Session, Self::Browser];

    /// How the token's text begins.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Link => "nxl_",
            Self::Session => "nxs_",
            Self::Browser => "nxb_",
        }
    }
}

/// A secret of 32 random bytes, written as text.
#[derive(Clone)]
pub struct Token {
    purpose: TokenPurpose,
    text: String,
}

/// A text that cannot be a token. It does not say why: whoever forges one learns nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is not a valid token.")]
pub struct TokenError;

impl Token {
    /// Random bytes in a token.
    pub const BYTES: usize = 32;
    const ENCODED_LENGTH: usize = 43;

    /// Writes 32 random bytes as a token.
    pub fn from_bytes(purpose: TokenPurpose, bytes: &[u8; Self::BYTES]) -> Self {
        let mut text = purpose.prefix().to_owned();
        BASE64URL_NOPAD.encode_append(bytes, &mut text);
        Self { purpose, text }
    }

    /// Reads a token of any purpose. Refuses every text that [`Token::from_bytes`] could not have written.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let purpose = TokenPurpose::ALL.into_iter().find(|purpose| text.starts_with(purpose.prefix())).ok_or(TokenError)?;
        Self::parse_for(purpose, text)
    }

    /// Reads a token of one purpose. Refuses those of any other.
    pub fn parse_for(purpose: TokenPurpose, text: &str) -> Result<Self, TokenError> {
        let encoded = text.strip_prefix(purpose.prefix()).ok_or(TokenError)?;
        if encoded.len() != Self::ENCODED_LENGTH || BASE64URL_NOPAD.decode(encoded.as_bytes()).is_err() {
            return Err(TokenError);
        }
        Ok(Self { purpose, text: text.to_owned() })
    }

    /// What it is for.
    pub const fn purpose(&self) -> TokenPurpose {
        self.purpose
    }

    /// The secret text, for the link, the cookie and the digest, and for nothing else.
    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

/// What the database keeps of a token.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// Takes what the hash function made, or what the database kept.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// For the database.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for TokenDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second, third, fourth, ..] = self.0;
        write!(formatter, "TokenDigest({first:02x}{second:02x}{third:02x}{fourth:02x}…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written() {
        for purpose in TokenPurpose::ALL {
            let written = Token::from_bytes(purpose, &[0xfb; 32]);
            let read = Token::parse(written.expose()).unwrap();
            assert_eq!(read.expose(), written.expose());
            assert_eq!(read.purpose(), purpose);
        }
        assert_eq!(Token::from_bytes(TokenPurpose::Link, &[0; 32]).expose(), "nxl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    }

    #[test]
    fn a_token_of_one_purpose_serves_no_other() {
        let session = Token::from_bytes(TokenPurpose::Session, &[1; 32]);
        assert!(Token::parse_for(TokenPurpose::Session, session.expose()).is_ok());
        assert!(Token::parse_for(TokenPurpose::Link, session.expose()).is_err());
    }

    #[test]
    fn every_other_text_is_refused_alike() {
        let good = Token::from_bytes(TokenPurpose::Link, &[7; 32]);
        let good = good.expose();
        let encoded = good.trim_start_matches("nxl_");
        for text in [
            String::new(),
            encoded.to_owned(),
            format!("nxx_{encoded}"),
            format!("NXL_{encoded}"),
            format!("{good}="),
            format!("{good}A"),
            format!(" {good}"),
            format!("{good}\n"),
            good.chars().take(46).collect(),
            format!("nxl_{}+", "A".repeat(42)),
            format!("nxl_{}B", "A".repeat(42)),
            format!("nxl_{}é", "A".repeat(41)),
        ] {
            assert_eq!(Token::parse(&text).map(|_| ()), Err(TokenError), "{text:?}");
        }
    }

    #[test]
    fn debugging_prints_no_secret() {
        assert_eq!(format!("{:?}", Token::from_bytes(TokenPurpose::Link, &[7; 32])), "Token(…)");
        assert_eq!(format!("{:?}", TokenDigest::from_bytes([0xab; 32])), "TokenDigest(abababab…)");
    }
}
