//! Hashes: SHA-256 for what is published, BLAKE3 for what is kept to see changes.

use std::fs::File;
use std::io::{self, BufReader};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// BLAKE3 of bytes, in hexadecimal.
#[must_use]
pub fn blake3(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// SHA-256 of bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One hash over several texts; their order and their borders count.
#[must_use]
pub fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// The version of the program with the hash of its own bytes: results of another build are made
/// again. The version alone where the program cannot read itself.
#[must_use]
pub fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut hasher = blake3::Hasher::new();
        // The version alone counts when this fails.
        let _ = std::env::current_exe()
            .and_then(File::open)
            .and_then(|file| io::copy(&mut BufReader::with_capacity(1 << 16, file), &mut hasher));
        let hash = hasher.finalize().to_hex();
        format!("{}+{}", env!("CARGO_PKG_VERSION"), &hash[..16])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_the_published_ones() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b""), empty);
        assert!(blake3(b"").starts_with("af1349b9f5f9a1a6"));
    }

    #[test]
    fn borders_count() {
        assert_ne!(joined(["ab", "c"]), joined(["a", "bc"]));
    }
}
