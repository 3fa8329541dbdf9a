//! Matching keys that remember where each part came from.
//!
//! The text of a key is always what [`kurabe_text::width::key`] gives: terms and texts meet in one
//! form. Characters that plans are mostly written in are handled one by one; a text with any other
//! (half-width kana, circled numbers, combining marks) goes through the full normalisation.

use kurabe_text::width;
use std::ops::Range;

/// What one character becomes in a key.
enum Simple {
    /// White space, not in the key.
    Dropped,
    /// One character of the key.
    Kept(char),
    /// Not to be told from this character alone.
    Unknown,
}

/// Characters that become one character of the key, or none, whatever stands beside them.
fn simple(c: char) -> Simple {
    match c {
        '\u{3000}' => Simple::Dropped,
        '、' => Simple::Kept(','),
        '。' => Simple::Kept('.'),
        '〜' => Simple::Kept('~'),
        '\u{0}'..='\u{7f}' if c.is_whitespace() => Simple::Dropped,
        '\u{0}'..='\u{7f}' => Simple::Kept(c.to_ascii_lowercase()),
        '\u{3003}'..='\u{301b}'
        | '\u{3041}'..='\u{3096}'
        | '\u{309d}'
        | '\u{309e}'
        | '\u{30a0}'..='\u{30fe}'
        | '\u{4e00}'..='\u{9fff}'
        | '※'
        | '\u{2190}'..='\u{2193}'
        | '\u{25a0}'..='\u{25ff}' => Simple::Kept(c),
        '\u{ff01}'..='\u{ff5e}' => from_ascii(c, 0xff01, '!'),
        '①'..='⑨' => from_ascii(c, 0x2460, '1'),
        _ => Simple::Unknown,
    }
}

/// The lower-case ASCII character of `c` in a block that begins at `first` with the form of `ascii`.
fn from_ascii(c: char, first: u32, ascii: char) -> Simple {
    let plain = u32::from(c) - first + u32::from(ascii);
    char::from_u32(plain).map_or(Simple::Unknown, |p| Simple::Kept(p.to_ascii_lowercase()))
}

/// Appends the key of `text` to `out`, equal to [`width::key`].
pub(crate) fn push_key(out: &mut String, text: &str) {
    let from = out.len();
    for c in text.chars() {
        match simple(c) {
            Simple::Dropped => {}
            Simple::Kept(k) => out.push(k),
            Simple::Unknown => {
                out.truncate(from);
                out.push_str(&width::key(text));
                return;
            }
        }
    }
}

/// The words of `text` that `term` stands for, as printed: without regard to width, case and spacing.
/// A term in Latin letters is not found within a longer word (`LINE` in `ONLINE`).
///
/// ```
/// use kurabe_category::printed;
/// assert_eq!(printed("市公式ＬＩＮＥ の友だち", "LINEの友だち"), Some("ＬＩＮＥ の友だち"));
/// assert_eq!(printed("ONLINE申請", "LINE"), None);
/// ```
#[must_use]
pub fn printed<'t>(text: &'t str, term: &str) -> Option<&'t str> {
    let (mut key, mut wanted) = (String::new(), String::new());
    push_key(&mut key, text);
    push_key(&mut wanted, term);
    if wanted.is_empty() || !key.contains(&wanted) {
        return None;
    }
    let map = KeyMap::new(text);
    let places = key.match_indices(&wanted);
    let mut ranges = places.map(|(at, found)| map.source_range(at..at + found.len()));
    let range = ranges.find(|range| is_whole(text, range))?;
    text.get(range)
}

/// Whether no Latin word goes on over an end of the range.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let is_latin = |c: Option<char>| {
        c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ'))
    };
    let (before, rest) = text.split_at(range.start);
    let (own, after) = rest.split_at(range.len());
    !(is_latin(before.chars().next_back()) && is_latin(own.chars().next())
        || is_latin(own.chars().next_back()) && is_latin(after.chars().next()))
}

/// For each character of a key, its place in the source.
#[derive(Debug)]
pub(crate) struct KeyMap {
    spans: Vec<Span>,
}

/// One character of a key (or several that came from one character).
#[derive(Debug)]
struct Span {
    key_end: usize,
    source: Range<usize>,
}

impl KeyMap {
    /// The places of the key of `text`.
    pub(crate) fn new(text: &str) -> Self {
        Self::simple(text).unwrap_or_else(|| Self::full(text))
    }

