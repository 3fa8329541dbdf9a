//! The body as it was sent becomes the document: decompressed under a limit, and hashed.

use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use brotli_decompressor::Decompressor;
use flate2::read::MultiGzDecoder;
use sha2::{Digest as _, Sha256};

/// How many bytes of the beginning are kept to see what the document is.
const HEAD: usize = 1024;

const BUFFER: usize = 64 * 1024;

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Coding {
    /// Not at all.
    #[default]
    Identity,
    Gzip,
    Brotli,
}

impl Coding {
    /// The coding of a `Content-Encoding` header; `None` when it is not understood.
    pub(crate) fn parse(header: Option<&str>) -> Option<Self> {
        match header.map(|h| h.trim().to_ascii_lowercase()).as_deref() {
            None | Some("" | "identity") => Some(Self::Identity),
            Some("gzip" | "x-gzip") => Some(Self::Gzip),
            Some("br") => Some(Self::Brotli),
            Some(_) => None,
        }
    }
}

/// What a document turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digest {
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
    /// Its first bytes.
    pub(crate) head: Vec<u8>,
}

/// Why a body did not become a document.
#[derive(Debug)]
pub(crate) enum DecodeError {
    /// It is larger than the limit.
    TooLarge,
    /// It is no valid compressed body, or not all of it is there.
    Damaged(io::Error),
    /// The document cannot be written.
    Write(io::Error),
}

/// Decompresses a body into `out` and stops where it would become larger than `largest`.
pub(crate) fn decode(
    body: impl Read,
    coding: Coding,
    out: &mut impl Write,
    largest: u64,
) -> Result<Digest, DecodeError> {
    let body = BufReader::with_capacity(BUFFER, body);
    match coding {
        Coding::Identity => copy(body, out, largest),
        Coding::Gzip => copy(MultiGzDecoder::new(body), out, largest),
        Coding::Brotli => copy(Decompressor::new(body, BUFFER), out, largest),
    }
}

fn copy(from: impl Read, out: &mut impl Write, largest: u64) -> Result<Digest, DecodeError> {
    let mut from = from.take(largest.saturating_add(1));
    let mut buffer = vec![0; BUFFER];
    let (mut hasher, mut head, mut bytes) = (Sha256::new(), Vec::new(), 0);
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(DecodeError::Damaged(error)),
        };
        let part = buffer.get(..read).unwrap_or_default();
        bytes += read as u64;
        if bytes > largest {
            return Err(DecodeError::TooLarge);
        }
        head.extend(part.iter().take(HEAD - head.len()));
        hasher.update(part);
        out.write_all(part).map_err(DecodeError::Write)?;
    }
    let sha256 = hexadecimal(&hasher.finalize());
    Ok(Digest {
        bytes,
        sha256,
        head,
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Size and SHA-256 of a file.
pub(crate) fn digest(path: &Path) -> io::Result<Digest> {
    let file = fs_err::File::open(path)?;
    decode(file, Coding::Identity, &mut io::sink(), u64::MAX).map_err(|error| match error {
        DecodeError::Damaged(error) | DecodeError::Write(error) => error,
        DecodeError::TooLarge => io::ErrorKind::FileTooLarge.into(),
    })
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn zipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// A brotli stream of one stored block.
    const STORED: &[u8] = &[0x0b, 0x02, 0x80, b'h', b'e', b'l', b'l', b'o', 0x03];

    #[test]
    fn bodies_are_decompressed_and_hashed() {
        let sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        let gzip = zipped(b"hello");
        for (body, coding) in [
            (b"hello".as_slice(), Coding::Identity),
            (&gzip, Coding::Gzip),
            (STORED, Coding::Brotli),
        ] {
            let mut out = Vec::new();
            let digest = decode(body, coding, &mut out, 5).unwrap();
            assert_eq!((digest.bytes, &*digest.sha256), (5, sha256), "{coding:?}");
            assert_eq!(out, b"hello");
        }
    }

    #[test]
    fn bombs_stop_at_the_limit() {
        let gzip = zipped(&vec![0; 8 << 20]);
        assert!(gzip.len() < 10_000);
        let mut out = Vec::new();
        let error = decode(&*gzip, Coding::Gzip, &mut out, 100_000).unwrap_err();
        assert!(matches!(error, DecodeError::TooLarge));
        assert!(out.len() <= 100_000);
    }

    #[test]
    fn bodies_that_end_early_are_damaged() {
        let gzip = zipped(b"hello");
        for (body, coding) in [
            (gzip.get(..gzip.len() - 2).unwrap(), Coding::Gzip),
            (STORED.get(..6).unwrap(), Coding::Brotli),
            (b"no gzip", Coding::Gzip),
        ] {
            let error = decode(body, coding, &mut io::sink(), 100).unwrap_err();
            assert!(matches!(error, DecodeError::Damaged(_)), "{coding:?}");
        }
    }

    #[test]
    fn unknown_codings_are_not_guessed() {
        assert_eq!(Coding::parse(None), Some(Coding::Identity));
        assert_eq!(Coding::parse(Some(" X-GZIP ")), Some(Coding::Gzip));
        assert_eq!(Coding::parse(Some("gzip, br")), None);
    }
}
