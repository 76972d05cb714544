//! Randomness is injected: the operating system's in the program, a seeded one in tests, so that ids are stable there.

use std::sync::{Arc, Mutex};

use uuid::Uuid;

use crate::values::moment::Moment;

/// A source of random bytes.
#[derive(Clone)]
pub struct Randomness {
    source: Arc<Source>,
}

/// The operating system gave no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no randomness")]
pub struct NoRandomness;

enum Source {
    System,
    Seeded(Mutex<u64>),
}

impl Randomness {
    /// The operating system's generator.
    pub fn system() -> Self {
        Self { source: Arc::new(Source::System) }
    }

    /// The same bytes for the same seed. Only for tests: predictable.
    pub fn seeded(seed: u64) -> Self {
        Self { source: Arc::new(Source::Seeded(Mutex::new(seed))) }
    }

    /// Fresh bytes. Fails when the operating system has none to give.
    pub fn bytes<const LENGTH: usize>(&self) -> Result<[u8; LENGTH], NoRandomness> {
        let mut bytes = [0_u8; LENGTH];
        match &*self.source {
            #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the operating system")]
            Source::System => getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?,
            Source::Seeded(state) => {
                let mut state = state.lock().map_err(|_| NoRandomness)?;
                for byte in &mut bytes {
                    // SplitMix64's step: well spread, and enough for ids in tests.
                    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                    *byte = mixed.to_le_bytes()[5];
                }
            }
        }
        Ok(bytes)
    }

    /// A version 7 identifier (RFC 9562) made at `now`.
    pub fn uuid(&self, now: Moment) -> Result<Uuid, NoRandomness> {
        let milliseconds = u64::try_from(now.as_microseconds() / 1_000).unwrap_or(0);
        Ok(uuid::Builder::from_unix_timestamp_millis(milliseconds, &self.bytes::<10>()?).into_uuid())
    }
}
