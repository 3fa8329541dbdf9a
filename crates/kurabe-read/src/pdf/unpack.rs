//! How much the streams of a file unpack to, counted before any of it is kept in memory.
//!
//! The library that interprets pages unpacks a stream in one piece. So every stream is first run
//! through a decoder that only counts; a file that goes beyond the limits is refused.

use std::ops::Range;

use flate2::{Decompress, FlushDecompress, Status};

use super::workers;
use crate::{Limits, ReadError};

/// Bytes that are unpacked at a time.
const PIECE: usize = 64 << 10;
/// Streams packed inside each other that are looked into.
const NESTED: u8 = 3;
/// Smaller parts may become as much larger as they like.
const SMALL: u64 = 1 << 20;
/// Bytes before a stream that may hold its dictionary.
const DICTIONARY: usize = 4096;

/// What was seen while counting.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Streams that are no pictures.
    pub(super) streams: usize,
    /// Those of them that cannot be unpacked to their end.
    pub(super) corrupt: usize,
    /// Bytes that all of them unpack to.
    unpacked: u64,
    decoders: Decoders,
}

/// Counts what the streams of a file unpack to.
///
/// # Errors
///
/// When that goes beyond the limits.
pub(super) fn survey(bytes: &[u8], limits: &Limits) -> Result<Survey, ReadError> {
    let is_encrypted = find(bytes, b"/Encrypt", 0).is_some();
    let middle = bytes.len() / 2;
    let part = |range: Range<usize>| part(bytes, range, limits, !is_encrypted);
    let (first, second) = workers::both(|| part(0..middle), || part(middle..bytes.len()));
    first?.with(&second?, limits)
}

/// Counts the streams that begin in a part of a file.
fn part(
    bytes: &[u8],
    range: Range<usize>,
    limits: &Limits,
    is_readable: bool,
) -> Result<Survey, ReadError> {
    let mut survey = Survey::default();
    let mut at = range.start;
    while let Some(found) = find(bytes, b"stream", at).filter(|at| range.contains(at)) {
        at = found + b"stream".len();
        if bytes.get(..found).is_some_and(|b| b.ends_with(b"end")) {
            continue;
        }
        let dictionary = dictionary(bytes, found);
        let packed = data(bytes, at);
        survey.add(&dictionary, packed, limits, is_readable)?;
    }
    Ok(survey)
}

impl Survey {
    /// This and what was seen in another part of the file.
    fn with(mut self, other: &Self, limits: &Limits) -> Result<Self, ReadError> {
        self.streams += other.streams;
        self.corrupt += other.corrupt;
        self.unpacked = self.unpacked.saturating_add(other.unpacked);
        if self.unpacked > limits.unpacked_bytes {
            let limit = limits.unpacked_bytes;
            return Err(ReadError::too_large("unpacked_bytes", limit));
        }
        Ok(self)
    }

    /// Counts one stream by its dictionary and what follows it.
    pub(super) fn add(
        &mut self,
        dictionary: &[u8],
        packed: &[u8],
        limits: &Limits,
        is_readable: bool,
    ) -> Result<(), ReadError> {
        let has = |word: &[u8]| find(dictionary, word, 0).is_some();
        let is_image = is_picture(dictionary);
        let mut count = Count::new(limits, !is_image, self.unpacked);
        let decoders = &mut self.decoders;
        let is_whole = if has(b"LZW") {
            lzw(packed, &mut count)?
        } else if has(b"RunLength") || has(b"/RL") {
            run_length(packed, &mut count)?
        } else if has(b"ASCII85") || has(b"/A85") {
            inflate(&ascii85(packed), &mut count, decoders)?
        } else if has(b"ASCIIHex") || has(b"/AHx") {
            inflate(&ascii_hex(packed), &mut count, decoders)?
        } else {
            inflate(packed, &mut count, decoders)?
        };
        if !is_image {
            self.streams += 1;
            self.unpacked = count.total;
            let should_unpack = has(b"Flate") || has(b"/Fl");
            self.corrupt += usize::from(should_unpack && is_readable && !is_whole);
        }
        Ok(())
    }
}

fn is_picture(dictionary: &[u8]) -> bool {
    let words = dictionary.split(|b| b.is_ascii_whitespace() || *b == b'<' || *b == b'>');
    let mut previous: &[u8] = b"";
    words.filter(|w| !w.is_empty()).any(|word| {
        let is = word.ends_with(b"/Subtype/Image")
            || find(word, b"/Subtype/Image", 0).is_some()
            || (previous.ends_with(b"/Subtype") && word.starts_with(b"/Image"));
        previous = word;
        is
    })
}

