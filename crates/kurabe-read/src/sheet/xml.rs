//! Markup of workbooks, event by event.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, BytesText, Event};

use crate::ReadError;
use crate::fault::{Fault, FaultKind};
use crate::zip_guard::unpacking;

/// Characters of the longest reference that is followed here, `#1114111`.
const LONGEST: usize = 9;

/// A part of markup while it is read.
pub(super) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    format: &'static str,
    part: String,
    /// Elements that are open.
    depth: u64,
    /// Characters that references in a row stand for.
    run: String,
}

impl<R: BufRead> Xml<R> {
    /// Reads `part` of a file of that format; an empty element is a start and an end.
    pub(super) fn new(source: R, format: &'static str, part: &str) -> Self {
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::new(),
            format,
            part: part.to_owned(),
            depth: 0,
            run: String::new(),
        }
    }

    /// Whether the part ended before its elements did.
    pub(super) fn is_cut(&self) -> bool {
        self.depth > 0
    }

    /// The next event; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'_>>, ReadError> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            // No sound workbook has one: it could only declare entities.
            Ok(Event::DocType(_)) => Err(ReadError::Damaged {
                format: self.format,
                detail: Fault::new(FaultKind::DocumentType).part(&self.part),
            }),
            Ok(event) => {
                match &event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    Event::GeneralRef(reference) => {
                        if let Some(first) = numbered(reference.as_bytes()) {
                            self.run.clear();
                            self.run.push(first);
                            follow(&mut self.reader, &mut self.run);
                            return Ok(Some(Event::Text(BytesText::from_escaped(&*self.run))));
                        }
                    }
                    _ => {}
                }
                Ok(Some(event))
            }
            Err(quick_xml::Error::Io(error)) => Err(unpacking(self.format, &self.part, &error)),
            Err(error) => Err(ReadError::Damaged {
                format: self.format,
                detail: Fault::new(FaultKind::Markup).part(&self.part).cause(&error),
            }),
        }
    }
}

/// Takes the references that follow the one that was read last. Some programs write every Japanese
/// character as one, and an event for each is slow.
fn follow<R: BufRead>(reader: &mut Reader<R>, run: &mut String) {
    let mut stream = reader.stream();
    // An error comes again when the next event is read.
    while let Ok(bytes) = stream.fill_buf() {
        let mut rest = bytes;
        while let Some((character, after)) = reference(rest) {
            run.push(character);
            rest = after;
        }
        let taken = bytes.len() - rest.len();
        if taken == 0 {
            return;
        }
        stream.consume(taken);
    }
}

/// The character that the reference at the start of `bytes` stands for, and what follows it.
fn reference(bytes: &[u8]) -> Option<(char, &[u8])> {
    let inner = bytes.strip_prefix(b"&")?;
    let length = inner.iter().take(LONGEST).position(|b| *b == b';')?;
    let (number, after) = inner.split_at_checked(length)?;
    Some((numbered(number)?, after.get(1..)?))
}

/// The character of a decimal reference (`#31532`) beyond ASCII. Line ends are left to the parser,
/// and so is everything that stands for no character.
fn numbered(reference: &[u8]) -> Option<char> {
    let digits = reference.strip_prefix(b"#")?;
    let code = digits.iter().try_fold(0_u32, |code, digit| {
        let digit = char::from(*digit).to_digit(10)?;
        code.checked_mul(10)?.checked_add(digit)
    })?;
    char::from_u32(code).filter(|c| !c.is_ascii())
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute<'e>(element: &'e BytesStart, name: &str) -> Option<Cow<'e, str>> {
    find(element, |key| key.rsplit(':').next() == Some(name))
}

/// The value of an attribute, by its name with prefix.
pub(super) fn prefixed<'e>(element: &'e BytesStart, name: &str) -> Option<Cow<'e, str>> {
    find(element, |key| key == name)
}

fn find<'e>(element: &'e BytesStart, is: impl Fn(&str) -> bool) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    let mut known = attributes.with_checks(false).flatten();
    let attribute = known.find(|a| is(a.key.as_ref()))?;
    if !attribute.value.contains('&') {
        return Some(attribute.value);
    }
    let value = unescape(&attribute.value).map(Cow::into_owned);
    Some(value.map_or(attribute.value, Cow::Owned))
}

/// The number that an attribute holds.
pub(super) fn number(element: &BytesStart, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// Whether an attribute says yes.
pub(super) fn is_set(element: &BytesStart, name: &str) -> bool {
    matches!(
        attribute(element, name).as_deref(),
        Some("1" | "true" | "on")
    )
}

/// The characters that an event stands for; `None` for markup.
pub(super) fn text<'e>(event: &'e Event) -> Option<Cow<'e, str>> {
    match event {
        Event::Text(text) => Some(text.xml10_content()),
        Event::CData(text) => Some(text.xml10_content()),
        Event::GeneralRef(reference) => Some(referred(reference)),
        _ => None,
    }
}

/// The character that a reference names; an unknown one stays as written.
fn referred<'e>(reference: &'e BytesRef) -> Cow<'e, str> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Cow::Owned(character.to_string());
    }
    match reference.as_ref() {
        "amp" => Cow::Borrowed("&"),
        "lt" => Cow::Borrowed("<"),
        "gt" => Cow::Borrowed(">"),
        "quot" => Cow::Borrowed("\""),
        "apos" => Cow::Borrowed("'"),
        other => Cow::Owned(format!("&{other};")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The characters of an element, read through a buffer of so many bytes.
    fn characters(markup: &str, buffer: usize) -> String {
        let source = std::io::BufReader::with_capacity(buffer, markup.as_bytes());
        let mut xml = Xml::new(source, "test", "part");
        let mut out = String::new();
        while let Some(event) = xml.next().unwrap() {
            out.extend(text(&event));
        }
        assert!(!xml.is_cut());
        out
    }

    #[test]
    fn references_in_a_row_are_the_characters_that_they_stand_for() {
        let markup = "<t>&#31532;1&#26399;&#x5B9F;&#26045; a&amp;&#13;&#10;&#28961;\r\n&#0;&#1114112;\
                      <![CDATA[&#31532;]]>&#26045</t>";
        let expected = "第1期実施 a&\r\n無\n&#0;&#1114112;&#31532;&#26045";
        for buffer in [1, 2, 3, 7, 8, 9, 64, 4096] {
            assert_eq!(characters(markup, buffer), expected, "buffer of {buffer}");
        }
    }
}
