//! A second opinion on a workbook: its cells as `calamine` reads them, which shares no code with our
//! readers.
//!
//! calamine gives values, we give what the sheet displays, so a cell agrees when its value can be
//! displayed so. It may take memory by what a file declares and may abort: it runs only after our
//! own readers have read the file within the limits, and for a run in a process of its own.

use std::fmt::Display;
use std::io::{Cursor, Read, Seek};

use calamine::{DataType, Ods, Reader, SheetType, Xls, Xlsb, Xlsx, open_workbook_from_rs as open};

use super::model::{Area, Book, Sheet, SheetCell};
use crate::fault::{Fault, FaultKind};
use crate::{Hint, ReadError};

/// What a second reader says of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opinion {
    /// Written cells on which both agree.
    pub agreed: u64,
    /// Where they do not, by sheet, row and column.
    pub differences: Vec<Difference>,
}

/// A cell, or a whole sheet, that two readers see differently.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Name of the sheet.
    pub sheet: String,
    /// Row and column from 1; none for a sheet that only one of them finds.
    pub cell: Option<(u32, u32)>,
    /// What we read; none when we find nothing.
    pub ours: Option<String>,
    /// What the second reader reads; none when it finds nothing.
    pub theirs: Option<String>,
}

/// Compares the cells of every sheet one by one: a range would take memory for everything between
/// the corners of a sheet.
macro_rules! stream {
    ($other:ident, $book:ident, $limit:expr, $opinion:ident) => {
        sheets(&$other, $book, $opinion);
        for sheet in &$book.sheets {
            let Ok(mut cells) = $other.worksheet_cells_reader(&sheet.name) else {
                continue;
            };
            let mut check = Check::new(sheet, $limit);
            while let Some(cell) = cells.next_cell().map_err(|e| refused($book, &e))? {
                check.cell(cell.get_position(), cell.get_value())?;
            }
            check.end($opinion);
        }
    };
}

/// Compares a workbook that we have read with the second reading of its bytes.
///
/// # Errors
///
/// When the second reader cannot read it.
pub(super) fn compare(bytes: &[u8], book: &Book, hint: &Hint) -> Result<Opinion, ReadError> {
    let mut opinion = Opinion::default();
    let told = &mut opinion;
    let source = Cursor::new(bytes);
    match book.format {
        "xls" => {
            let other: Xls<_> = open(source).map_err(|e| refused(book, &e))?;
            ranges(other, book, told)?;
        }
        "ods" => {
            let other: Ods<_> = open(source).map_err(|e| refused(book, &e))?;
            ranges(other, book, told)?;
        }
        "xlsb" => {
            let mut other: Xlsb<_> = open(source).map_err(|e| refused(book, &e))?;
            stream!(other, book, hint.limits.cells, told);
        }
        _ => {
            let mut other: Xlsx<_> = open(source).map_err(|e| refused(book, &e))?;
            stream!(other, book, hint.limits.cells, told);
        }
    }
    opinion.differences.sort();
    Ok(opinion)
}

fn refused(book: &Book, error: &dyn Display) -> ReadError {
    ReadError::Damaged {
        format: book.format,
        detail: Fault::new(FaultKind::SecondReader).cause(error),
    }
}

/// Compares formats of which calamine gives whole sheets only.
fn ranges<S, R>(mut other: R, book: &Book, opinion: &mut Opinion) -> Result<(), ReadError>
where
    S: Read + Seek,
    R: Reader<S>,
    R::Error: Display,
{
    sheets(&other, book, opinion);
    for sheet in &book.sheets {
        let Ok(range) = other.worksheet_range(&sheet.name) else {
            continue;
        };
        let mut check = Check::new(sheet, u64::MAX);
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            let at = (top.saturating_add(row), left.saturating_add(column));
            check.cell(at, value)?;
        }
        check.end(opinion);
    }
    Ok(())
}

/// Compares which sheets there are. Charts and macros are no sheets of cells.
fn sheets<S, R>(other: &R, book: &Book, opinion: &mut Opinion)
where
    S: Read + Seek,
    R: Reader<S>,
{
    let theirs = other.sheets_metadata().iter();
    let theirs: Vec<&str> = theirs
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.as_str())
        .collect();
    let known = |name: &str| other.sheets_metadata().iter().any(|s| s.name == name);
    let ours = book.sheets.iter().map(|sheet| sheet.name.as_str());
    let only_here = ours.clone().filter(|name| !known(name));
    let only_there = theirs
        .iter()
        .filter(|name| !ours.clone().any(|n| n == **name));
    let only_here = only_here.map(|name| whole_sheet(name, true));
    let only_there = only_there.map(|name| whole_sheet(name, false));
    opinion.differences.extend(only_here.chain(only_there));
}