/// Bytes counted so far, and how many may be.
struct Count<'l> {
    limits: &'l Limits,
    /// Whether the part may only become so many times larger.
    has_ratio: bool,
    /// Bytes of this and all parts before.
    total: u64,
    before: u64,
}

impl<'l> Count<'l> {
    fn new(limits: &'l Limits, is_kept: bool, before: u64) -> Self {
        let before = if is_kept { before } else { 0 };
        Self {
            limits,
            has_ratio: is_kept,
            total: before,
            before,
        }
    }

    /// Adds bytes that came out of `packed` bytes.
    fn add(&mut self, bytes: usize, packed: u64) -> Result<(), ReadError> {
        self.total = self.total.saturating_add(wide(bytes));
        if self.total > self.limits.unpacked_bytes {
            let limit = self.limits.unpacked_bytes;
            return Err(ReadError::too_large("unpacked_bytes", limit));
        }
        let part = self.total - self.before;
        let most = packed.saturating_mul(self.limits.ratio);
        if self.has_ratio && part > SMALL && part > most {
            return Err(ReadError::too_large("ratio", self.limits.ratio));
        }
        Ok(())
    }
}

fn wide(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// Counts what a deflated stream unpacks to; whether it came to its end. Other data count nothing.
fn inflate(
    packed: &[u8],
    count: &mut Count<'_>,
    decoders: &mut Decoders,
) -> Result<bool, ReadError> {
    let has_header = has_zlib_header(packed);
    let (mut is_whole, made) = inflate_as(has_header, packed, count, decoders)?;
    if made == 0 && !is_whole && has_header {
        (is_whole, _) = inflate_as(false, packed, count, decoders)?;
    }
    Ok(is_whole)
}

/// Whether the end was reached, and how many bytes were made.
fn inflate_as(
    has_header: bool,
    packed: &[u8],
    count: &mut Count<'_>,
    decoders: &mut Decoders,
) -> Result<(bool, u64), ReadError> {
    let mut inflater = Inflater::new(has_header, 0, decoders);
    let is_whole = inflater.feed(packed, count, decoders);
    let made = inflater.made;
    inflater.give_back(decoders);
    Ok((is_whole?, made))
}

/// Decoders and rooms that are used again: a file has thousands of small streams, and clearing new
/// ones takes longer than unpacking.
#[derive(Default)]
struct Decoders {
    /// Decoders that nobody uses.
    idle: Vec<Decompress>,
    rooms: Vec<Vec<u8>>,
}

impl std::fmt::Debug for Decoders {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoders").finish_non_exhaustive()
    }
}

impl Decoders {
    fn take(&mut self, has_header: bool) -> Decompress {
        match self.idle.pop() {
            Some(mut decoder) => {
                decoder.reset(has_header);
                decoder
            }
            None => Decompress::new(has_header),
        }
    }
}

fn has_zlib_header(data: &[u8]) -> bool {
    match data {
        [method, flags, ..] => {
            method & 0x0F == 8 && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31)
        }
        _ => false,
    }
}

/// A decoder whose output is counted and, when it is packed again, unpacked.
struct Inflater {
    decoder: Decompress,
    depth: u8,
    made: u64,
    inner: Option<Box<Inflater>>,
}

impl Inflater {
    fn new(has_header: bool, depth: u8, decoders: &mut Decoders) -> Self {
        Self {
            decoder: decoders.take(has_header),
            depth,
            made: 0,
            inner: None,
        }
    }

    /// Leaves its decoders to the next stream.
    fn give_back(self, decoders: &mut Decoders) {
        decoders.idle.push(self.decoder);
        if let Some(inner) = self.inner {
            inner.give_back(decoders);
        }
    }

    /// Unpacks a piece; whether the end of the stream was reached.
    fn feed(
        &mut self,
        packed: &[u8],
        count: &mut Count<'_>,
        decoders: &mut Decoders,
    ) -> Result<bool, ReadError> {
        let mut room = decoders.rooms.pop().unwrap_or_else(|| vec![0; PIECE]);
        let is_whole = self.unpack(packed, &mut room, count, decoders);
        decoders.rooms.push(room);
        is_whole
    }

