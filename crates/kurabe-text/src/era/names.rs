//! The eras and their names.

use super::scan::Scan;
use crate::data;
use crate::width::nfkc_mapped;
use jiff::civil::Date;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// One era.
#[derive(Debug, Deserialize)]
pub(crate) struct Era {
    pub(crate) name: String,
    pub(crate) latin: char,
    pub(crate) first: i32,
    start: (i16, i8, i8),
    last: Option<i32>,
}

#[derive(Deserialize)]
struct Table {
    era: Vec<Era>,
}

/// The eras, latest first.
pub(crate) static ERAS: LazyLock<Vec<Era>> =
    LazyLock::new(|| data::load::<Table>(include_str!("../../data/eras.toml")).era);

impl Era {
    /// Western year of the n-th year.
    pub(crate) fn western(&self, nth: i32) -> i32 {
        self.first + nth - 1
    }

    /// The era has not ended.
    pub(crate) fn is_present(&self) -> bool {
        self.last.is_none()
    }

    /// First day of the era.
    pub(crate) fn start(&self) -> Option<Date> {
        let (year, month, day) = self.start;
        Date::new(year, month, day).ok()
    }
}

/// A year named in an era that had ended before it, e.g. `平成32年`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EraSlip {
    /// Bytes of the text that was given.
    pub range: Range<usize>,
    /// The words as written.
    pub raw: String,
    /// The year in the Western calendar.
    pub year: i32,
    /// The same year in the era that had begun.
    pub suggestion: String,
}

/// The first year in a text that is named in an era which had ended before it.
///
/// Plans printed before an era ends count on in it. The year is computed all the same.
///
/// ```
/// use kurabe_text::era::era_slip;
/// let slip = era_slip("平成32年度まで").unwrap();
/// assert_eq!((slip.year, slip.suggestion.as_str()), (2020, "令和2年"));
/// assert_eq!(era_slip("平成31年度"), None);
/// ```
pub fn era_slip(s: &str) -> Option<EraSlip> {
    let mapped = nfkc_mapped(s);
    let mut at = 0;
    while let Some(c) = mapped.text.get(at..).and_then(|rest| rest.chars().next()) {
        let mut scan = Scan::new(&mapped.text, at);
        if let Some(year) = scan.era_year()
            && let Some(last) = year.era.and_then(|era| era.last)
            && year.nth > last
        {
            let range = mapped.source_range(at..scan.at);
            let raw = s.get(range.clone()).unwrap_or_default().to_owned();
            return Some(EraSlip {
                range,
                raw,
                year: year.west,
                suggestion: modern(year.west),
            });
        }
        at += c.len_utf8();
    }
    None
}

/// A Western year in the era in which it ends.
fn modern(west: i32) -> String {
    match ERAS.iter().find(|era| west >= era.first) {
        Some(era) if west == era.first => format!("{}元年", era.name),
        Some(era) => format!("{}{}年", era.name, west - era.first + 1),
        None => format!("{west}年"),
    }
}