fn whole_sheet(name: &str, is_ours: bool) -> Difference {
    Difference {
        sheet: name.to_owned(),
        cell: None,
        ours: is_ours.then(|| name.to_owned()),
        theirs: (!is_ours).then(|| name.to_owned()),
    }
}

/// A sheet while its cells are compared.
struct Check<'s> {
    sheet: &'s Sheet,
    /// Which of our cells the other reader has named.
    seen: Vec<bool>,
    /// How many cells it may name.
    left: u64,
    agreed: u64,
    differences: Vec<Difference>,
}

impl<'s> Check<'s> {
    fn new(sheet: &'s Sheet, limit: u64) -> Self {
        Self {
            sheet,
            seen: vec![false; sheet.cells.len()],
            left: limit,
            agreed: 0,
            differences: Vec::new(),
        }
    }

    /// Takes in a cell of the other reader, whose rows and columns count from 0.
    fn cell(&mut self, at: (u32, u32), value: &impl DataType) -> Result<(), ReadError> {
        if is_blank(value) {
            return Ok(());
        }
        let Some(left) = self.left.checked_sub(1) else {
            return Err(ReadError::too_large("cells", 0));
        };
        self.left = left;
        let at = (at.0.saturating_add(1), at.1.saturating_add(1));
        let place = |cell: &SheetCell| (cell.row, cell.column);
        let found = self.sheet.cells.binary_search_by_key(&at, place).ok();
        let ours = found.and_then(|index| self.sheet.cells.get(index));
        let first = found.and_then(|index| self.seen.get_mut(index));
        if first.is_some_and(|seen| std::mem::replace(seen, true)) {
            // A place that is written twice is remarked as damage.
            return Ok(());
        }
        let text = ours.map(|cell| cell.text.as_str()).unwrap_or_default();
        if is_same(text, value) {
            self.agreed += 1;
        } else if !text.is_empty() || !self.is_unseen(at) {
            let ours = Some(text).filter(|text| !text.is_empty());
            self.differ(at, ours, Some(shown(value)));
        }
        Ok(())
    }

    /// Whether a value stands there that the format of the cell does not show.
    fn is_unseen(&self, at: (u32, u32)) -> bool {
        let within = |area: &Area| {
            (area.first.0..=area.last.0).contains(&at.0)
                && (area.first.1..=area.last.1).contains(&at.1)
        };
        self.sheet.unseen.iter().any(within)
    }

    fn differ(&mut self, at: (u32, u32), ours: Option<&str>, theirs: Option<String>) {
        self.differences.push(Difference {
            sheet: self.sheet.name.clone(),
            cell: Some(at),
            ours: ours.map(str::to_owned),
            theirs,
        });
    }

    fn end(mut self, opinion: &mut Opinion) {
        let sheet = self.sheet;
        let seen = std::mem::take(&mut self.seen);
        for (cell, _) in sheet.cells.iter().zip(seen).filter(|(_, seen)| !seen) {
            if !cell.text.trim().is_empty() {
                self.differ((cell.row, cell.column), Some(&cell.text), None);
            }
        }
        opinion.agreed += self.agreed;
        opinion.differences.append(&mut self.differences);
    }
}

fn is_blank(value: &impl DataType) -> bool {
    let is_blank = |text: &str| text.trim().is_empty();
    value.is_empty() || value.get_string().is_some_and(is_blank)
}

/// A value in words.
fn shown(value: &impl DataType) -> String {
    if let Some(text) = value.get_string() {
        text.to_owned()
    } else if let Some(is) = value.get_bool() {
        (if is { "TRUE" } else { "FALSE" }).to_owned()
    } else if let Some(error) = value.get_error() {
        error.to_string()
    } else if let Some(text) = value.get_datetime_iso().or(value.get_duration_iso()) {
        text.to_owned()
    } else if let Some(moment) = value.get_datetime() {
        let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    } else {
        number(value).map(|n| n.to_string()).unwrap_or_default()
    }
}

#[allow(clippy::cast_precision_loss, reason = "a spreadsheet knows no others")]
fn number(value: &impl DataType) -> Option<f64> {
    value.get_float().or(value.get_int().map(|n| n as f64))
}

/// Whether a value can be displayed as that text.
fn is_same(text: &str, value: &impl DataType) -> bool {
    if let Some(other) = value.get_string() {
        return bare(text).eq(bare(other));
    }
    if let Some(number) = number(value) {
        return shows_number(text, number);
    }
    if let Some(moment) = value.get_datetime() {
        let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
        let parts = [month, day, hour, minute, second].map(u32::from);
        return shows_moment(text, u32::from(year), &parts) || shows_number(text, moment.as_f64());
    }
    if value.is_datetime_iso() || value.is_duration_iso() {
        return !text.is_empty();
    }
    text.eq_ignore_ascii_case(&shown(value))
}

