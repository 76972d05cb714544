//! The installation's secret key: from the environment, or made once and kept beside the embedded database.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};

const FEWEST_BYTES: usize = 32;

/// The bytes of a key written as base64 or hexadecimal. `None` when it is neither, too short, or plainly not random.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().as_bytes();
    [HEXLOWER_PERMISSIVE, BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD]
        .iter()
        .find_map(|encoding| encoding.decode(text).ok())
        .filter(|key| key.len() >= FEWEST_BYTES && !is_plainly_not_random(key))
}

/// The key kept in `folder`, made on the first start and readable by its owner only.
pub fn kept_in(folder: &Path, randomness: &app::platform::randomness::Randomness) -> Result<Vec<u8>, std::io::Error> {
    let path = folder.join("secret-key");
    match fs::read_to_string(&path) {
        Ok(text) => decode(&text).ok_or_else(|| std::io::Error::other(format!("{} holds no usable key", path.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = randomness.bytes::<FEWEST_BYTES>().map_err(std::io::Error::other)?;
            let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
            file.write_all(BASE64.encode(&key).as_bytes())?;
            file.sync_all()?;
            Ok(key.to_vec())
        }
        Err(error) => Err(error),
    }
}

fn is_plainly_not_random(key: &[u8]) -> bool {
    let distinct = key.iter().collect::<std::collections::BTreeSet<_>>().len();
    distinct < 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_repeated_keys_are_refused() {
        assert!(decode("q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=").is_some());
        assert!(decode("q83vEjRWeJA=").is_none());
        assert!(decode("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").is_none());
        assert!(decode("change me").is_none());
    }
}
