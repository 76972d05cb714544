//! Passwords: hashed with argon2id (OWASP: 19 MiB, 2 passes) by a bounded set of reused buffers, judged by zxcvbn.
//!
//! Each permit owns one block buffer: a flood of sign-ins can take neither more memory nor more processors than there are
//! permits, and allocating anew would cost up to half of the time. No database connection is held meanwhile.

use std::sync::{Arc, Mutex};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::incidents::Fault;
use super::randomness::Randomness;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_LENGTH: usize = 16;
const OUTPUT_LENGTH: usize = 32;
/// Longest password looked at, in bytes; longer ones are refused before any hashing.
const MOST_BYTES: usize = 1_024;
/// How many may wait for a permit before the next is told to come back.
const LONGEST_QUEUE: usize = 32;

/// Hashes and verifies passwords.
#[derive(Clone)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    buffers: Arc<Mutex<Vec<Vec<Block>>>>,
}

/// Whether a password is the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Right,
    /// It is, and the stored hash should be renewed because the parameters were raised.
    RightButOutdated,
    /// It is not.
    Wrong,
}

/// Too many are waiting already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overloaded;

impl Passwords {
    /// With as many permits as there are processors to spend on it.
    pub fn new(permits: usize) -> Self {
        let permits = permits.max(1);
        Self {
            permits: Arc::new(Semaphore::new(permits)),
            waiting: Arc::new(Semaphore::new(LONGEST_QUEUE + permits)),
            buffers: Arc::new(Mutex::new(Vec::with_capacity(permits))),
        }
    }

    /// Hashes a new password for storing, as a PHC string.
    pub async fn hash(&self, password: &str, randomness: &Randomness) -> Result<Result<String, Overloaded>, Fault> {
        let password = normalized(password);
        let salt = randomness.bytes::<SALT_LENGTH>()?;
        self.with_buffer(move |buffer| {
            let argon2 = argon2(parameters()?);
            let output = derive(&argon2, buffer, password.as_bytes(), &salt, OUTPUT_LENGTH)?;
            let hash = PasswordHash {
                algorithm: Algorithm::Argon2id.ident(),
                version: Some(Version::V0x13.into()),
                params: ParamsString::try_from(argon2.params()).map_err(hashing)?,
                salt: Some(Salt::new(&salt).map_err(hashing)?),
                hash: Some(Output::new(&output).map_err(hashing)?),
            };
            Ok(hash.to_string())
        })
        .await
    }

    /// Compares a typed password with the stored hash. Without one (nobody has that name) the same work is done, so that the
    /// time tells nothing.
    pub async fn verify(&self, password: &str, stored: Option<String>) -> Result<Result<Verdict, Overloaded>, Fault> {
        if password.len() > MOST_BYTES {
            return Ok(Ok(Verdict::Wrong));
        }
        let password = normalized(password);
        self.with_buffer(move |buffer| {
            let Some(stored) = stored else {
                derive(&argon2(parameters()?), buffer, password.as_bytes(), &[0; SALT_LENGTH], OUTPUT_LENGTH)?;
                return Ok(Verdict::Wrong);
            };
            let stored = PasswordHash::new(&stored).map_err(hashing)?;
            let (Some(salt), Some(expected)) = (stored.salt, stored.hash) else {
                return Err(Fault::Hashing("the stored hash has no salt or no output".to_owned()));
            };
            let used = Params::try_from(&stored).map_err(hashing)?;
            let outdated = used.m_cost() < MEMORY_KIB || used.t_cost() < PASSES;
            let output = derive(&argon2(used), buffer, password.as_bytes(), &salt, expected.len())?;
            if bool::from(output.ct_eq(expected.as_bytes())) {
                Ok(if outdated { Verdict::RightButOutdated } else { Verdict::Right })
            } else {
                Ok(Verdict::Wrong)
            }
        })
        .await
    }

    async fn with_buffer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Vec<Block>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<Result<T, Overloaded>, Fault> {
        let Ok(place) = Arc::clone(&self.waiting).try_acquire_owned() else {
            return Ok(Err(Overloaded));
        };
        let Ok(permit) = Arc::clone(&self.permits).acquire_owned().await else {
            return Ok(Err(Overloaded));
        };
        let buffers = Arc::clone(&self.buffers);
        let done = tokio::task::spawn_blocking(move || {
            let mut buffer = buffers.lock().ok().and_then(|mut buffers| buffers.pop()).unwrap_or_default();
            let done = work(&mut buffer);
            if let Ok(mut buffers) = buffers.lock() {
                buffers.push(buffer);
            }
            drop((permit, place));
            done
        })
        .await??;
        Ok(Ok(done))
    }
}

/// How hard a password is to guess, on zxcvbn's scale, and what would help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength {
    /// 0 (guessed at once) to 4 (very hard).
    pub score: u8,
    /// Advice in plain words.
    pub advice: Option<String>,
}