/// The characters of a text that are not white space: readers differ in line ends.
fn bare(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

/// Whether a text displays a number: rounded, as a share, in thousands, among words, or in words only.
fn shows_number(text: &str, value: f64) -> bool {
    if text.is_empty() {
        return false;
    }
    if text
        .parse::<f64>()
        .is_ok_and(|shown| is_near(shown, value, text))
    {
        return true;
    }
    let figures = figures(&text.replace(',', ""));
    let size = value.abs();
    figures.is_empty()
        || figures.iter().any(|figure| {
            let shown = figure.parse::<f64>().unwrap_or(f64::NAN);
            let scales = [1.0, 100.0, 1e-3, 1e-6];
            scales.iter().any(|scale| is_near(shown, size * scale, figure))
        })
        // Fractions, exponents.
        || text.contains(['/', 'E', 'e'])
}

fn is_near(shown: f64, value: f64, figure: &str) -> bool {
    let decimals = figure.split_once('.').map_or(0, |(_, after)| after.len());
    let unit = 0.1_f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    // General shows eleven digits.
    (shown - value).abs() <= (unit * 0.51).max(value.abs() * 1e-9)
}

/// The numbers that stand in a text.
fn figures(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    let figures = split.map(|figure| figure.trim_matches('.').to_owned());
    figures.filter(|figure| !figure.is_empty()).collect()
}

/// The first years of the eras, less one.
const ERAS: [u32; 5] = [1867, 1911, 1925, 1988, 2018];

/// Whether every number of a text is a part of a moment, its year by any era.
fn shows_moment(text: &str, year: u32, parts: &[u32]) -> bool {
    let halves = parts.iter().flat_map(|part| [*part, part % 12]);
    let eras = ERAS.iter().filter_map(|before| year.checked_sub(*before));
    let known: Vec<u32> = halves.chain(eras).chain([year, year % 100, 12]).collect();
    let figures = figures(text);
    let mut numbers = figures.iter().flat_map(|figure| figure.split('.'));
    !text.is_empty() && numbers.all(|n| n.parse().is_ok_and(|n: u32| known.contains(&n)))
}

#[cfg(test)]
mod tests {
    use calamine::Data;

    use super::*;

    #[test]
    fn a_value_is_the_same_however_it_is_displayed() {
        for (text, value) in [
            ("1,234", 1234.4),
            ("12.5%", 0.125),
            ("△5", -5.0),
            ("第3期", 3.0),
            ("◎", 1.0),
            ("¥1,200", 1200.0),
            ("0.333333333", 1.0 / 3.0),
        ] {
            assert!(is_same(text, &Data::Float(value)), "{text}");
        }
        for (text, value) in [("1,235", 1234.4), ("13%", 0.25), ("第4期", 3.0), ("", 1.0)] {
            assert!(!is_same(text, &Data::Float(value)), "{text}");
        }
        let lines = Data::String("窓口\r\nの改善".to_owned());
        assert!(is_same("窓口\nの改善", &lines));
        assert!(!is_same("窓口の改革", &lines));
        assert!(is_same("TRUE", &Data::Bool(true)));
        assert!(!is_same("FALSE", &Data::Bool(true)));
    }

    #[test]
    fn cells_that_differ_are_told_with_both_values() {
        let cell = |row, text: &str| SheetCell {
            row,
            column: 1,
            text: text.to_owned(),
            trouble: None,
            is_unseen: false,
        };
        let sheet = Sheet {
            name: "表".to_owned(),
            cells: vec![cell(1, "同"), cell(2, "甲"), cell(3, "乙")],
            ..Sheet::default()
        };
        let mut check = Check::new(&sheet, 3);
        for (row, text) in [(0, "同"), (1, "申"), (3, "丙"), (9, " ")] {
            let value = Data::String(text.to_owned());
            check.cell((row, 0), &value).unwrap();
        }
        assert!(check.cell((7, 0), &Data::Int(1)).is_err());
        let mut opinion = Opinion::default();
        check.end(&mut opinion);
        opinion.differences.sort();
        let told = opinion.differences.iter();
        let told: Vec<_> = told
            .map(|d| (d.cell, d.ours.as_deref(), d.theirs.as_deref()))
            .collect();
        assert_eq!(opinion.agreed, 1);
        let expected = [
            (Some((2, 1)), Some("甲"), Some("申")),
            (Some((3, 1)), Some("乙"), None),
            (Some((4, 1)), None, Some("丙")),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_day_is_the_same_in_every_calendar() {
        for text in ["令和6年4月1日", "R6.4.1", "2024/4/1", "24-04-01", "4月"] {
            assert!(shows_moment(text, 2024, &[4, 1, 0, 0, 0]), "{text}");
        }
        assert!(!shows_moment("令和6年5月1日", 2024, &[4, 1, 0, 0, 0]));
    }
}
