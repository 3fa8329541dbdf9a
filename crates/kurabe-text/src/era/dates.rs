//! Dates anywhere in a text.

use super::calendar::{DateRange, fiscal_year_of};
use super::parts::{Point, point, second};
use super::scan::Scan;
use crate::width::nfkc_mapped;
use std::ops::Range;

/// How exact a printed date is, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A day.
    Day,
    /// A month, a third of one, or a run of months.
    Month,
    /// A season, a half-year or a quarter (秋, 上半期).
    Season,
    /// A calendar year.
    Year,
    /// A fiscal year (April to March).
    FiscalYear,
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateHit {
    /// Bytes of the text that was given, with `～` or 以降 when they belong to the date.
    pub range: Range<usize>,
    /// The days that are meant.
    pub dates: DateRange,
    /// How exact the text is; of two dates, the less exact.
    pub precision: Precision,
    /// `true` when a beginning without an end is meant (`～`, から, 以降).
    pub open_end: bool,
    /// Fiscal year of the earliest day.
    pub fiscal_year: i32,
}

/// A date in normalised text, with what the callers in this module need.
pub(crate) struct Found {
    pub(crate) range: Range<usize>,
    pub(crate) point: Point,
    pub(crate) dates: DateRange,
    pub(crate) precision: Precision,
    pub(crate) open_end: bool,
    /// 以降 was printed.
    pub(crate) or_later: bool,
}

/// All dates in a text, from left to right.
///
/// A date needs its year (`12月11日` alone is none). A range with `～`, から or `-` between two
/// dates is one hit. A calendar year that begins an era starts with the era.
///
/// ```
/// use jiff::civil::date;
/// use kurabe_text::era::find_dates;
/// let hits = find_dates("運用開始（令和5年1月～12月）");
/// assert_eq!(hits[0].dates.earliest, date(2023, 1, 1));
/// assert_eq!(hits[0].dates.latest, date(2023, 12, 31));
/// ```
pub fn find_dates(s: &str) -> Vec<DateHit> {
    if !may_hold_date(s) {
        return Vec::new();
    }
    let mapped = nfkc_mapped(s);
    let hit = |found: Found| DateHit {
        range: mapped.source_range(found.range),
        dates: found.dates,
        precision: found.precision,
        open_end: found.open_end,
        fiscal_year: fiscal_year_of(found.dates.earliest),
    };
    scan_all(&mapped.text).into_iter().map(hit).collect()
}

/// A quick look for a character without which there is no date.
fn may_hold_date(s: &str) -> bool {
    s.chars().any(|c| {
        c.is_numeric()
            || matches!(
                c,
                '令' | '平' | '昭' | '大' | '明' | '㋿' | '㍻' | '㍼' | '㍽' | '㍾'
            )
    })
}

/// All dates in normalised text.
pub(crate) fn scan_all(text: &str) -> Vec<Found> {
    let mut hits = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let found = begins_year(c).then(|| read(text, at)).flatten();
        at = found.as_ref().map_or(at + c.len_utf8(), |f| f.range.end);
        hits.extend(found);
    }
    hits
}

fn begins_year(c: char) -> bool {
    c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '令' | '平' | '昭' | '大' | '明')
}

/// The date at a place, with its range.
pub(crate) fn read(text: &str, at: usize) -> Option<Found> {
    let mut scan = Scan::new(text, at);
    if let Some(found) = shared_unit(&mut scan) {
        return Some(found);
    }
    let first = point(&mut scan)?;
    let mut found = Found {
        range: at..scan.at,
        dates: first.dates,
        precision: first.precision,
        point: first,
        open_end: false,
        or_later: false,
    };
    extend(&mut scan, &mut found);
    scan.same_year();
    found.range.end = scan.at;
    Some(found)
}

/// `令和6~10年度`, `令和5、6年度`, `R4・R5年度`: years that share the unit at the end.
fn shared_unit(scan: &mut Scan<'_>) -> Option<Found> {
    scan.attempt(|s| {
        let from = s.at;
        let first = s.era_year()?;
        s.same_year();
        let mut last = first;
        while s.any(&["~", "、", ",", "・", "-", "から"]) {
            s.spaces();
            let named = s.era_year();
            let nth = named.map(|y| y.nth).or_else(|| s.small())?;
            let era = named.and_then(|y| y.era).or(last.era)?;
            last = super::scan::Year {
                west: era.western(nth),
                era: Some(era),
                nth,
                latin: first.latin,
            };
        }
        (last.west > first.west && s.rest().trim_start().starts_with("年度")).then_some(())?;
        s.word("年度").then_some(())?;
        s.same_year();
        let begin = super::calendar::fiscal_year_bounds(first.west);
        let end = super::calendar::fiscal_year_bounds(last.west);
        let dates = DateRange {
            earliest: begin.earliest,
            latest: end.latest,
        };
        let precision = Precision::FiscalYear;
        let point = Point {
            dates,
            precision,
            year: first,
            month: None,
            at_end: false,
            bare: false,
        };
        let range = from..s.at;
        Some(Found {
            range,
            point,
            dates,
            precision,
            open_end: false,
            or_later: false,
        })
    })
}

/// What makes a range of one date: a second date, or an open end.
fn extend(scan: &mut Scan<'_>, found: &mut Found) {
    if scan.any(&["以降", "以後"]) {
        found.open_end = true;
        found.or_later = true;
        return;
    }
    let from = scan.at;
    let dash = scan.word("-");
    let wave = !dash && scan.word("~");
    if !dash && !wave && !scan.word("から") {
        return;
    }
    let later = scan.attempt(|s| second(s, &found.point).filter(|p| fits(p, &found.point)));
    match later {
        Some(end) => {
            found.dates.latest = end.dates.latest;
            found.precision = found.precision.max(end.precision);
            let _ = scan.word("まで");
        }
        None if dash => scan.at = from,
        None => found.open_end = true,
    }
}

/// A second date ends after the first begins, and is not a bare number by chance.
fn fits(second: &Point, first: &Point) -> bool {
    second.dates.latest > first.dates.earliest && (!second.bare || second.year.era.is_some())
}
