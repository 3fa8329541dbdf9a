//! Bytes → text: which encoding they are in, and what could not be decoded.

mod detect;
mod label;

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, UTF_16BE, UTF_16LE};

use crate::error::{Format, ReadError};
use crate::lines::lines_of;

/// Text with the encoding it was decoded from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without byte order mark; U+FFFD stands for what could not be decoded.
    pub text: Cow<'a, str>,
    /// Name of the encoding as in the Encoding Standard. `Shift_JIS` is code page 932 there.
    pub encoding: &'static str,
    /// Whether the encoding is a guess: neither named nor certain from the bytes themselves.
    pub guessed: bool,
    /// Lines on which something could not be decoded, ascending.
    pub replaced_lines: Vec<u32>,
}

/// Bytes of text decoded in one go where something cannot be decoded.
const BUFFER: usize = 4096;

/// Decodes `bytes` by the encoding that `label` names, or detects the encoding.
///
/// Detection looks for a byte order mark, UTF-16 without one, the escape sequences of
/// ISO-2022-JP, valid UTF-8, UTF-8 with a few damaged characters, and at last guesses between
/// Shift_JIS (code page 932) and EUC-JP.
///
/// # Errors
///
/// When the bytes are no text, no encoding has the label, or the text is in another encoding.
pub fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<Decoded<'a>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(format) = Format::of(bytes) {
        return Err(ReadError::Binary {
            offset: 0,
            format: Some(format),
        });
    }
    let decoded = match label {
        Some(label) => named(bytes, label)?,
        None => detect::decode(bytes)?,
    };
    if mostly_control(&decoded.text) {
        let offset = bytes.iter().position(|b| is_control(*b)).unwrap_or(0);
        return Err(ReadError::Binary {
            offset,
            format: None,
        });
    }
    Ok(decoded)
}

fn named<'a>(bytes: &'a [u8], label: &str) -> Result<Decoded<'a>, ReadError> {
    let named = label::find(label)?;
    let wrong = |line| ReadError::WrongEncoding {
        label: label.to_owned(),
        line,
    };
    let (encoding, body) = match Encoding::for_bom(bytes) {
        Some((mark, length)) if named.admits(mark) => (mark, bytes.get(length..)),
        Some(_) => return Err(wrong(1)),
        None => (named.encoding, Some(bytes)),
    };
    let loose = Loose::decode(body.unwrap_or_default(), encoding);
    let hopeless = loose.is_hopeless();
    let decoded = loose.into_decoded(encoding, false);
    match decoded.replaced_lines.first() {
        Some(line) if hopeless => Err(wrong(*line)),
        Some(_) | None => Ok(decoded),
    }
}

/// Text with the places where decoding failed.
struct Loose<'a> {
    text: Cow<'a, str>,
    /// Offsets in `text` of the U+FFFD that stand for undecodable bytes.
    broken: Vec<usize>,
}

impl<'a> Loose<'a> {
    fn decode(bytes: &'a [u8], encoding: &'static Encoding) -> Self {
        match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) => Self {
                text,
                broken: Vec::new(),
            },
            None => Self::decode_damaged(bytes, encoding),
        }
    }

    /// Decodes bytes that are not all valid, up to where the text is sure to be hopeless.
    fn decode_damaged(bytes: &[u8], encoding: &'static Encoding) -> Self {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        // No text has more characters than bytes, so beyond this it is hopeless anyway.
        let limit = bytes.len().max(10) / 10;
        let (mut text, mut broken, mut rest) = (String::new(), Vec::new(), bytes);
        // encoding_rs touches the whole spare room of its output at every call: keep it small.
        let mut buffer = String::with_capacity(BUFFER);
        while broken.len() <= limit {
            let (result, read) =
                decoder.decode_to_string_without_replacement(rest, &mut buffer, true);
            rest = rest.get(read..).unwrap_or_default();
            text.push_str(&buffer);
            buffer.clear();
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    broken.push(text.len());
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
        Self {
            text: Cow::Owned(text),
            broken,
        }
    }

    /// Whether so much could not be decoded that the text is in another encoding: more than a
    /// tenth of the characters outside ASCII, a lone damaged character being forgiven.
    fn is_hopeless(&self) -> bool {
        self.broken.len() * 10 > non_ascii(&self.text).max(10)
    }

    fn into_decoded(self, encoding: &'static Encoding, guessed: bool) -> Decoded<'a> {
        let replaced_lines = match self.broken.as_slice() {
            [] => Vec::new(),
            broken => lines_of(&self.text, broken),
        };
        Decoded {
            text: self.text,
            encoding: encoding.name(),
            guessed,
            replaced_lines,
        }
    }
}

/// Number of characters outside ASCII: bytes of the UTF-8 text that begin one.
fn non_ascii(text: &str) -> usize {
    text.bytes().filter(|b| *b >= 0xC0).count()
}

/// More than one control character in twenty bytes: no text looks like that.
fn mostly_control(text: &str) -> bool {
    text.bytes().filter(|b| is_control(*b)).count() * 20 > text.len()
}

/// Control characters other than tab, line ends, vertical tab and page break.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !(0x09..=0x0D).contains(&byte)
}

fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}
