//! Shared strings, and the text of `<si>` and `<is>` elements.

use std::borrow::Cow;

use quick_xml::events::Event;

use crate::ReadError;
use crate::sheet::xml::{Xml, attribute, text};
use crate::zip_guard::Package;

/// Gathers the text of one string item; phonetic guides (`<rPh>`) are no part of it.
#[derive(Default)]
pub(super) struct StringItem {
    out: String,
    piece: String,
    in_text: bool,
    keeps_space: bool,
    in_guide: bool,
}

impl StringItem {
    /// Takes in an event inside the item.
    pub(super) fn event(&mut self, event: &Event) {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "rPh" => self.in_guide = true,
                "t" => {
                    self.in_text = !self.in_guide;
                    let space = attribute(element, "space");
                    self.keeps_space = space.as_deref() == Some("preserve");
                }
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "rPh" => self.in_guide = false,
                "t" => self.end_text(),
                _ => {}
            },
            other if self.in_text => {
                if let Some(text) = text(other) {
                    self.piece.push_str(&text);
                }
            }
            _ => {}
        }
    }

    fn end_text(&mut self) {
        let piece = std::mem::take(&mut self.piece);
        let blank = [' ', '\t', '\r', '\n'];
        let piece = if self.keeps_space {
            piece.as_str()
        } else {
            piece.trim_matches(blank)
        };
        self.out.push_str(&unescaped(piece));
        self.in_text = false;
    }

    /// The text that was gathered; the next item begins.
    pub(super) fn finish(&mut self) -> String {
        std::mem::take(self).out
    }
}

/// Reads the table of shared strings.
pub(super) fn read(package: &mut Package, part: &str) -> Result<Vec<String>, ReadError> {
    let format = package.format;
    let most = package.limits().cells;
    let mut strings = Vec::new();
    let Some(source) = package.markup(part)? else {
        return Ok(strings);
    };
    let mut xml = Xml::new(source, format, part);
    let mut item = StringItem::default();
    while let Some(event) = xml.next()? {
        match &event {
            Event::End(element) if element.local_name().as_ref() == "si" => {
                strings.push(item.finish());
            }
            other => item.event(other),
        }
        if u64::try_from(strings.len()).unwrap_or(u64::MAX) > most {
            return Err(ReadError::too_large("cells", most));
        }
    }
    Ok(strings)
}

/// Text with `_x000D_` and the like replaced by the characters that they stand for (ECMA-376
/// part 1, 22.4.2.4). Line ends become line feeds.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") && !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        match escaped_unit(escape) {
            Some(character) => {
                out.push(character);
                rest = escape.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = escape.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The character that `_xHHHH_` at the start of `escape` stands for.
fn escaped_unit(escape: &str) -> Option<char> {
    let digits = escape.get(2..6)?;
    let is_escape =
        escape.as_bytes().get(6) == Some(&b'_') && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok()?;
    char::from_u32(code).filter(|_| is_escape)
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_stand_for_characters() {
        assert_eq!(unescaped("a_x000D_\nb"), "a\nb");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("file_x1.txt"), "file_x1.txt");
        assert_eq!(unescaped("_xあ"), "_xあ");
    }
}