    /// Byte range in the key → byte range in the source, whole characters.
    pub(crate) fn source_range(&self, key: Range<usize>) -> Range<usize> {
        let first = self.spans.partition_point(|s| s.key_end <= key.start);
        let last = self.spans.partition_point(|s| s.key_end < key.end);
        let start = self.spans.get(first).map_or(0, |s| s.source.start);
        let end = self.spans.get(last).map_or(start, |s| s.source.end);
        start..end.max(start)
    }

    fn simple(text: &str) -> Option<Self> {
        let mut map = Self {
            spans: Vec::with_capacity(text.len() / 3 + 1),
        };
        for (at, c) in text.char_indices() {
            match simple(c) {
                Simple::Dropped => {}
                Simple::Kept(k) => map.push(k.len_utf8(), at..at + c.len_utf8()),
                Simple::Unknown => return None,
            }
        }
        Some(map)
    }

    /// White space goes before the normalisation, as in [`width::key`]: letters may then join.
    fn full(text: &str) -> Self {
        let mut written = String::with_capacity(text.len());
        let mut origin = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            written.push(c);
            origin.extend(at..at + c.len_utf8());
        }
        let mapped = width::nfkc_mapped(&written);
        let mut map = Self { spans: Vec::new() };
        for (at, c) in mapped.text.char_indices() {
            let from = mapped.source_range(at..at + c.len_utf8());
            map.push(key_len(c), through(&origin, from));
        }
        map
    }

    fn push(&mut self, key_len: usize, source: Range<usize>) {
        let key_end = self.spans.last().map_or(0, |s| s.key_end) + key_len;
        if key_len > 0 {
            self.spans.push(Span { key_end, source });
        }
    }
}

/// A range of the text without white space as a range of the text with it.
fn through(origin: &[usize], range: Range<usize>) -> Range<usize> {
    let start = origin.get(range.start).copied().unwrap_or_default();
    let last = range.end.checked_sub(1).and_then(|i| origin.get(i));
    start..last.map_or(start, |i| i + 1)
}

/// Length in a key of a character that went through NFKC (the last step of [`width::key`]).
fn key_len(c: char) -> usize {
    match c {
        '‘' | '’' | '′' | '‛' | '“' | '”' | '″' | '〝' | '〟' | '〞' => 1,
        '、' | '。' | '—' | '―' | '─' | '━' => 1,
        '·' | '•' => '・'.len_utf8(),
        other if other.is_whitespace() => 0,
        other => other.to_lowercase().map(char::len_utf8).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(text: &str) -> String {
        let mut out = String::new();
        push_key(&mut out, text);
        out
    }

    fn check(text: &str) {
        let wanted = width::key(text);
        assert_eq!(key(text), wanted, "{text:?}");
        let map = KeyMap::new(text);
        let end = map.spans.last().map_or(0, |s| s.key_end);
        assert_eq!(end, wanted.len(), "{text:?}");
        let mut before = 0;
        for (at, c) in wanted.char_indices() {
            let range = map.source_range(at..at + c.len_utf8());
            let part = text.get(range.clone()).unwrap();
            assert!(!part.is_empty() && range.start >= before, "{text:?}");
            before = range.start;
        }
    }

    #[test]
    fn every_character_has_the_key_of_kurabe_text() {
        let mut buffer = [0; 4];
        for c in (0..=0x2_ffff).filter_map(char::from_u32) {
            check(c.encode_utf8(&mut buffer));
        }
    }

    #[test]
    fn places_are_those_of_the_source() {
        let cases = [
            ("ＡＩ　ＯＣＲの導入", "aiocr", "ＡＩ　ＯＣＲ"),
            ("新しいｶﾞｲﾄﾞを作る", "ガイド", "ｶﾞｲﾄﾞ"),
            ("㈱と①カ゛イド", "ガ", "カ゛"),
            ("電 子 申 請 。", "電子申請", "電 子 申 請"),
            ("㈱テスト", "株", "㈱"),
            ("①AI、②RPA", "rpa", "RPA"),
            ("⑩ＡＩ、⑪ＲＰＡ。", "11rpa.", "⑪ＲＰＡ。"),
        ];
        for (text, term, printed) in cases {
            let at = key(text).find(term).unwrap();
            let range = KeyMap::new(text).source_range(at..at + term.len());
            assert_eq!(&text[range], printed, "{text}");
        }
    }

    proptest! {
        #[test]
        fn keys_agree_on_any_text(s in "\\PC{0,24}") {
            check(&s);
        }

        #[test]
        fn keys_agree_on_plan_text(
            s in "[ \u{3000}a-cA-CＡ-Ｃ０-９あ-おア-オがガﾊﾞﾟー課民⺠①㋿㈱〜～‧・、。（）“”\u{e0100}゛※→●]{0,24}",
        ) {
            check(&s);
        }
    }
}
