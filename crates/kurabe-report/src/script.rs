//! Data as a script: pages that were opened from the file system may not read files, but may add
//! scripts.
//!
//! A data file is one call, `kurabe.receive("<key>", <JSON>);`. The JSON is escaped so that it
//! means the same as a script on its own and inside an HTML page, whatever the texts contain.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::json::Json;

/// Writes the call that hands a value to the pages.
pub(crate) fn write(mut to: impl Write, key: &str, value: &Json<'_>) -> io::Result<()> {
    to.write_all(b"kurabe.receive(")?;
    json(&mut to, &Json::from(key))?;
    to.write_all(b",")?;
    json(&mut to, value)?;
    to.write_all(b");\n")
}

fn json(to: impl Write, value: &Json<'_>) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(to, Safe);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// JSON without the characters that end a script or a line of one.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_unsafe) {
            let (before, found) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut characters = found.chars();
            if let Some(character) = characters.next() {
                write!(writer, "\\u{:04x}", u32::from(character))?;
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

fn is_unsafe(character: char) -> bool {
    matches!(
        character,
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{7f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes, "a", &Json::list([text])).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn nothing_ends_the_script() {
        let script = written("</script><!--\u{2028}\u{2029}&\"\\\n");
        assert_eq!(
            script,
            "kurabe.receive(\"a\",[\"\\u003c/script\\u003e\\u003c!--\\u2028\\u2029\\u0026\\\"\\\\\\n\"]);\n"
        );
    }

    #[test]
    fn it_means_the_same() {
        let text = "</script>\u{2028}施策<b>&\u{0}\u{1f}";
        let script = written(text);
        let json = script.strip_prefix("kurabe.receive(\"a\",").unwrap();
        let back: Vec<String> = serde_json::from_str(json.strip_suffix(");\n").unwrap()).unwrap();
        assert_eq!(back, [text]);
    }
}
