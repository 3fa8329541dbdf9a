//! Markup of workbooks, event by event.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::ReadError;
use crate::zip_guard::unpacking;

/// A part of markup while it is read.
pub(super) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    format: &'static str,
    part: String,
    /// Elements that are open.
    depth: u64,
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
                detail: format!("{}: it declares a document type", self.part),
            }),
            Ok(event) => {
                match event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                Ok(Some(event))
            }
            Err(quick_xml::Error::Io(error)) => Err(unpacking(self.format, &self.part, &error)),
            Err(error) => Err(ReadError::Damaged {
                format: self.format,
                detail: format!("{}: {error}", self.part),
            }),
        }
    }
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
