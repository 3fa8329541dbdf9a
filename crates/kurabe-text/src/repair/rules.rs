//! General rules: letters of other scripts, glyphs of simplified Chinese, capitals set apart.

use super::Repair;
use super::lexicon::repair;
use crate::data;
use crate::width::{is_japanese, is_katakana, spaced_capitals};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Scripts {
    kana: BTreeMap<char, char>,
    latin: BTreeMap<char, char>,
}

#[derive(Deserialize)]
struct Glyphs {
    glyphs: BTreeMap<char, char>,
}

static SCRIPTS: LazyLock<Scripts> =
    LazyLock::new(|| data::load(include_str!("../../data/scripts.toml")));

static GLYPHS: LazyLock<BTreeMap<char, char>> =
    LazyLock::new(|| data::load::<Glyphs>(include_str!("../../data/glyphs.toml")).glyphs);

/// Greek or Cyrillic.
fn is_foreign(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52f}')
}

/// Cyrillic inside katakana and Cyrillic or Greek inside a Latin word: `デバйд`.
pub(super) fn scripts(s: &str, found: &mut Vec<Repair>) {
    if !s.chars().any(is_foreign) {
        return;
    }
    found.extend(runs(s, |c| is_katakana(c) || is_foreign(c)).filter_map(|r| kana_run(s, r)));
    let latin = |c: char| c.is_ascii_alphabetic() || is_foreign(c);
    found.extend(runs(s, latin).filter_map(|r| latin_run(s, r)));
}

fn kana_run(s: &str, range: Range<usize>) -> Option<Repair> {
    mixed(s, range, is_katakana, &SCRIPTS.kana)
}

fn latin_run(s: &str, range: Range<usize>) -> Option<Repair> {
    mixed(s, range, |c| c.is_ascii_alphabetic(), &SCRIPTS.latin)
}

/// The repair of a run that mixes own and foreign letters; `None` when a letter is not known.
fn mixed(
    s: &str,
    range: Range<usize>,
    own: impl Fn(char) -> bool,
    table: &BTreeMap<char, char>,
) -> Option<Repair> {
    let run = s.get(range.clone())?;
    if !run.chars().any(is_foreign) || !run.chars().any(&own) {
        return None;
    }
    let meant = |c: char| {
        if is_foreign(c) {
            table.get(&c).copied()
        } else {
            Some(c)
        }
    };
    let fixed: Option<String> = run.chars().map(meant).collect();
    Some(repair(s, range, fixed?, "script"))
}

/// Longest runs of characters of a class.
fn runs(s: &str, class: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, c) in s.char_indices().filter(|(_, c)| class(*c)) {
        match out.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => out.push(at..at + c.len_utf8()),
        }
    }
    out.into_iter()
}

/// Glyphs of simplified Chinese in Japanese text: `确認`.
pub(super) fn glyphs(s: &str, found: &mut Vec<Repair>) {
    let known = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && GLYPHS.contains_key(&c);
    for range in runs(s, known).filter(|r| in_japanese(s, r)) {
        let run = s.get(range.clone()).unwrap_or_default();
        let fixed = run
            .chars()
            .map(|c| GLYPHS.get(&c).copied().unwrap_or(c))
            .collect();
        found.push(repair(s, range, fixed, "glyph"));
    }
}

/// Kana somewhere in the text, or Japanese beside the range.
fn in_japanese(s: &str, range: &Range<usize>) -> bool {
    let before = s.get(..range.start).and_then(|t| t.chars().next_back());
    let after = s.get(range.end..).and_then(|t| t.chars().next());
    let kana = |c: char| matches!(c, '\u{3041}'..='\u{30ff}');
    before.is_some_and(is_japanese) || after.is_some_and(is_japanese) || s.chars().any(kana)
}

/// A cheap look before the rule of spacing: a capital, then a space.
pub(super) fn may_be_spaced(s: &str) -> bool {
    let wide = |c: char| matches!(c, 'Ａ'..='Ｚ');
    s.as_bytes()
        .windows(2)
        .any(|w| matches!(w, [b'A'..=b'Z', b' ']))
        || s.chars().any(wide)
}

/// Capitals set apart by spaces: `G I G A`.
pub(super) fn spacing(s: &str, found: &mut Vec<Repair>) {
    if !may_be_spaced(s) {
        return;
    }
    for range in spaced_capitals(s) {
        let run = s.get(range.clone()).unwrap_or_default();
        let fixed = run.chars().filter(|c| !c.is_whitespace()).collect();
        found.push(repair(s, range, fixed, "spacing"));
    }
}
