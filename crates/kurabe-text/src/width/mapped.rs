//! Normalised text that remembers where each part came from.

use super::{fold, is_stable};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// A normalised text that remembers where each part came from.
///
/// ```
/// use kurabe_text::width::nfkc_mapped;
/// let source = "㋿５年度";
/// let mapped = nfkc_mapped(source);
/// assert_eq!(mapped.text, "令和5年度");
/// let at = mapped.source_range(0..6);
/// assert_eq!(&source[at], "㋿");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// The normalised text, equal to [`nfkc`](super::nfkc) of the source.
    pub text: String,
    pieces: Vec<Piece>,
}

/// A part of the text and its source; `verbatim` when both are the same characters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: Range<usize>,
    source: Range<usize>,
    verbatim: bool,
}

impl Mapped {
    /// Byte range in the normalised text → byte range in the source.
    ///
    /// A character of the source that became several is always covered whole. Both ends of the
    /// result are character boundaries of the source; an end beyond the text counts as its end.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = if range.start == 0 {
            0
        } else {
            self.source_start(range.start)
        };
        if range.end <= range.start {
            return start..start;
        }
        start..self.source_end(range.end).max(start)
    }

    fn source_start(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|p| p.text.end <= at);
        match self.pieces.get(next) {
            None => self.source_len(),
            Some(p) if p.verbatim && at > p.text.start => p.source.start + (at - p.text.start),
            Some(p) => p.source.start,
        }
    }

    fn source_end(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.source_len();
        }
        let count = self.pieces.partition_point(|p| p.text.start < at);
        match count.checked_sub(1).and_then(|i| self.pieces.get(i)) {
            None => 0,
            Some(p) if p.verbatim => p.source.start + (at - p.text.start).min(p.text.len()),
            Some(p) => p.source.end,
        }
    }

    fn source_len(&self) -> usize {
        self.pieces.last().map_or(0, |p| p.source.end)
    }

    fn push(&mut self, source: &str, part: Range<usize>) {
        let written = source.get(part.clone()).unwrap_or_default();
        let from = self.text.len();
        self.text.extend(written.chars().filter_map(fold).nfkc());
        let text = from..self.text.len();
        let verbatim = self.text.get(text.clone()) == Some(written);
        match self.pieces.last_mut() {
            Some(last) if last.verbatim && verbatim => {
                last.text.end = text.end;
                last.source.end = part.end;
            }
            _ => self.pieces.push(Piece {
                text,
                source: part,
                verbatim,
            }),
        }
    }
}

/// [`nfkc`](super::nfkc) with the places of the source.
pub fn nfkc_mapped(s: &str) -> Mapped {
    let mut mapped = Mapped {
        text: String::with_capacity(s.len()),
        pieces: Vec::new(),
    };
    let mut from = 0;
    for (at, c) in s.char_indices() {
        if at > from && !joins(c) {
            mapped.push(s, from..at);
            from = at;
        }
    }
    if from < s.len() {
        mapped.push(s, from..s.len());
    }
    mapped
}

/// `true` when a character may combine with the one before it (or is dropped).
fn joins(c: char) -> bool {
    if is_stable(c) {
        return false;
    }
    let Some(folded) = fold(c) else { return true };
    let mut first = None;
    decompose_compatible(folded, |d| first = first.or(Some(d)));
    first.is_some_and(|d| canonical_combining_class(d) != 0 || composes_without_class(d))
}

/// Scripts in which letters of combining class 0 may join (Indic vowels, Hangul jamo).
fn composes_without_class(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{1cff}' | '\u{11000}'..='\u{11fff}' | '\u{16100}'..='\u{16fff}')
}
