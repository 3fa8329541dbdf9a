//! What may stand in a cell: characters, lengths, addresses, days.

use std::borrow::Cow;

use jiff::civil::Date;
use kurabe_export::neutralize;
use rust_xlsxwriter::ExcelDateTime;

use crate::limits::ADDRESS;
use crate::list::Target;

/// Text without what the file format or a spreadsheet cannot show: control characters other than
/// line breaks and tabs.
pub(crate) fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_unfit = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(is_unfit) {
        Cow::Owned(
            text.replace("\r\n", "\n")
                .replace('\r', "\n")
                .replace(is_unfit, ""),
        )
    } else {
        text
    }
}

/// Text of the dataset as a cell may hold it: nothing that a spreadsheet would run.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    neutralize(clean(Cow::Borrowed(text)))
}

/// The beginning of a text and a remark that it was cut, together not longer than a cell.
pub(crate) fn cut(text: &str, limit: usize, remark: &str) -> String {
    let room = limit.saturating_sub(remark.encode_utf16().count());
    let mut used = 0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= room
        })
        .collect();
    format!("{kept}{remark}")
}

/// The address of a link; none where it may not be one: only pages of the web and places of this
/// workbook, never files or other schemes.
pub(crate) fn address(target: &Target<'_>) -> Option<String> {
    match target {
        Target::Row(sheet, row) => Some(format!("internal:'{}'!A{row}", sheet.replace('\'', "''"))),
        Target::Web(address) => {
            let scheme = address
                .split_once("://")
                .map(|(scheme, _)| scheme.to_ascii_lowercase());
            let is_web = scheme.is_some_and(|scheme| matches!(scheme.as_str(), "http" | "https"));
            let is_plain = !address.chars().any(|c| c.is_whitespace() || c.is_control());
            let is_short = address.encode_utf16().count() <= ADDRESS;
            (is_web && is_plain && is_short).then(|| (*address).to_owned())
        }
    }
}

/// The day as a spreadsheet counts it; none before 1900 and its wrong leap day.
pub(crate) fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year > 1900)?;
    let (month, day) = (
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    );
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// Most lines that a row shows; a longer text is all there, the row only is not as high.
const MOST_LINES: u32 = 12;

/// Height of a row with that many lines, in points. Heights are always written, as spreadsheets do
/// not reckon them alike.
pub(crate) fn height_of(lines: u32) -> f64 {
    3.0 + 16.5 * f64::from(lines.clamp(1, MOST_LINES))
}

/// Lines that a text takes in a column of that width. Widths count digits, which are a little wider
/// than half of a Japanese character.
pub(crate) fn lines_of(text: &str, width: f64) -> u32 {
    let room = (width * 1.08 - 1.0).max(2.0);
    let lines: f64 = text
        .split('\n')
        .map(|line| (half_widths(line) / room).ceil().max(1.0))
        .sum();
    (1..MOST_LINES)
        .find(|most| lines <= f64::from(*most))
        .unwrap_or(MOST_LINES)
}

/// Width of a text in characters of half width.
fn half_widths(text: &str) -> f64 {
    let width = |c: char| {
        if c.is_ascii() || matches!(c, '\u{ff61}'..='\u{ff9f}') {
            1.0
        } else {
            2.0
        }
    };
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_are_addresses() {
        let web = |address| super::address(&Target::Web(address)).is_some();
        assert!(web("https://www.example.jp/plan.pdf"));
        assert!(web("HTTP://example.jp/"));
        for bad in [
            "file:///c:/x",
            "javascript:alert(1)",
            "ftp://x/y",
            "example.jp",
            "https://a b",
            "\\\\server\\x",
        ] {
            assert!(!web(bad), "{bad}");
        }
        assert!(!web(&format!("https://example.jp/{}", "a".repeat(2_100))));
    }

    #[test]
    fn names_of_sheets_are_quoted() {
        let place = address(&Target::Row("A'B", 7));
        assert_eq!(place.as_deref(), Some("internal:'A''B'!A7"));
    }

    #[test]
    fn a_cut_text_fits_and_says_so() {
        let text = "𠮷".repeat(20);
        let short = cut(&text, 15, "…(略)");
        assert!(short.encode_utf16().count() <= 15, "{short}");
        assert!(short.ends_with("…(略)"));
    }

    #[test]
    fn lines_follow_width_and_breaks() {
        assert_eq!(lines_of("", 10.0), 1);
        assert_eq!(lines_of("abcdefghi", 10.0), 1);
        assert_eq!(lines_of("安来市安来市", 10.0), 2);
        assert_eq!(lines_of("a\nb\nc", 10.0), 3);
        assert_eq!(lines_of(&"あ".repeat(1_000), 10.0), MOST_LINES);
    }

    #[test]
    fn control_characters_go_and_line_breaks_stay() {
        assert_eq!(clean("a\r\nb\u{1}c\td".into()), "a\nbc\td");
    }

    #[test]
    fn days_before_1901_stay_text() {
        assert!(excel_day(Date::constant(1868, 10, 23)).is_none());
        assert!(excel_day(Date::constant(2024, 2, 29)).is_some());
    }
}
