//! Fiscal years.

use super::calendar::fiscal_year_of;
use super::dates::{Found, Precision, scan_all};
use super::scan::Scan;
use crate::width::nfkc;

/// One or several fiscal years, e.g. `令和6~10年度`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearSpan {
    /// First fiscal year, as the calendar year in which it begins.
    pub first: i32,
    /// Last fiscal year; equal to `first` for a single year, `None` when the end is open.
    pub last: Option<i32>,
    /// `true` when the text says "from … on" (以降, から, `～` without an end).
    pub open_end: bool,
}

/// The fiscal year that a whole text names, as the calendar year in which it begins.
///
/// `None` for anything else, also for a calendar year (`令和5年`) and for a span.
///
/// ```
/// use kurabe_text::era::fiscal_year;
/// assert_eq!(fiscal_year("令和５年度"), Some(2023));
/// assert_eq!(fiscal_year("R5"), Some(2023));
/// assert_eq!(fiscal_year("令和元年度"), Some(2019));
/// assert_eq!(fiscal_year("令和7年度 (2025年度)"), Some(2025));
/// assert_eq!(fiscal_year("令和5年度実績"), None);
/// ```
pub fn fiscal_year(s: &str) -> Option<i32> {
    let text = nfkc(s);
    let inner = unwrap_brackets(text.trim());
    let mut scan = Scan::new(inner, 0);
    let year = scan.era_year().or_else(|| scan.western_year())?;
    let paired = scan.same_year();
    let unit = scan.word("年度");
    let named = unit || year.latin || (paired && year.era.is_some());
    if !named {
        return None;
    }
    scan.same_year();
    let _ = unit && scan.any(&["末", "中"]);
    scan.rest().trim().is_empty().then_some(year.west)
}

/// The text inside one pair of brackets that encloses all of it.
fn unwrap_brackets(s: &str) -> &str {
    let pairs = [
        ('「', '」'),
        ('(', ')'),
        ('【', '】'),
        ('[', ']'),
        ('〈', '〉'),
        ('<', '>'),
    ];
    let inside = |&(open, close): &(char, char)| s.strip_prefix(open)?.strip_suffix(close);
    pairs.iter().find_map(inside).unwrap_or(s).trim()
}

/// The first span of fiscal years found anywhere in a text.
///
/// Dates count by the fiscal year they lie in (January 2021 is fiscal 2020); a calendar year alone
/// counts as the fiscal year of the same number.
///
/// ```
/// use kurabe_text::era::fiscal_years;
/// let span = fiscal_years("300橋(令和6~10年度)").unwrap();
/// assert_eq!((span.first, span.last), (2024, Some(2028)));
/// assert!(fiscal_years("令和8年度以降").unwrap().open_end);
/// ```
pub fn fiscal_years(s: &str) -> Option<YearSpan> {
    let text = nfkc(s);
    scan_all(&text).first().map(span)
}

fn span(found: &Found) -> YearSpan {
    let (first, last) = if found.precision == Precision::Year {
        (
            i32::from(found.dates.earliest.year()),
            i32::from(found.dates.latest.year()),
        )
    } else {
        (
            fiscal_year_of(found.dates.earliest),
            fiscal_year_of(found.dates.latest),
        )
    };
    let last = (!found.open_end).then_some(last);
    YearSpan {
        first,
        last,
        open_end: found.open_end,
    }
}
