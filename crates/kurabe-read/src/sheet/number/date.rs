//! Dates and times: days since the turn of 1900 as the sheet writes them, Japanese eras included.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, Weekday, date};

use super::code::{Section, Token};

/// The day that a workbook counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// 1 is 1 January 1900.
    Since1900,
    /// 0 is 1 January 1904.
    Since1904,
}

impl Epoch {
    pub(super) fn of(is_1904: bool) -> Self {
        if is_1904 {
            Self::Since1904
        } else {
            Self::Since1900
        }
    }

    /// Day 0. Sheets that count from 1900 have a 29 February in it, which there never was.
    fn start(self, day: i64) -> Date {
        match self {
            Self::Since1904 => date(1904, 1, 1),
            Self::Since1900 if day < 60 => date(1899, 12, 31),
            Self::Since1900 => date(1899, 12, 30),
        }
    }
}

/// Eras with their first day, the newest first (元号法, 令和元年政令第143号 and before).
const ERAS: &[(Date, &str, &str)] = &[
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1868, 1, 25), "明治", "M"),
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The last day that sheets know, 31 December 9999.
const LAST_DAY: f64 = 2_958_465.0;

const DAY_MILLIS: f64 = 86_400_000.0;

/// A value as date and time.
struct Moment {
    at: DateTime,
    /// Thousandths of a second since day 0.
    millis: i64,
    is_gannen: bool,
    is_halved: bool,
}

/// What a section displays; `None` for values that are no dates.
pub(super) fn show(section: &Section, value: f64, epoch: Epoch) -> Option<String> {
    let has_fraction = section
        .tokens
        .iter()
        .any(|t| matches!(t, Token::Fraction(_)));
    let is_halved = section
        .tokens
        .iter()
        .any(|t| matches!(t, Token::HalfDay(..)));
    let millis = rounded(value, has_fraction)?;
    let day = millis.div_euclid(86_400_000);
    let start = epoch.start(day).checked_add(day.days()).ok()?;
    let time = millis.rem_euclid(86_400_000).milliseconds();
    let at = start.to_datetime(Time::midnight()).checked_add(time).ok()?;
    let moment = Moment {
        at,
        millis,
        is_gannen: section.is_gannen,
        is_halved,
    };
    Some(section.tokens.iter().map(|t| moment.token(t)).collect())
}

/// Thousandths of a second, in whole seconds where no parts are displayed.
fn rounded(value: f64, has_fraction: bool) -> Option<i64> {
    if !(0.0..=LAST_DAY + 1.0).contains(&value) {
        return None;
    }
    let unit = if has_fraction { 1.0 } else { 1000.0 };
    let millis = (value * DAY_MILLIS / unit).round() * unit;
    // In range by the check above, and whole.
    Some(millis as i64)
}

impl Moment {
    fn token(&self, token: &Token) -> String {
        match token {
            Token::Literal(text) => text.clone(),
            Token::Field(field, count) => self.field(*field, *count),
            Token::Minute(count) => padded(self.at.minute().into(), *count),
            Token::Elapsed(unit, count) => padded(self.elapsed(*unit), *count),
            Token::Fraction(count) => self.fraction(*count),
            Token::HalfDay(am, pm) => if self.at.hour() < 12 { *am } else { *pm }.to_owned(),
            Token::Percent => "%".to_owned(),
            Token::Point => ".".to_owned(),
            Token::Group => ",".to_owned(),
            Token::Digit(_) | Token::General | Token::Text | Token::Exponent { .. } => {
                String::new()
            }
        }
    }

    fn field(&self, field: char, count: usize) -> String {
        let date = self.at.date();
        match (field, count) {
            ('y', 1 | 2) => padded(i64::from(date.year()) % 100, 2),
            ('y', _) => padded(date.year().into(), 4),
            ('m', 1 | 2) => padded(date.month().into(), count),
            ('m', 3) => month(date).chars().take(3).collect(),
            ('m', 5) => month(date).chars().take(1).collect(),
            ('m', _) => month(date).to_owned(),
            ('d', 1 | 2) => padded(date.day().into(), count),
            ('d', 3) => weekday(date).0.chars().take(3).collect(),
            ('d', _) => weekday(date).0.to_owned(),
            ('a', 4..) => format!("{}曜日", weekday(date).1),
            ('a', _) => weekday(date).1.to_owned(),
            ('h', _) => padded(self.hour(), count),
            ('s', _) => padded(self.at.second().into(), count),
            ('g', 1) => era(date).2.to_owned(),
            ('g', 2) => era(date).1.chars().take(1).collect(),
            ('g', _) => era(date).1.to_owned(),
            _ => self.era_year(count),
        }
    }

    fn era_year(&self, count: usize) -> String {
        let date = self.at.date();
        let year = i64::from(date.year() - era(date).0.year() + 1);
        if year == 1 && self.is_gannen {
            "元".to_owned()
        } else {
            padded(year, count.min(2))
        }
    }

    fn hour(&self) -> i64 {
        let hour = i64::from(self.at.hour());
        match hour % 12 {
            _ if !self.is_halved => hour,
            0 => 12,
            hour => hour,
        }
    }

    fn elapsed(&self, unit: char) -> i64 {
        self.millis
            / if unit == 'h' {
                3_600_000
            } else if unit == 'm' {
                60_000
            } else {
                1000
            }
    }

    fn fraction(&self, count: usize) -> String {
        let millis = padded(self.millis.rem_euclid(1000), 3);
        let digits = millis.chars().chain(std::iter::repeat('0'));
        let digits: String = digits.take(count).collect();
        format!(".{digits}")
    }
}

fn padded(number: i64, width: usize) -> String {
    format!("{number:0width$}")
}

fn month(date: Date) -> &'static str {
    let index = usize::try_from(date.month()).unwrap_or(1).saturating_sub(1);
    MONTHS.get(index).copied().unwrap_or_default()
}

fn weekday(date: Date) -> (&'static str, &'static str) {
    match date.weekday() {
        Weekday::Monday => ("Monday", "月"),
        Weekday::Tuesday => ("Tuesday", "火"),
        Weekday::Wednesday => ("Wednesday", "水"),
        Weekday::Thursday => ("Thursday", "木"),
        Weekday::Friday => ("Friday", "金"),
        Weekday::Saturday => ("Saturday", "土"),
        Weekday::Sunday => ("Sunday", "日"),
    }
}

fn era(day: Date) -> (Date, &'static str, &'static str) {
    let mut eras = ERAS.iter().copied();
    let oldest = (date(1868, 1, 25), "明治", "M");
    eras.find(|(first, ..)| *first <= day).unwrap_or(oldest)
}

/// The number of a date written as in ISO 8601, as cells of type `d` hold it.
pub(crate) fn serial_of(text: &str, is_1904: bool) -> Option<f64> {
    let text = text.trim().trim_end_matches('Z');
    let at: DateTime = match text.parse() {
        Ok(at) => at,
        Err(_) => text.parse::<Date>().ok()?.to_datetime(Time::midnight()),
    };
    let start = Epoch::of(is_1904).start(100).to_datetime(Time::midnight());
    let since = start.until((jiff::Unit::Millisecond, at)).ok()?;
    let millis: i32 = i32::try_from(since.get_milliseconds() % 86_400_000).ok()?;
    let days = i32::try_from(since.get_milliseconds() / 86_400_000).ok()?;
    Some(f64::from(days) + f64::from(millis) / DAY_MILLIS)
}