/// Judges a password; `weak_words` are those that somebody who knows the person would try first. They add nothing: a password is
/// only as hard to guess as what is left without them.
pub fn strength(password: &str, weak_words: &[&str]) -> Strength {
    // Guessing gets no harder to estimate beyond this, only slower.
    let looked_at: String = password.chars().take(128).collect();
    let whole = estimate(&looked_at, weak_words);
    match without(&looked_at, weak_words).map(|rest| estimate(&rest, &[])) {
        Some(rest) if rest.score < whole.score => rest,
        _ => whole,
    }
}

fn estimate(password: &str, weak_words: &[&str]) -> Strength {
    let estimate = zxcvbn::zxcvbn(password, weak_words);
    let advice = estimate.feedback().map(|feedback| {
        feedback
            .warning()
            .map(|warning| warning.to_string())
            .into_iter()
            .chain(feedback.suggestions().iter().map(ToString::to_string))
            .collect::<Vec<_>>()
            .join(" ")
    });
    Strength { score: u8::from(estimate.score()), advice }
}

/// What is left of a password without these words, in whatever case; `None` when it holds none of them. Shorter ones stay: they are
/// in many a good password.
fn without(password: &str, words: &[&str]) -> Option<String> {
    const SHORTEST_WORD: usize = 4;
    let mut words: Vec<String> =
        words.iter().map(|word| word.to_lowercase()).filter(|word| word.chars().count() >= SHORTEST_WORD).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let password = password.to_lowercase();
    let rest = words.iter().fold(password.clone(), |rest, word| rest.replace(word.as_str(), ""));
    (rest != password).then_some(rest)
}

/// NFC, at set and at verify alike (NIST SP 800-63B): the same password typed on another keyboard is the same.
fn normalized(password: &str) -> String {
    password.nfc().collect()
}

fn argon2(parameters: Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
}

fn parameters() -> Result<Params, Fault> {
    Params::new(MEMORY_KIB, PASSES, LANES, Some(OUTPUT_LENGTH)).map_err(hashing)
}

fn derive(argon2: &Argon2<'_>, buffer: &mut Vec<Block>, password: &[u8], salt: &[u8], length: usize) -> Result<Vec<u8>, Fault> {
    let blocks = argon2.params().block_count();
    if buffer.len() < blocks {
        buffer.resize(blocks, Block::default());
    }
    let mut output = vec![0_u8; length];
    argon2.hash_password_into_with_memory(password, salt, &mut output, &mut buffer[..blocks]).map_err(hashing)?;
    Ok(output)
}

fn hashing(error: impl std::fmt::Display) -> Fault {
    Fault::Hashing(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_verifies_in_either_unicode_form_and_nothing_else_does() {
        let passwords = Passwords::new(1);
        let stored = passwords.hash("caf\u{e9} au lait, bitte", &Randomness::seeded(1)).await.unwrap().unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        for (typed, verdict) in [
            ("caf\u{e9} au lait, bitte", Verdict::Right),
            ("cafe\u{301} au lait, bitte", Verdict::Right),
            ("Caf\u{e9} au lait, bitte", Verdict::Wrong),
            ("caf\u{e9} au lait, bitte ", Verdict::Wrong),
            ("", Verdict::Wrong),
        ] {
            assert_eq!(passwords.verify(typed, Some(stored.clone())).await.unwrap(), Ok(verdict), "{typed}");
        }
        assert_eq!(passwords.verify("anything", None).await.unwrap(), Ok(Verdict::Wrong));
    }

    #[tokio::test]
    async fn a_hash_with_lower_parameters_is_right_but_outdated() {
        let passwords = Passwords::new(1);
        let mut output = [0_u8; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, Some(32)).unwrap())
            .hash_password_into(b"secret", &[1; 16], &mut output)
            .unwrap();
        let stored = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(19),
            params: ParamsString::try_from(&Params::new(8_192, 1, 1, Some(32)).unwrap()).unwrap(),
            salt: Some(Salt::new(&[1; 16]).unwrap()),
            hash: Some(Output::new(&output).unwrap()),
        };
        assert_eq!(passwords.verify("secret", Some(stored.to_string())).await.unwrap(), Ok(Verdict::RightButOutdated));
    }

    #[test]
    fn words_that_others_know_make_a_password_weak() {
        assert!(strength("correct horse battery staple", &[]).score >= 3);
        assert!(strength("Northwind Academy 1", &["Northwind", "Academy"]).score < 3);
        assert!(strength("northwind-ACADEMY-2026", &["Northwind", "Academy"]).score < 3);
        assert!(strength("Northwind violet kettle marches", &["Northwind", "Academy"]).score >= 3);
    }
}
