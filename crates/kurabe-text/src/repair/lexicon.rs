//! The lexicon of known slips.

use super::{Repair, rules};
use crate::data;
use crate::width::is_katakana;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Known slips, and the rules that go with them.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Entries by the first character of the wrong word.
    entries: BTreeMap<char, Vec<Entry>>,
}

#[derive(Debug, Clone, Deserialize)]
struct Entry {
    wrong: String,
    right: String,
    #[serde(default)]
    before: Option<String>,
    #[serde(default)]
    whole: bool,
    /// For the reader of the table.
    #[serde(default, rename = "why")]
    _why: String,
}

#[derive(Deserialize)]
struct Table {
    entry: Vec<Entry>,
}

static BUILTIN: LazyLock<Lexicon> = LazyLock::new(|| {
    let table: Table = data::load(include_str!("../../data/lexicon.toml"));
    let mut lexicon = Lexicon::default();
    table.entry.into_iter().for_each(|entry| lexicon.add(entry));
    lexicon
});

impl Lexicon {
    /// The slips that come with the program.
    pub fn builtin() -> &'static Lexicon {
        &BUILTIN
    }

    /// The same lexicon with further slips (wrong, right), e.g. those of one document's profile.
    ///
    /// ```
    /// use kurabe_text::repair::Lexicon;
    /// let own = Lexicon::builtin().with(&[("標準准拠".to_owned(), "標準準拠".to_owned())]);
    /// assert_eq!(own.repairs("標準 准拠システム")[0].fixed, "標準準拠");
    /// ```
    #[must_use]
    pub fn with(&self, extra: &[(String, String)]) -> Lexicon {
        let mut lexicon = self.clone();
        for (wrong, right) in extra {
            let (wrong, right) = (wrong.clone(), right.clone());
            lexicon.add(Entry {
                wrong,
                right,
                before: None,
                whole: false,
                _why: String::new(),
            });
        }
        lexicon
    }

    fn add(&mut self, mut entry: Entry) {
        entry.wrong.retain(|c| !c.is_whitespace());
        if let Some(first) = entry.wrong.chars().next() {
            self.entries.entry(first).or_default().push(entry);
        }
    }

    /// The repairs that a text needs, in order and without overlaps; of several at one place the
    /// longest. White space inside a wrong word is ignored and goes with the repair.
    pub fn repairs(&self, s: &str) -> Vec<Repair> {
        if s.is_ascii() && !rules::may_be_spaced(s) {
            return Vec::new();
        }
        let mut found = self.known(s);
        rules::scripts(s, &mut found);
        rules::glyphs(s, &mut found);
        rules::spacing(s, &mut found);
        without_overlaps(found)
    }

    fn known(&self, s: &str) -> Vec<Repair> {
        let mut found = Vec::new();
        for (at, c) in s.char_indices() {
            let entries = self.entries.get(&c).map(Vec::as_slice).unwrap_or_default();
            found.extend(entries.iter().filter_map(|entry| entry.at(s, at)));
        }
        found
    }
}

impl Entry {
    fn at(&self, s: &str, at: usize) -> Option<Repair> {
        let end = at + spaced_prefix(s.get(at..)?, &self.wrong)?;
        let fits = self
            .before
            .as_deref()
            .is_none_or(|b| ends_spaced(s.get(..at), b));
        let whole = !self.whole || stands_alone(s, at..end);
        (fits && whole).then(|| repair(s, at..end, self.right.clone(), "lexicon"))
    }
}

/// Length of the beginning of a text that is a word when white space inside is ignored.
fn spaced_prefix(s: &str, word: &str) -> Option<usize> {
    let mut wanted = word.chars();
    let mut next = wanted.next()?;
    for (at, c) in s.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        if c != next {
            return None;
        }
        match wanted.next() {
            Some(more) => next = more,
            None => return Some(at + c.len_utf8()),
        }
    }
    None
}

/// A text ends in a word when white space is ignored.
fn ends_spaced(s: Option<&str>, word: &str) -> bool {
    let written = s
        .unwrap_or_default()
        .chars()
        .rev()
        .filter(|c| !c.is_whitespace());
    let mut written = written;
    word.chars().rev().all(|c| written.next() == Some(c))
}

/// No katakana stands directly beside.
fn stands_alone(s: &str, range: Range<usize>) -> bool {
    let before = s.get(..range.start).and_then(|t| t.chars().next_back());
    let after = s.get(range.end..).and_then(|t| t.chars().next());
    !before.is_some_and(is_katakana) && !after.is_some_and(is_katakana)
}

/// A repair of a range of a text.
pub(super) fn repair(s: &str, range: Range<usize>, fixed: String, rule: &str) -> Repair {
    let raw = s.get(range.clone()).unwrap_or_default().to_owned();
    Repair {
        range,
        raw,
        fixed,
        rule: rule.to_owned(),
    }
}

/// In order, the longest first at one place, nothing overlapping.
fn without_overlaps(mut found: Vec<Repair>) -> Vec<Repair> {
    found.sort_by_key(|r| (r.range.start, std::cmp::Reverse(r.range.end)));
    let mut end = 0;
    found.retain(|r| {
        let free = r.range.start >= end;
        if free {
            end = r.range.end;
        }
        free
    });
    found
}
