//! One date: a year and what follows it.

use super::calendar::{DateRange, day, fiscal_year_bounds, month_bounds, month_end, months};
use super::dates::Precision;
use super::scan::{Scan, Year};
use jiff::civil::Date;

/// One date as read.
#[derive(Clone, Copy)]
pub(crate) struct Point {
    pub(crate) dates: DateRange,
    pub(crate) precision: Precision,
    pub(crate) year: Year,
    /// Month in which the date lies, when one was named.
    pub(crate) month: Option<i8>,
    /// 月末 or 年度末: the last day is meant.
    pub(crate) at_end: bool,
    /// No unit was printed after the number: `R5`, `令和6` before a further year.
    pub(crate) bare: bool,
}

/// A season or part of a year: name, first month, number of months.
type Part = (&'static str, i8, i32);

const FISCAL_PARTS: [Part; 12] = [
    ("上半期", 4, 6),
    ("下半期", 10, 6),
    ("上期", 4, 6),
    ("下期", 10, 6),
    ("第1四半期", 4, 3),
    ("第2四半期", 7, 3),
    ("第3四半期", 10, 3),
    ("第4四半期", 1, 3),
    ("春", 4, 2),
    ("夏", 6, 3),
    ("秋", 9, 3),
    ("冬", 12, 3),
];

const CALENDAR_PARTS: [Part; 8] = [
    ("上半期", 1, 6),
    ("下半期", 7, 6),
    ("上期", 1, 6),
    ("下期", 7, 6),
    ("春", 3, 3),
    ("夏", 6, 3),
    ("秋", 9, 3),
    ("冬", 12, 3),
];

/// A date that begins with its year.
pub(crate) fn point(scan: &mut Scan<'_>) -> Option<Point> {
    scan.attempt(|s| {
        let year = s.era_year().or_else(|| s.western_year())?;
        after_year(s, year)
    })
}

/// What follows a year; `None` when the number is no year after all.
pub(crate) fn after_year(scan: &mut Scan<'_>, year: Year) -> Option<Point> {
    let paired = scan.same_year();
    if scan.word("年度") {
        scan.same_year();
        return Some(fiscal(scan, year));
    }
    if !scan.rest().starts_with("年間") && scan.word("年") {
        scan.same_year();
        return Some(calendar(scan, year));
    }
    if let Some(found) = dotted(scan, year) {
        return Some(found);
    }
    if year.era.is_some()
        && let Some(month) = named_month(scan)
    {
        return in_month(scan, year, month, year.west);
    }
    // A letter alone names a year only in the present era: `S3` and `H2` are other things.
    let present = year.era.is_some_and(super::names::Era::is_present);
    let bare = (year.latin && present) || (paired && year.era.is_some());
    let letter = scan.peek().is_some_and(|c| c.is_ascii_alphanumeric());
    (bare && !letter).then(|| {
        whole(
            year,
            fiscal_year_bounds(year.west),
            Precision::FiscalYear,
            true,
        )
    })
}

fn whole(year: Year, dates: DateRange, precision: Precision, bare: bool) -> Point {
    Point {
        dates,
        precision,
        year,
        month: None,
        at_end: false,
        bare,
    }
}

/// After 年度: a month, a part of the year, its end, or all of it.
fn fiscal(scan: &mut Scan<'_>, year: Year) -> Point {
    let bounds = fiscal_year_bounds(year.west);
    if scan.word("末") {
        let dates = DateRange {
            earliest: bounds.latest,
            latest: bounds.latest,
        };
        let end = whole(year, dates, Precision::Day, false);
        return Point {
            month: Some(3),
            at_end: true,
            ..end
        };
    }
    if let Some((first, count)) = part(scan, &FISCAL_PARTS) {
        let west = year.west + i32::from(first < 4);
        return whole(year, months(west, first, count), Precision::Season, false);
    }
    if let Some(month) = named_month(scan) {
        let west = year.west + i32::from(month < 4);
        if let Some(found) = in_month(scan, year, month, west) {
            return found;
        }
    }
    let _ = scan.any(&["中", "内"]);
    whole(year, bounds, Precision::FiscalYear, false)
}

/// After 年: a month, a part of the year, its end, or all of it.
fn calendar(scan: &mut Scan<'_>, year: Year) -> Point {
    if let Some(month) = named_month(scan)
        && let Some(found) = in_month(scan, year, month, year.west)
    {
        return found;
    }
    if let Some((first, count)) = part(scan, &CALENDAR_PARTS) {
        return whole(
            year,
            months(year.west, first, count),
            Precision::Season,
            false,
        );
    }
    let mut dates = months(year.west, 1, 12);
    if scan.word("末") {
        dates.earliest = dates.latest;
        return Point {
            month: Some(12),
            at_end: true,
            ..whole(year, dates, Precision::Day, false)
        };
    }
    if let Some(start) = year.era.and_then(super::names::Era::start) {
        dates.earliest = dates.earliest.max(start.min(dates.latest));
    }
    let _ = scan.any(&["頃", "ごろ", "中"]);
    whole(year, dates, Precision::Year, false)
}

fn part(scan: &mut Scan<'_>, parts: &[Part]) -> Option<(i8, i32)> {
    scan.attempt(|s| {
        let _ = s.any(&["の"]);
        let &(_, first, count) = parts.iter().find(|(name, ..)| s.word(name))?;
        let _ = s.any(&["季", "期"]);
        let _ = s.any(&["頃", "ごろ"]);
        Some((first, count))
    })
}

/// `12月`, `十二月`; not `12月分` … the caller decides what follows.
fn named_month(scan: &mut Scan<'_>) -> Option<i8> {
    scan.attempt(|s| {
        let month = s.small().filter(|m| (1..=12).contains(m))?;
        s.word("月").then_some(())?;
        i8::try_from(month).ok()
    })
}

/// `.12.4`, `.12`, `.3月末`, `/9/1`, `-09-01`.
fn dotted(scan: &mut Scan<'_>, year: Year) -> Option<Point> {
    scan.attempt(|s| {
        let sign = s
            .peek()
            .filter(|c| ".・/-".contains(*c) && (year.era.is_some() || *c != '・'))?;
        s.at += sign.len_utf8();
        s.spaces();
        let month = s.digits(1..=2).filter(|m| (1..=12).contains(m))?;
        let month = i8::try_from(month).ok()?;
        if s.peek() == Some('月') {
            s.at += '月'.len_utf8();
            return in_month(s, year, month, year.west);
        }
        if let Some(found) = dotted_day(s, year, month, sign) {
            return Some(found);
        }
        let certain = year.era.is_some() && sign == '.';
        certain.then_some(())?;
        in_month(s, year, month, year.west)
    })
}

fn dotted_day(scan: &mut Scan<'_>, year: Year, month: i8, sign: char) -> Option<Point> {
    scan.attempt(|s| {
        (s.peek() == Some(sign)).then_some(())?;
        s.at += sign.len_utf8();
        s.spaces();
        let number = s.digits(1..=2)?;
        let date = day(year.west, month, i8::try_from(number).ok()?)?;
        Some(one_day(year, date))
    })
}

fn one_day(year: Year, date: Date) -> Point {
    let dates = DateRange {
        earliest: date,
        latest: date,
    };
    Point {
        month: Some(date.month()),
        ..whole(year, dates, Precision::Day, false)
    }
}

/// After a month: a day, its end, a third of it, or all of it.
fn in_month(scan: &mut Scan<'_>, year: Year, month: i8, west: i32) -> Option<Point> {
    let bounds = month_bounds(west, month)?;
    if let Some(date) = named_day(scan, west, month) {
        return Some(one_day(year, date));
    }
    if scan.any(&["末日", "末"]) {
        let end = one_day(year, month_end(west, month)?);
        return Some(Point {
            at_end: true,
            ..end
        });
    }
    let dates = third(scan, bounds);
    let _ = scan.any(&["頃", "ごろ"]);
    Some(Point {
        month: Some(month),
        ..whole(year, dates, Precision::Month, false)
    })
}

fn named_day(scan: &mut Scan<'_>, west: i32, month: i8) -> Option<Date> {
    scan.attempt(|s| {
        let number = s.small()?;
        (s.word("日") && !s.rest().starts_with('間')).then_some(())?;
        day(west, month, i8::try_from(number).ok()?)
    })
}

/// 上旬, 中旬 and 下旬 of a month.
fn third(scan: &mut Scan<'_>, month: DateRange) -> DateRange {
    let at = |number| {
        month
            .earliest
            .with()
            .day(number)
            .build()
            .unwrap_or(month.earliest)
    };
    if scan.any(&["上旬", "初旬"]) {
        DateRange {
            earliest: month.earliest,
            latest: at(10),
        }
    } else if scan.word("中旬") {
        DateRange {
            earliest: at(11),
            latest: at(20),
        }
    } else if scan.word("下旬") {
        DateRange {
            earliest: at(21),
            latest: month.latest,
        }
    } else {
        let _ = scan.word("中");
        month
    }
}

/// The second date of a range, which may leave out what it shares with the first: `12月`,
/// `10日`, `11年度`, `翌年3月`.
pub(crate) fn second(scan: &mut Scan<'_>, first: &Point) -> Option<Point> {
    scan.spaces();
    point(scan)
        .or_else(|| scan.attempt(|s| second_year(s, first)))
        .or_else(|| scan.attempt(|s| second_month(s, first)))
        .or_else(|| scan.attempt(|s| second_day(s, first)))
}

fn second_year(scan: &mut Scan<'_>, first: &Point) -> Option<Point> {
    let nth = scan.small()?;
    let unit = scan.rest().trim_start();
    (unit.starts_with('年') && !unit.starts_with("年間")).then_some(())?;
    let era = first.year.era?;
    (nth > first.year.nth).then_some(())?;
    after_year(
        scan,
        Year {
            west: era.western(nth),
            nth,
            ..first.year
        },
    )
}

fn second_month(scan: &mut Scan<'_>, first: &Point) -> Option<Point> {
    let before = first.month?;
    let next = scan.any(&["翌年", "翌"]);
    let month = named_month(scan)?;
    let west = i32::from(first.dates.earliest.year()) + i32::from(next || month < before);
    in_month(scan, Year { west, ..first.year }, month, west)
}

fn second_day(scan: &mut Scan<'_>, first: &Point) -> Option<Point> {
    (first.precision == Precision::Day && !first.at_end).then_some(())?;
    let date = first.dates.earliest;
    let date = named_day(scan, i32::from(date.year()), date.month())?;
    Some(one_day(first.year, date))
}
