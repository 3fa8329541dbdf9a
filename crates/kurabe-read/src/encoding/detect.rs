//! Finds the encoding of bytes that come without a label.

use std::cmp::Ordering;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::{Decoded, Loose, non_ascii};
use crate::error::ReadError;

/// How many bytes are looked at to guess.
const SAMPLE: usize = 1 << 16;

/// Switches to JIS X 0208, JIS X 0201 Roman and katakana of ISO-2022-JP (RFC 1468).
const ESCAPES: &[&[u8]] = &[b"\x1B$@", b"\x1B$B", b"\x1B(J", b"\x1B(I"];

/// Decodes `bytes` in the encoding they look like.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let loose = Loose::decode(bytes.get(length..).unwrap_or_default(), encoding);
        return usable(bytes, loose, encoding, false);
    }
    if let Some(encoding) = utf_16(bytes) {
        return usable(bytes, Loose::decode(bytes, encoding), encoding, true);
    }
    if is_iso_2022_jp(bytes) {
        return usable(bytes, Loose::decode(bytes, ISO_2022_JP), ISO_2022_JP, false);
    }
    let loose = Loose::decode(bytes, UTF_8);
    if is_utf_8(&loose) {
        return usable(bytes, loose, UTF_8, false);
    }
    let (encoding, loose) = legacy(bytes);
    usable(bytes, loose, encoding, true)
}

fn usable<'a>(
    bytes: &[u8],
    loose: Loose<'a>,
    encoding: &'static Encoding,
    guessed: bool,
) -> Result<Decoded<'a>, ReadError> {
    if loose.is_hopeless() {
        let offset = std::str::from_utf8(bytes)
            .err()
            .map_or(0, |error| error.valid_up_to());
        return Err(ReadError::Binary {
            offset,
            format: None,
        });
    }
    Ok(loose.into_decoded(encoding, guessed))
}

/// Valid UTF-8, or UTF-8 with a few damaged characters. Text in other encodings is hardly ever
/// valid as UTF-8 by chance, so one damaged character in ten is still certain.
fn is_utf_8(loose: &Loose) -> bool {
    let broken = loose.broken.len();
    broken == 0 || broken * 10 <= non_ascii(&loose.text).saturating_sub(broken)
}

fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    bytes.is_ascii()
        && bytes.contains(&0x1B)
        && bytes.windows(3).any(|window| ESCAPES.contains(&window))
}

/// UTF-16 without byte order mark: text has no NUL bytes in any other encoding, and in the wrong
/// byte order ASCII and kana turn into characters that are rare in Japanese.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if !sample.contains(&0) {
        return None;
    }
    let little = usual_share(sample, u16::from_le_bytes);
    let big = usual_share(sample, u16::from_be_bytes);
    let (encoding, share) = if big > little {
        (UTF_16BE, big)
    } else {
        (UTF_16LE, little)
    };
    (share >= 80).then_some(encoding)
}

/// Per cent of the UTF-16 code units that are usual in Japanese text.
fn usual_share(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> usize {
    let (pairs, _) = bytes.as_chunks::<2>();
    let usual = pairs.iter().filter(|pair| is_usual(unit(**pair))).count();
    (usual * 100).checked_div(pairs.len()).unwrap_or(0)
}

/// ASCII text, punctuation, kana, kanji and full-width forms.
fn is_usual(unit: u16) -> bool {
    matches!(unit,
        0x09 | 0x0A | 0x0C | 0x0D | 0x20..=0x7E
        | 0x2010..=0x2027 | 0x2190..=0x21FF | 0x2460..=0x24FF | 0x25A0..=0x26FF
        | 0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF)
}

/// Shift_JIS or EUC-JP, whichever leaves less undecoded.
fn legacy(bytes: &[u8]) -> (&'static Encoding, Loose<'_>) {
    let shift_jis = Loose::decode(bytes, SHIFT_JIS);
    let euc_jp = Loose::decode(bytes, EUC_JP);
    match shift_jis.broken.len().cmp(&euc_jp.broken.len()) {
        Ordering::Less => (SHIFT_JIS, shift_jis),
        Ordering::Greater => (EUC_JP, euc_jp),
        Ordering::Equal if looks_like_euc_jp(bytes) => (EUC_JP, euc_jp),
        Ordering::Equal => (SHIFT_JIS, shift_jis),
    }
}

/// What chardetng makes of bytes that decode equally well as both, by the frequency of characters.
fn looks_like_euc_jp(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(Some(b"jp"), Utf8Detection::Deny) == EUC_JP
}
