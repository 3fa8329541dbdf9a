//! Strings of BIFF: code pages before Excel 97, UTF-16 with half of it left out since.

use encoding_rs::{SHIFT_JIS, UTF_16LE, WINDOWS_1252};

use super::record::Record;
use crate::sheet::bytes::{line_feeds, u16_at, utf_16};
use crate::{Limits, ReadError};

/// How strings are written.
#[derive(Clone, Copy)]
pub(super) enum Encoding {
    /// BIFF8.
    Unicode,
    /// BIFF5, in a code page.
    Bytes(&'static encoding_rs::Encoding),
}

impl Default for Encoding {
    fn default() -> Self {
        Self::Bytes(SHIFT_JIS)
    }
}

impl Encoding {
    /// Takes over the code page that a workbook names.
    pub(super) fn set_code_page(&mut self, page: u16) {
        if let Self::Bytes(encoding) = self {
            *encoding = match page {
                1200 => UTF_16LE,
                1252 | 0x8001 => WINDOWS_1252,
                _ => SHIFT_JIS,
            };
        }
    }

    /// A string with its length in one byte.
    pub(super) fn short_text(self, data: &[u8]) -> Option<String> {
        let length = usize::from(*data.first()?);
        self.characters(length, data.get(1..)?)
    }

    /// A string with its length in two bytes.
    pub(super) fn long_text(self, data: &[u8]) -> Option<String> {
        let length = usize::from(u16_at(data, 0)?);
        self.characters(length, data.get(2..)?)
    }

    /// So many characters, fewer where the data ends.
    fn characters(self, length: usize, data: &[u8]) -> Option<String> {
        match self {
            Self::Unicode => {
                let is_wide = data.first()? & 1 != 0;
                let mut text = Vec::new();
                units(data.get(1..)?, length, is_wide, &mut text);
                Some(decoded(&text))
            }
            Self::Bytes(encoding) => {
                let bytes = data.get(..length).unwrap_or(data);
                let (text, _) = encoding.decode_without_bom_handling(bytes);
                Some(line_feeds(text.into_owned()))
            }
        }
    }

    /// The string of a record that may be continued.
    pub(super) fn record_text(self, record: &Record) -> Option<String> {
        match self {
            Self::Unicode => {
                let mut pieces = Pieces::new(record);
                let length = usize::from(pieces.u16()?);
                let flags = pieces.byte()?;
                Some(pieces.text(length, flags))
            }
            Self::Bytes(_) => self.long_text(&[&[record.data], &*record.more].concat().concat()),
        }
    }
}

/// Appends up to `length` characters as UTF-16 and gives how many bytes they took.
fn units(data: &[u8], length: usize, is_wide: bool, out: &mut Vec<u8>) -> usize {
    if is_wide {
        let bytes = length.saturating_mul(2).min(data.len() & !1);
        out.extend_from_slice(data.get(..bytes).unwrap_or_default());
        return bytes;
    }
    let bytes = length.min(data.len());
    let narrow = data.get(..bytes).unwrap_or_default();
    out.extend(narrow.iter().flat_map(|byte| [*byte, 0]));
    bytes
}

fn decoded(units: &[u8]) -> String {
    utf_16(units)
}

/// The data of a record and of those that continue it.
struct Pieces<'r> {
    pieces: Vec<&'r [u8]>,
    piece: usize,
    at: usize,
}

impl<'r> Pieces<'r> {
    fn new(record: &Record<'r>) -> Self {
        let first = std::iter::once(record.data);
        Self {
            pieces: first.chain(record.more.iter().copied()).collect(),
            piece: 0,
            at: 0,
        }
    }

    /// What is left of the current piece; the next one where nothing is.
    fn rest(&mut self) -> Option<&'r [u8]> {
        loop {
            let piece = self.pieces.get(self.piece)?;
            if self.at < piece.len() {
                return piece.get(self.at..);
            }
            self.piece += 1;
            self.at = 0;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at += 1;
        Some(byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        let (low, high) = (self.u16()?, self.u16()?);
        Some(u32::from(low) | u32::from(high) << 16)
    }

    fn skip(&mut self, mut length: usize) {
        while let Some(rest) = self.rest().filter(|_| length > 0) {
            let step = rest.len().min(length);
            self.at += step;
            length -= step;
        }
    }

    /// Characters of a string; each further piece begins with flags of its own.
    fn text(&mut self, length: usize, flags: u8) -> String {
        let mut is_wide = flags & 1 != 0;
        let mut out = Vec::new();
        let mut at_piece = self.piece;
        while out.len() / 2 < length {
            let Some(mut rest) = self.rest() else {
                break;
            };
            if self.piece != at_piece {
                at_piece = self.piece;
                is_wide = rest.first().is_some_and(|flags| flags & 1 != 0);
                self.at += 1;
                rest = rest.get(1..).unwrap_or_default();
            }
            let taken = units(rest, length - out.len() / 2, is_wide, &mut out);
            self.at += taken;
            if taken == 0 {
                // Half a character at the end of a piece.
                self.piece += 1;
                self.at = 0;
            }
        }
        decoded(&out)
    }

    /// One string of the table: its phonetic guide and the runs of its fonts are left out.
    fn shared(&mut self) -> Option<String> {
        let length = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.u16()? } else { 0 };
        let guide = if flags & 4 != 0 { self.u32()? } else { 0 };
        let text = self.text(length, flags);
        self.skip(usize::from(runs) * 4);
        self.skip(usize::try_from(guide).unwrap_or(usize::MAX));
        Some(text)
    }
}

/// The table of shared strings, as far as it goes.
pub(super) fn shared(record: &Record, limits: Limits) -> Result<Vec<String>, ReadError> {
    let mut pieces = Pieces::new(record);
    let mut strings = Vec::new();
    let _total = pieces.u32();
    let count = pieces.u32().unwrap_or(0);
    if u64::from(count) > limits.cells {
        return Err(ReadError::too_large("cells", limits.cells));
    }
    for _ in 0..count {
        match pieces.shared() {
            Some(text) => strings.push(text),
            None => break,
        }
    }
    Ok(strings)
}
