//! Splits a cell into text and tags, with the place of each.

use std::ops::Range;

use super::element::{Role, role};

/// A tag of an HTML element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// What the element does.
    pub(super) role: Role,
    /// Whether it is an end tag.
    pub(super) end: bool,
    /// Where the tag stands in the cell, from `<` to `>`.
    pub(super) at: Range<usize>,
}

/// A piece of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text as written; a `<` in it is a character like any other.
    Text(&'a str),
    /// A tag.
    Tag(Tag),
}

/// A cell in pieces, comments left out.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    /// Whether a tag begins somewhere and never ends.
    pub(super) unfinished: bool,
}

impl Scan<'_> {
    /// Whether the cell turned out to be all text.
    pub(super) fn is_plain(&self, raw: &str) -> bool {
        matches!(self.pieces.as_slice(), [Piece::Text(text)] if text.len() == raw.len())
    }
}

/// What begins at a `<`.
enum Markup {
    Tag(Tag),
    /// A comment up to this offset.
    Comment(usize),
    /// A known name, but the tag never ends.
    Unfinished,
    Text,
}

/// Splits `raw`. Every byte of it is in a piece, except comments.
pub(super) fn scan(raw: &str) -> Scan<'_> {
    let mut scan = Scan {
        pieces: Vec::new(),
        unfinished: false,
    };
    let last_comment_end = raw.rfind("-->").unwrap_or(0);
    let (mut text_from, mut at) = (0, 0);
    while let Some(start) = find_from(raw, at, "<") {
        let (end, tag) = match markup(raw, start, last_comment_end) {
            Markup::Tag(tag) => (tag.at.end, Some(tag)),
            Markup::Comment(end) => (end, None),
            other => {
                scan.unfinished |= matches!(other, Markup::Unfinished);
                at = start + 1;
                continue;
            }
        };
        scan.pieces.extend(text(raw, text_from..start));
        scan.pieces.extend(tag.map(Piece::Tag));
        (text_from, at) = (end, end);
    }
    scan.pieces.extend(text(raw, text_from..raw.len()));
    scan
}

fn text(raw: &str, at: Range<usize>) -> Option<Piece<'_>> {
    raw.get(at).filter(|text| !text.is_empty()).map(Piece::Text)
}

fn find_from(raw: &str, at: usize, needle: &str) -> Option<usize> {
    raw.get(at..)?.find(needle).map(|found| at + found)
}

fn markup(raw: &str, start: usize, last_comment_end: usize) -> Markup {
    let rest = raw.get(start..).unwrap_or_default();
    if rest.starts_with("<!--") {
        return comment(raw, start + 4, last_comment_end);
    }
    let Some((role, end, attributes_at)) = name(rest) else {
        return Markup::Text;
    };
    match length(rest, attributes_at) {
        Ok(length) => Markup::Tag(Tag {
            role,
            end,
            at: start..start + length,
        }),
        Err(TagError::Unfinished) => Markup::Unfinished,
        Err(TagError::NotATag) => Markup::Text,
    }
}

/// A comment whose text begins at `at`. Without its end it is text; `last_end` keeps many
/// such beginnings from searching the whole cell again and again.
fn comment(raw: &str, at: usize, last_end: usize) -> Markup {
    let end = if at <= last_end {
        find_from(raw, at, "-->")
    } else {
        None
    };
    end.map_or(Markup::Text, |end| Markup::Comment(end + 3))
}

/// Role of the element, whether it is an end tag, and where the name ends.
fn name(rest: &str) -> Option<(Role, bool, usize)> {
    let after = rest.strip_prefix('<')?;
    let (end, after) = after
        .strip_prefix('/')
        .map_or((false, after), |after| (true, after));
    let length = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let role = role(after.get(..length)?)?;
    let at = 1 + usize::from(end) + length;
    let next = rest.as_bytes().get(at);
    next.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'<'))
        .then_some((role, end, at))
}

enum TagError {
    Unfinished,
    NotATag,
}

/// Length of the tag `rest` begins with, its attributes starting at `at`. Attributes are ASCII
/// outside their quoted values; anything else says that a `<` stands before running text.
fn length(rest: &str, at: usize) -> Result<usize, TagError> {
    let mut quote = None;
    let mut after_equals = false;
    for (i, byte) in rest.bytes().enumerate().skip(at) {
        match (quote, byte) {
            (Some(open), b) => quote = (open != b).then_some(open),
            (None, b'>') => return Ok(i + 1),
            (None, b'<') => return Err(TagError::Unfinished),
            (None, b) if !b.is_ascii() => return Err(TagError::NotATag),
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (None, _) => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    Err(TagError::Unfinished)
}
