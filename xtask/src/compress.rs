//! Hashes and compressed twins of the site's files.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use crate::steps::Failure;

/// Formats that are compressed in themselves.
const COMPRESSED: [&str; 8] = ["png", "jpg", "jpeg", "webp", "avif", "woff", "woff2", "gz"];
/// The window, as a power of two: 4 MB, which every browser accepts.
const BROTLI_WINDOW: u32 = 22;
/// The best level; files are compressed once and served often.
const BROTLI_LEVEL: u32 = 11;

/// What names a content: changes whenever a byte does.
pub fn fingerprint(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        // The length keeps "ab" + "c" apart from "a" + "bc".
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    let mut leading = [0; 8];
    leading.iter_mut().zip(hasher.finalize()).for_each(|(byte, hashed)| *byte = hashed);
    format!("{:016x}", u64::from_be_bytes(leading))
}

/// Whether a file of this name gains from compression.
pub fn is_worthwhile(name: &str) -> bool {
    !name.rsplit('.').next().is_some_and(|ending| COMPRESSED.contains(&ending))
}

/// The content in brotli.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, BROTLI_LEVEL, BROTLI_WINDOW);
    writer.write_all(content).and_then(|()| writer.flush()).map_err(not_compressed)?;
    drop(writer);
    Ok(compressed)
}

/// The content in gzip.
pub fn gzip(content: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(content).map_err(not_compressed)?;
    writer.finish().map_err(not_compressed)
}

fn not_compressed(error: std::io::Error) -> Failure {
    Failure::new(format!("Couldn't compress a file: {error}."))
}
