//! Secrets at rest: sealed values (XChaCha20-Poly1305) and digests (SHA-256, HMAC), with one key per purpose.
//!
//! Every sealed value names the row that it belongs to as associated data, so that a value moved to another row can't be
//! opened. A key number in front lets keys be replaced one day.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::incidents::Fault;
use super::randomness::Randomness;
use crate::values::token::{Token, TokenDigest};

const KEY_NUMBER: u8 = 1;
const NONCE_LENGTH: usize = 24;

/// What a key is for; each purpose has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The secret of an authenticator app.
    TwoFactorSecret,
    /// Subject and bodies of a waiting mail.
    Mail,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::TwoFactorSecret => "two_factors.sealed_secret",
            Self::Mail => "mails.sealed_message",
        }
    }
}

/// The keys derived from the installation's secret key (HKDF-SHA-256, RFC 5869).
#[derive(Clone)]
pub struct Keys {
    two_factor_secret: XChaCha20Poly1305,
    mail: XChaCha20Poly1305,
    recovery_code: [u8; 32],
    demonstration: [u8; 32],
    person_mark: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keys(…)")
    }
}

impl Keys {
    /// Derives all keys. `secret_key` holds at least 32 random bytes.
    pub fn derive(secret_key: &[u8]) -> Result<Self, Fault> {
        let derivation = Hkdf::<Sha256>::new(None, secret_key);
        let key = |label: &str| {
            let mut key = [0_u8; 32];
            derivation.expand(label.as_bytes(), &mut key).map_err(|_| Fault::Sealed)?;
            Ok::<_, Fault>(key)
        };
        Ok(Self {
            two_factor_secret: XChaCha20Poly1305::new(&key(Purpose::TwoFactorSecret.label())?.into()),
            mail: XChaCha20Poly1305::new(&key(Purpose::Mail.label())?.into()),
            recovery_code: key("recovery_codes.digest")?,
            demonstration: key("demonstration password")?,
            person_mark: key("mark of a person in pages")?,
        })
    }

    /// Seals a value of the row `row`.
    pub fn seal(&self, purpose: Purpose, row: Uuid, plain: &[u8], randomness: &Randomness) -> Result<Vec<u8>, Fault> {
        let nonce = randomness.bytes::<NONCE_LENGTH>()?;
        let data = associated_data(purpose, row);
        let sealed = self.cipher(purpose).encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &data }).map_err(|_| Fault::Sealed)?;
        let mut value = Vec::with_capacity(1 + NONCE_LENGTH + sealed.len());
        value.push(KEY_NUMBER);
        value.extend_from_slice(&nonce);
        value.extend_from_slice(&sealed);
        Ok(value)
    }

    /// Opens a sealed value of the row `row`. Fails for another row, purpose or key.
    pub fn open(&self, purpose: Purpose, row: Uuid, value: &[u8]) -> Result<Vec<u8>, Fault> {
        let (number, rest) = value.split_first().ok_or(Fault::Sealed)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_LENGTH>().ok_or(Fault::Sealed)?;
        if *number != KEY_NUMBER {
            return Err(Fault::Sealed);
        }
        let data = associated_data(purpose, row);
        self.cipher(purpose).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &data }).map_err(|_| Fault::Sealed)
    }

    /// Digest of a recovery code of one person. Keyed, because a code has only 80 bits.
    pub fn recovery_code_digest(&self, person: Uuid, code: &str) -> Result<Vec<u8>, Fault> {
        keyed_digest(&self.recovery_code, &[person.as_bytes(), code.as_bytes()])
    }

    /// What the password of the example people is made from: the same for every run, another for every installation.
    pub fn demonstration_digest(&self) -> Result<Vec<u8>, Fault> {
        keyed_digest(&self.demonstration, &[])
    }

    /// What a page calls a person by, so that scripts notice when another one looks at the next page; it says nothing about them.
    pub fn person_mark(&self, person: Uuid) -> Result<String, Fault> {
        let digest = keyed_digest(&self.person_mark, &[person.as_bytes()])?;
        Ok(data_encoding::HEXLOWER.encode(&digest[..16]))
    }

    const fn cipher(&self, purpose: Purpose) -> &XChaCha20Poly1305 {
        match purpose {
            Purpose::TwoFactorSecret => &self.two_factor_secret,
            Purpose::Mail => &self.mail,
        }
    }
}

/// Digest of a token: what the database holds. Tokens have 256 random bits, so a plain hash is enough.
pub fn digest(token: &Token) -> TokenDigest {
    TokenDigest::from_bytes(Sha256::digest(token.expose().as_bytes()).into())
}

/// Digest of any text, for the keys of counters: the typed names of strangers are not kept.
pub fn digest_text(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

fn keyed_digest(key: &[u8], parts: &[&[u8]]) -> Result<Vec<u8>, Fault> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Fault::Sealed)?;
    for part in parts {
        mac.update(part);
    }
    Ok(mac.finalize().into_bytes().to_vec())
}

fn associated_data(purpose: Purpose, row: Uuid) -> Vec<u8> {
    let mut data = purpose.label().as_bytes().to_vec();
    data.push(b'|');
    data.extend_from_slice(row.as_bytes());
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::derive(&[7; 32]).unwrap()
    }

    #[test]
    fn a_sealed_value_opens_only_in_its_own_row_and_purpose() {
        let randomness = Randomness::seeded(1);
        let row = Uuid::from_u128(1);
        let sealed = keys().seal(Purpose::Mail, row, b"hello", &randomness).unwrap();
        assert_eq!(keys().open(Purpose::Mail, row, &sealed).unwrap(), b"hello");
        assert!(keys().open(Purpose::Mail, Uuid::from_u128(2), &sealed).is_err());
        assert!(keys().open(Purpose::TwoFactorSecret, row, &sealed).is_err());
        assert!(Keys::derive(&[8; 32]).unwrap().open(Purpose::Mail, row, &sealed).is_err());
    }

    #[test]
    fn a_truncated_value_does_not_open() {
        let sealed = keys().seal(Purpose::Mail, Uuid::nil(), b"hello", &Randomness::seeded(1)).unwrap();
        for length in 0..sealed.len() {
            assert!(keys().open(Purpose::Mail, Uuid::nil(), &sealed[..length]).is_err());
        }
    }
}
