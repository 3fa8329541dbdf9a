//! Which encoding an HTML file says it is in.

use encoding_rs::Encoding;

use crate::ReadError;
use crate::encoding::{self, Decoded};

/// Bytes at the beginning in which a declaration counts (HTML Standard, 13.2.3.2).
const PRESCAN: usize = 1024;

/// Decodes by the byte order mark, else by the label of the hint, else by what the file declares,
/// else by what the bytes look like. A declaration that the bytes contradict does not count.
pub(super) fn decode<'a>(bytes: &'a [u8], hint: Option<&str>) -> Result<Decoded<'a>, ReadError> {
    if Encoding::for_bom(bytes).is_some() {
        return encoding::decode(bytes, None);
    }
    if hint.is_some() {
        return encoding::decode(bytes, hint);
    }
    declared(bytes)
        .filter(|label| label == "utf-8" || !is_utf_8(bytes))
        .and_then(|label| encoding::decode(bytes, Some(&label)).ok())
        .map_or_else(|| encoding::decode(bytes, None), Ok)
}

/// Whether the bytes are UTF-8 and not only ASCII: no Japanese text in another encoding is by chance.
fn is_utf_8(bytes: &[u8]) -> bool {
    !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok()
}

/// The label that a `<meta>` or an XML declaration in the first bytes names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..PRESCAN).unwrap_or(bytes);
    let head: String = head.iter().map(|b| char::from(*b)).collect();
    let head = without_comments(&head.to_ascii_lowercase());
    let label = xml_declared(&head).or_else(|| head.split("<meta").skip(1).find_map(charset))?;
    // What is read as ASCII so far cannot be UTF-16.
    let is_wide = label.starts_with("utf-16");
    Some(if is_wide { "utf-8".to_owned() } else { label })
}

fn without_comments(head: &str) -> String {
    let mut kept = String::new();
    let mut rest = head;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

fn xml_declared(head: &str) -> Option<String> {
    let declaration = head.trim_start().strip_prefix("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    value_of("encoding", declaration)
}

/// The charset in the rest of a `<meta` tag: of its own attribute, or inside `content`.
fn charset(rest: &str) -> Option<String> {
    let (tag, _) = rest.split_once('>')?;
    value_of("charset", tag)
}

/// The value after `name=`, with or without quotes.
fn value_of(name: &str, text: &str) -> Option<String> {
    let (_, after) = text.split_once(name)?;
    let value = after.trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end = |c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '?' | '>');
    let label = value.split(end).next()?;
    (!label.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_in_their_usual_forms() {
        for (head, label) in [
            ("<meta charset=\"Shift_JIS\">", Some("shift_jis")),
            ("<meta charset=euc-jp />", Some("euc-jp")),
            (
                "<META http-equiv=\"Content-Type\" content=\"text/html; charset=x-sjis\">",
                Some("x-sjis"),
            ),
            ("<meta name=a><meta charset = 'utf-8'>", Some("utf-8")),
            (
                "<?xml version=\"1.0\" encoding=\"EUC-JP\"?><html>",
                Some("euc-jp"),
            ),
            ("<meta charset=\"utf-16\">", Some("utf-8")),
            ("<!-- <meta charset=euc-jp> --><p>", None),
            ("<p>charset=euc-jp</p>", None),
            ("<meta charset=", None),
            ("", None),
        ] {
            assert_eq!(declared(head.as_bytes()).as_deref(), label, "{head}");
        }
        let late = format!("{}<meta charset=euc-jp>", " ".repeat(PRESCAN));
        assert_eq!(declared(late.as_bytes()), None);
    }
}