    fn unpack(
        &mut self,
        mut packed: &[u8],
        room: &mut [u8],
        count: &mut Count<'_>,
        decoders: &mut Decoders,
    ) -> Result<bool, ReadError> {
        loop {
            let (taken, made) = (self.decoder.total_in(), self.decoder.total_out());
            let outcome = self.decoder.decompress(packed, room, FlushDecompress::None);
            let taken = usize::try_from(self.decoder.total_in() - taken).unwrap_or(usize::MAX);
            let made = usize::try_from(self.decoder.total_out() - made).unwrap_or(usize::MAX);
            packed = packed.get(taken..).unwrap_or_default();
            count.add(made, self.decoder.total_in())?;
            self.pass_on(room.get(..made).unwrap_or_default(), count, decoders)?;
            match outcome {
                Ok(Status::StreamEnd) => return Ok(true),
                Ok(_) if taken > 0 || made > 0 => {}
                Ok(_) | Err(_) => return Ok(false),
            }
        }
    }

    fn pass_on(
        &mut self,
        made: &[u8],
        count: &mut Count<'_>,
        decoders: &mut Decoders,
    ) -> Result<(), ReadError> {
        if self.made == 0 && self.depth < NESTED && has_zlib_header(made) {
            self.inner = Some(Box::new(Self::new(true, self.depth + 1, decoders)));
        }
        self.made += wide(made.len());
        match self.inner.as_mut() {
            Some(inner) => inner.feed(made, count, decoders).map(|_| ()),
            None => Ok(()),
        }
    }
}

/// Counts what LZW codes stand for. Only the lengths of the entries are kept.
fn lzw(packed: &[u8], count: &mut Count<'_>) -> Result<bool, ReadError> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths: Vec<usize> = Vec::new();
    let mut previous = 0;
    let mut bits = Bits::new(packed);
    loop {
        let next = 258 + lengths.len() + usize::from(previous > 0);
        let width = match next {
            ..511 => 9,
            511..1023 => 10,
            1023..2047 => 11,
            _ => 12,
        };
        let Some(code) = bits.take(width) else {
            return Ok(false);
        };
        match code {
            END => return Ok(true),
            CLEAR => {
                lengths.clear();
                previous = 0;
                continue;
            }
            _ => {}
        }
        if previous > 0 && lengths.len() < 4096 - 258 {
            lengths.push(previous + 1);
        }
        previous = if code < CLEAR {
            1
        } else {
            lengths.get(code - 258).copied().unwrap_or(1)
        };
        count.add(previous, bits.taken())?;
    }
}

/// Bits from the highest of each byte on.
struct Bits<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Bits<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn take(&mut self, width: usize) -> Option<usize> {
        let mut value = 0;
        for at in self.at..self.at + width {
            let byte = self.bytes.get(at / 8)?;
            value = value << 1 | usize::from(byte >> (7 - at % 8) & 1);
        }
        self.at += width;
        Some(value)
    }

    fn taken(&self) -> u64 {
        wide(self.at / 8 + 1)
    }
}

fn run_length(packed: &[u8], count: &mut Count<'_>) -> Result<bool, ReadError> {
    let mut at = 0;
    while let Some(length) = packed.get(at).copied() {
        let length = usize::from(length);
        let (made, taken) = match length {
            128 => return Ok(true),
            ..128 => (length + 1, length + 2),
            _ => (257 - length, 2),
        };
        at += taken;
        count.add(made, wide(at))?;
    }
    Ok(false)
}

/// The bytes that pairs of hexadecimal digits stand for.
fn ascii_hex(text: &[u8]) -> Vec<u8> {
    let end = text.iter().position(|b| *b == b'>').unwrap_or(text.len());
    let digits = text
        .iter()
        .take(end)
        .filter_map(|b| char::from(*b).to_digit(16));
    let digits: Vec<u32> = digits.collect();
    let byte = |pair: &[u32]| {
        let high = pair.first().copied().unwrap_or(0);
        let low = pair.get(1).copied().unwrap_or(0);
        u8::try_from(high * 16 + low).unwrap_or(0)
    };
    digits.chunks(2).map(byte).collect()
}

