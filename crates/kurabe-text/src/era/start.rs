//! Printed starts: when a measure begins.

use super::calendar::{DateRange, fiscal_year_of, month_bounds};
use super::dates::{Found, Precision, scan_all};
use crate::data;
use crate::width::nfkc_mapped;
use serde::Deserialize;
use std::sync::LazyLock;

/// What kind of start a text states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StartKind {
    /// A month (also its end: 月末, 年度末).
    Month,
    /// A fiscal year.
    FiscalYear,
    /// A season, a half-year or a quarter.
    Season,
    /// Goes on from an earlier fiscal year (から継続).
    ContinuedFrom,
    /// Not decided (未定).
    Undecided,
    /// Whenever it is needed (適宜, 随時).
    AsNeeded,
    /// A day, or the days of a calendar year.
    Date,
}

/// A printed start, e.g. `LINE R5年度中`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Words before the date, e.g. the name of a part of the measure.
    pub label: Option<String>,
    /// What kind of start it is.
    pub kind: StartKind,
    /// The days that are meant; `None` when none are stated.
    pub dates: Option<DateRange>,
    /// Fiscal year of the earliest day; `None` without days and for a calendar year.
    pub fiscal_year: Option<i32>,
    /// `true` for 以降: then or later.
    pub or_later: bool,
    /// What else is said after the date, as written.
    pub note: Option<String>,
}

#[derive(Deserialize)]
struct Words {
    undecided: Vec<String>,
    as_needed: Vec<String>,
    continued: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| data::load(include_str!("../../data/starts.toml")));

/// One printed start. `None` for an empty text and for one that states no start.
///
/// ```
/// use jiff::civil::date;
/// use kurabe_text::era::{StartKind, start};
/// let s = start("R5.3月末～").unwrap();
/// assert_eq!(s.kind, StartKind::Month);
/// assert_eq!(s.dates.unwrap().earliest, date(2023, 3, 1));
/// assert_eq!(start("LINE R5年度中").unwrap().label.as_deref(), Some("LINE"));
/// assert_eq!(start("未定").unwrap().kind, StartKind::Undecided);
/// ```
pub fn start(s: &str) -> Option<Start> {
    let mapped = nfkc_mapped(s);
    let Some(found) = scan_all(&mapped.text).into_iter().next() else {
        return worded(s);
    };
    let range = mapped.source_range(found.range.clone());
    let label = label(s.get(..range.start)?);
    let after = s.get(range.end..)?.trim();
    let continues = WORDS
        .continued
        .iter()
        .any(|w| after.starts_with(w.as_str()));
    let (kind, dates) = kind(&found);
    let kind = if found.open_end && continues {
        StartKind::ContinuedFrom
    } else {
        kind
    };
    let note = if kind == StartKind::ContinuedFrom {
        without_word(after)
    } else {
        after
    };
    Some(Start {
        label,
        kind,
        dates: Some(dates),
        fiscal_year: (found.precision != Precision::Year).then(|| fiscal_year_of(dates.earliest)),
        or_later: found.or_later,
        note: note_of(note),
    })
}

fn without_word(after: &str) -> &str {
    WORDS
        .continued
        .iter()
        .find_map(|w| after.strip_prefix(w.as_str()))
        .unwrap_or(after)
}

fn note_of(s: &str) -> Option<String> {
    let note = s.trim_matches(|c: char| c.is_whitespace() || matches!(c, '~' | '～' | '〜'));
    (!note.is_empty()).then(|| note.to_owned())
}

fn label(s: &str) -> Option<String> {
    let label = s.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '・' | '※'));
    (!label.is_empty()).then(|| label.to_owned())
}

/// The kind of a date, and its days: an end of a month stands for the month.
fn kind(found: &Found) -> (StartKind, DateRange) {
    let end = found.point.dates.latest;
    if found.point.at_end
        && let Some(month) = month_bounds(i32::from(end.year()), end.month())
    {
        return (StartKind::Month, month);
    }
    let kind = match found.point.precision {
        Precision::Day | Precision::Year => StartKind::Date,
        Precision::Month => StartKind::Month,
        Precision::Season => StartKind::Season,
        Precision::FiscalYear => StartKind::FiscalYear,
    };
    (kind, found.point.dates)
}

/// A start stated by a word alone: 未定, 適宜, 随時.
fn worded(s: &str) -> Option<Start> {
    let undecided = WORDS.undecided.iter().map(|w| (w, StartKind::Undecided));
    let needed = WORDS.as_needed.iter().map(|w| (w, StartKind::AsNeeded));
    let found = undecided
        .chain(needed)
        .filter_map(|(w, kind)| Some((s.find(w.as_str())?, w, kind)));
    let (at, word, kind) = found.min_by_key(|(at, w, _)| (*at, usize::MAX - w.len()))?;
    Some(Start {
        label: label(s.get(..at)?),
        kind,
        dates: None,
        fiscal_year: None,
        or_later: false,
        note: note_of(s.get(at + word.len()..)?),
    })
}
