//! What is said about a number.

use crate::data;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is said about a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Qualifier {
    /// 約, 程度.
    About,
    /// 以上.
    AtLeast,
    /// 以下, 以内.
    AtMost,
    /// 未満, 弱.
    LessThan,
    /// 超, 強.
    MoreThan,
    /// 年間, 毎年, `/年`.
    PerYear,
    /// 月あたり, 毎月, `/月`.
    PerMonth,
    /// `1枚あたり` (枚), `週` (週): what it is counted per; with its number when that is not 1.
    PerUnit(String),
    /// `3年ごとに`.
    EveryYears(u32),
    /// 累計, 延べ.
    Cumulative,
    /// 平均.
    Average,
    /// 月平均.
    MonthlyAverage,
}

#[derive(Deserialize)]
struct Table {
    before: BTreeMap<String, Vec<String>>,
    after: BTreeMap<String, Vec<String>>,
    per: Words,
    every: Words,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

/// A word and what it means.
struct Meaning {
    word: Vec<char>,
    qualifiers: Vec<Qualifier>,
}

struct Known {
    before: Vec<Meaning>,
    after: Vec<Meaning>,
    per: Vec<Vec<char>>,
    every: Vec<Vec<char>>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let table: Table = data::load(include_str!("../../data/qualifiers.toml"));
    let chars = |words: Words| words.words.iter().map(|w| w.chars().collect()).collect();
    Known {
        before: meanings(&table.before),
        after: meanings(&table.after),
        per: chars(table.per),
        every: chars(table.every),
    }
});

fn meanings(table: &BTreeMap<String, Vec<String>>) -> Vec<Meaning> {
    let mut list: Vec<Meaning> = table
        .iter()
        .map(|(word, names)| Meaning {
            word: word.chars().collect(),
            qualifiers: names.iter().filter_map(|n| named(n)).collect(),
        })
        .collect();
    list.sort_by_key(|m| std::cmp::Reverse(m.word.len()));
    list
}

fn named(name: &str) -> Option<Qualifier> {
    Some(match name {
        "about" => Qualifier::About,
        "at_least" => Qualifier::AtLeast,
        "at_most" => Qualifier::AtMost,
        "less_than" => Qualifier::LessThan,
        "more_than" => Qualifier::MoreThan,
        "per_year" => Qualifier::PerYear,
        "per_month" => Qualifier::PerMonth,
        "cumulative" => Qualifier::Cumulative,
        "average" => Qualifier::Average,
        "monthly_average" => Qualifier::MonthlyAverage,
        other => Qualifier::PerUnit(other.strip_prefix("per:")?.to_owned()),
    })
}

/// Qualifiers in the words that end directly before a number, in reading order.
pub(super) fn before(chars: &[char]) -> Vec<Qualifier> {
    let mut rest = chars;
    let mut groups: Vec<&[Qualifier]> = Vec::new();
    loop {
        rest = without_filler(rest);
        let found = KNOWN
            .before
            .iter()
            .find(|m| rest.ends_with(&m.word) && free(rest, &m.word));
        let Some(found) = found else { break };
        groups.push(&found.qualifiers);
        rest = rest
            .get(..rest.len() - found.word.len())
            .unwrap_or_default();
    }
    groups
        .iter()
        .rev()
        .flat_map(|group| group.iter().cloned())
        .collect()
}

fn without_filler(chars: &[char]) -> &[char] {
    let filler = |c: &char| c.is_whitespace() || matches!(c, ':' | '(' | ')' | 'に' | 'で');
    let len = chars.iter().rposition(|c| !filler(c)).map_or(0, |i| i + 1);
    chars.get(..len).unwrap_or_default()
}

/// A one-letter word (年, 月, 週, 延) must not be the end of another word or of a date.
fn free(chars: &[char], word: &[char]) -> bool {
    let before = chars
        .len()
        .checked_sub(word.len() + 1)
        .and_then(|i| chars.get(i));
    let joined = |c: &char| c.is_ascii_digit() || crate::width::is_kanji(*c);
    word.len() > 1 || !matches!(word, ['年' | '月' | '週' | '延']) || !before.is_some_and(joined)
}

/// Qualifiers in the words directly after a number and its unit, also in brackets, and the number
/// of characters outside brackets that belong to them.
pub(super) fn after(chars: &[char]) -> Vec<Qualifier> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(m) = starting(&KNOWN.after, chars.get(at..).unwrap_or_default()) {
        found.extend(m.qualifiers.iter().cloned());
        at += m.word.len();
    }
    if chars.get(at) == Some(&'(') {
        let inside = chars.get(at + 1..).unwrap_or_default();
        let closes =
            |m: &&Meaning| matches!(inside.get(m.word.len()), Some(')' | ':' | '、' | ','));
        let word = starting(&KNOWN.before, inside).filter(closes);
        found.extend(word.into_iter().flat_map(|m| m.qualifiers.iter().cloned()));
    }
    found
}

fn starting<'a>(list: &'a [Meaning], chars: &[char]) -> Option<&'a Meaning> {
    list.iter().find(|m| chars.starts_with(&m.word))
}

/// `あたり` or the like stands at the start.
pub(super) fn is_per(chars: &[char]) -> bool {
    KNOWN.per.iter().any(|word| chars.starts_with(word))
}

/// Length of `年ごとに` or the like at the start.
pub(super) fn every_years(chars: &[char]) -> Option<usize> {
    let found = KNOWN.every.iter().filter(|word| chars.starts_with(word));
    found.map(Vec::len).max()
}