/// The bytes that groups of five characters stand for.
fn ascii85(text: &[u8]) -> Vec<u8> {
    let end = text.iter().position(|b| *b == b'~').unwrap_or(text.len());
    let mut bytes = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    for c in text.iter().take(end) {
        match c {
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(c - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            bytes.extend(group85(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let written = group.len() - 1;
        group.resize(5, 84);
        bytes.extend(group85(&group).into_iter().take(written));
    }
    bytes
}

fn group85(group: &[u32]) -> [u8; 4] {
    let value = group.iter().fold(0_u32, |sum, digit| {
        sum.wrapping_mul(85).wrapping_add(*digit)
    });
    value.to_be_bytes()
}

/// The bytes that may be the dictionary of the stream at `stream`, its names unescaped.
fn dictionary(bytes: &[u8], stream: usize) -> Vec<u8> {
    let before = bytes.get(stream.saturating_sub(DICTIONARY)..stream);
    let before = before.unwrap_or_default();
    let start = before.windows(3).rposition(|w| w == b"obj").unwrap_or(0);
    unescaped(before.get(start..).unwrap_or_default())
}

/// Replaces `#xx` by the byte that it stands for.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    let digit = |at: usize| text.get(at).and_then(|b| char::from(*b).to_digit(16));
    while let Some(byte) = text.get(at).copied() {
        let escaped = digit(at + 1).zip(digit(at + 2)).filter(|_| byte == b'#');
        if let Some((high, low)) = escaped {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or(byte));
            at += 3;
        } else {
            bytes.push(byte);
            at += 1;
        }
    }
    bytes
}

/// What follows the keyword `stream`, without the end of its line.
fn data(bytes: &[u8], after: usize) -> &[u8] {
    let rest = bytes.get(after..).unwrap_or_default();
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    rest.strip_prefix(b"\n").unwrap_or(rest)
}

/// The place of `word` in `bytes` at or after `from`.
pub(super) fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let first = *word.first()?;
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        let found = at + rest.iter().position(|b| *b == first)?;
        if bytes.get(found..)?.starts_with(word) {
            return Some(found);
        }
        at = found + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn file(dictionary: &str, data: &[u8]) -> Vec<u8> {
        let mut file = format!("1 0 obj\n<<{dictionary}>>\nstream\n").into_bytes();
        file.extend(data);
        file.extend(b"\nendstream\nendobj\n");
        file
    }

    fn refusal(dictionary: &str, data: &[u8], limits: &Limits) -> Option<ReadError> {
        survey(&file(dictionary, data), limits).err()
    }

    #[test]
    fn bombs_are_refused_however_they_are_packed() {
        let limits = Limits {
            unpacked_bytes: 20 << 20,
            ..Limits::default()
        };
        let zeros = vec![0; 30 << 20];
        let once = zlib(&zeros);
        let twice = zlib(&once);
        let too_large = Some(ReadError::too_large("ratio", 1000));
        assert_eq!(refusal("/Filter/FlateDecode", &once, &limits), too_large);
        assert_eq!(refusal("/Filter/Fl#61teDecode", &once, &limits), too_large);
        assert_eq!(refusal("/Filter 7 0 R", &once, &limits), too_large);
        assert!(refusal("/Filter[/FlateDecode/FlateDecode]", &twice, &limits).is_some());
        let deflated = once.get(2..).unwrap();
        assert!(refusal("/Filter/FlateDecode", deflated, &limits).is_some());
        assert!(refusal("/Subtype /Image", &once, &limits).is_some());
        let runs = [129, 0].repeat(200_000);
        assert!(refusal("/Filter/RunLengthDecode", &runs, &limits).is_some());
    }

    #[test]
    fn sound_streams_pass_and_corrupt_ones_are_counted() {
        let limits = Limits::default();
        let packed = zlib(b"BT (text) Tj ET");
        let survey_of = |data: &[u8]| survey(&file("/Filter/FlateDecode", data), &limits).unwrap();
        assert_eq!(survey_of(&packed).corrupt, 0);
        let mut damaged = packed;
        damaged[8] ^= 0x40;
        assert_eq!(survey_of(&damaged).corrupt, 1);
    }

    #[test]
    fn lzw_codes_are_counted_by_length() {
        // "-----A---B" from the PDF specification.
        let packed = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        let limits = Limits::default();
        let mut count = Count::new(&limits, true, 0);
        assert_eq!(lzw(&packed, &mut count), Ok(true));
        assert_eq!(count.total, 10);
    }

    #[test]
    fn text_armour_is_taken_off() {
        assert_eq!(ascii85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(ascii_hex(b"48 65 6C6c 6F>"), b"Hello");
    }
}
