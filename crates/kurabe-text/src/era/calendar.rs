//! Days, months and fiscal years.

use jiff::ToSpan;
use jiff::civil::Date;

/// All days that a printed date may mean, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateRange {
    /// First possible day.
    pub earliest: Date,
    /// Last possible day.
    pub latest: Date,
}

/// Fiscal year (April to March) in which a day lies.
///
/// ```
/// use jiff::civil::date;
/// use kurabe_text::era::fiscal_year_of;
/// assert_eq!(fiscal_year_of(date(2024, 3, 31)), 2023);
/// assert_eq!(fiscal_year_of(date(2024, 4, 1)), 2024);
/// ```
pub fn fiscal_year_of(date: Date) -> i32 {
    i32::from(date.year()) - i32::from(date.month() < 4)
}

/// First and last day of a fiscal year.
///
/// ```
/// use jiff::civil::date;
/// use kurabe_text::era::fiscal_year_bounds;
/// assert_eq!(fiscal_year_bounds(2023).latest, date(2024, 3, 31));
/// ```
pub fn fiscal_year_bounds(year: i32) -> DateRange {
    months(year, 4, 12)
}

/// Last day of a month (1 to 12); `None` for another number or a year out of range.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(kurabe_text::era::month_end(2024, 2), Some(date(2024, 2, 29)));
/// assert_eq!(kurabe_text::era::month_end(2024, 13), None);
/// ```
pub fn month_end(year: i32, month: i8) -> Option<Date> {
    day(year, month, 1).map(Date::last_of_month)
}

/// First and last day of a month; `None` when there is no such month.
pub fn month_bounds(year: i32, month: i8) -> Option<DateRange> {
    let earliest = day(year, month, 1)?;
    Some(DateRange {
        earliest,
        latest: earliest.last_of_month(),
    })
}

/// The day, when the calendar has it.
pub(crate) fn day(year: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

/// A run of whole months from a month on; years beyond the calendar are held at its ends.
pub(crate) fn months(year: i32, first: i8, count: i32) -> DateRange {
    let earliest = day(year, first, 1).unwrap_or(if year < 0 { Date::MIN } else { Date::MAX });
    let last = earliest.saturating_add((count - 1).months());
    DateRange {
        earliest,
        latest: last.last_of_month(),
    }
}
