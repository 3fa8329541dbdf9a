//! Text that is markup of a whole document, not of a cell.

use super::Kind;
use crate::ReadError;
use crate::error::refused;

/// How much of a text is looked at for what kind of XML it is.
const HEAD: usize = 4096;

/// Elements that HTML documents begin with.
const BEGINNINGS: &[&str] = &["html", "head", "body", "table", "meta", "title"];

/// What a text is by its beginning; `None` when it is no markup.
pub(super) fn detect(text: &str) -> Result<Option<Kind>, ReadError> {
    let head = head(text).to_lowercase();
    if is_web_archive(&head) {
        return Err(refused::WEB_ARCHIVE.refusal());
    }
    let Some(element) = first_element(&head) else {
        return Ok(None);
    };
    if is_sheet_xml(&head, element) {
        return Err(refused::SHEET_XML.refusal());
    }
    if head.contains("progid=\"word.document\"") || element.starts_with("w:worddocument") {
        return Err(refused::WORD_XML.refusal());
    }
    let is = |name: &&str| {
        let after = element.strip_prefix(*name);
        after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    Ok(BEGINNINGS
        .iter()
        .any(|name| is(&name))
        .then_some(Kind::Html))
}

/// The beginning of a text, whole characters.
fn head(text: &str) -> &str {
    let mut end = HEAD.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// The name of the first element and what follows it, declarations and comments passed over.
/// A document type of HTML counts as its element.
fn first_element(head: &str) -> Option<&str> {
    let mut rest = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") {
            ">"
        } else {
            break;
        };
        let at = rest.find(end)?;
        rest = rest.get(at + end.len()..)?.trim_start();
    }
    let element = rest.strip_prefix('<')?;
    match element.strip_prefix("!doctype") {
        Some(name) => Some(name.trim_start()),
        None => Some(element),
    }
}

/// A message whose parts are a page and what belongs to it (RFC 2557).
fn is_web_archive(head: &str) -> bool {
    let first = head.trim_start().lines().next().unwrap_or_default();
    let is_header = [
        "mime-version:",
        "from:",
        "subject:",
        "date:",
        "snapshot-content-location:",
    ]
    .iter()
    .any(|name| first.starts_with(name));
    is_header && head.contains("multipart/related")
}

/// SpreadsheetML of 2003, or OpenDocument in one file.
fn is_sheet_xml(head: &str, element: &str) -> bool {
    head.contains("progid=\"excel.sheet\"")
        || element.starts_with("workbook") && head.contains("urn:schemas-microsoft-com:office")
        || element.starts_with("office:document") && head.contains("opendocument.spreadsheet")
}
