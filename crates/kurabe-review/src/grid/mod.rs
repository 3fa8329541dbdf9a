//! Tables of text on their way to a spreadsheet and back.

mod csv_text;
mod workbook;

pub(crate) use csv_text::{read_csv, write_csv};
pub(crate) use workbook::{read_xlsx, write_xlsx};

use kurabe_text::width;

use crate::{Code, ReadError};

/// Largest sheet that is read, in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// Largest number of rows that is read, header not counted.
pub const MAX_ROWS: usize = 200_000;

/// Columns that a sheet may have at most; far more than any of ours.
const MAX_COLUMNS: usize = 256;

/// Longest text of a cell in UTF-16 units; Excel takes 32,767.
const MAX_CELL: usize = 32_000;

/// A column of a sheet to be written.
pub(crate) struct Column {
    pub(crate) header: String,
    /// Width in characters of the standard font.
    pub(crate) width: f64,
    /// Whether a person shall fill it in.
    pub(crate) is_input: bool,
}

impl Column {
    pub(crate) fn new(header: impl Into<String>, width: f64) -> Self {
        Self {
            header: header.into(),
            width,
            is_input: false,
        }
    }

    pub(crate) fn input(header: impl Into<String>, width: f64) -> Self {
        Self {
            is_input: true,
            ..Self::new(header, width)
        }
    }
}

/// A list to choose from, which becomes a sheet of its own.
pub(crate) struct Choices<'a> {
    /// Name of the sheet.
    pub(crate) name: &'static str,
    pub(crate) list: &'a [Code],
}

/// Cells with a drop-down list: rows from 0 below the header, both ends included.
pub(crate) struct DropDown {
    pub(crate) column: usize,
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Which of the lists.
    pub(crate) choices: usize,
}

/// A sheet to be written.
pub(crate) struct Table<'a> {
    /// Name of the sheet.
    pub(crate) name: &'static str,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) choices: Vec<Choices<'a>>,
    pub(crate) drop_downs: Vec<DropDown>,
}

/// A sheet as read: what stands in row `n + 2` of the spreadsheet is `rows[n]`.
#[derive(Debug)]
pub(crate) struct Grid {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Grid {
    /// Reads CSV or a workbook, whichever the bytes are.
    pub(crate) fn read(bytes: &[u8], sheet: &str) -> Result<Self, ReadError> {
        if bytes.starts_with(b"PK\x03\x04") {
            read_xlsx(bytes, sheet)
        } else {
            read_csv(bytes)
        }
    }

    /// Drops blank rows at the end and refuses them elsewhere, since rows are named by number.
    fn new(mut all: Vec<Vec<String>>) -> Result<Self, ReadError> {
        let is_blank = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
        while all.last().is_some_and(is_blank) {
            all.pop();
        }
        if let Some(at) = all.iter().position(is_blank) {
            return Err(ReadError::BlankRow { row: at + 1 });
        }
        let mut rows = all.into_iter();
        let header = rows.next().unwrap_or_default();
        Ok(Self {
            header,
            rows: rows.collect(),
        })
    }

    /// Finds the columns that a sheet must have, and those of a numbered series such as 副分類1.
    pub(crate) fn locate(
        &self,
        known: &[&'static str],
        series: Option<&str>,
    ) -> Result<Places, ReadError> {
        let mut at = vec![None; known.len()];
        let mut numbered = Vec::new();
        for (place, header) in self.header.iter().enumerate() {
            let found = known
                .iter()
                .position(|k| width::key(k) == width::key(header));
            match (found, series.and_then(|name| number_of(header, name))) {
                (Some(index), _) if at.get(index).is_some_and(Option::is_some) => {
                    return Err(ReadError::RepeatedColumn {
                        header: header.clone(),
                    });
                }
                (Some(index), _) => at.iter_mut().skip(index).take(1).for_each(|p| {
                    *p = Some(place);
                }),
                (None, Some(number)) => numbered.push((number, place)),
                (None, None) => self.refuse_stray(place, header)?,
            }
        }
        self.refuse_beyond_header()?;
        numbered.sort_unstable();
        let missing = |(place, header): (Option<usize>, &&'static str)| {
            place.ok_or(ReadError::MissingColumn { header })
        };
        Ok(Places {
            at: at
                .into_iter()
                .zip(known)
                .map(missing)
                .collect::<Result<_, _>>()?,
            series: numbered.into_iter().map(|(_, place)| place).collect(),
        })
    }

    /// A column without header may be there as long as nothing stands in it.
    fn refuse_stray(&self, place: usize, header: &str) -> Result<(), ReadError> {
        let is_used = |row: &Vec<String>| row.get(place).is_some_and(|c| !c.trim().is_empty());
        if header.trim().is_empty() && !self.rows.iter().any(is_used) {
            return Ok(());
        }
        Err(ReadError::UnknownColumn {
            column: letters(place),
            header: header.trim().to_owned(),
        })
    }

    fn refuse_beyond_header(&self) -> Result<(), ReadError> {
        let widest = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        (self.header.len()..widest).try_for_each(|place| self.refuse_stray(place, ""))
    }
}

/// Where the columns of a sheet are.
pub(crate) struct Places {
    at: Vec<usize>,
    /// The columns of the numbered series, by number.
    pub(crate) series: Vec<usize>,
}

impl Places {
    /// The cell of a row in the known column of that index.
    pub(crate) fn cell<'r>(&self, row: &'r [String], column: usize) -> &'r str {
        let place = self.at.get(column);
        place.and_then(|at| row.get(*at)).map_or("", String::as_str)
    }

    /// [`Places::cell`] without white space around it.
    pub(crate) fn word(&self, row: &[String], column: usize) -> String {
        self.cell(row, column).trim().to_owned()
    }

    /// [`Places::cell`]; `None` when it is blank.
    pub(crate) fn text(&self, row: &[String], column: usize) -> Option<String> {
        let cell = self.cell(row, column);
        (!cell.trim().is_empty()).then(|| cell.to_owned())
    }
}

/// The codes of a cell, separated by semicolons, commas or line breaks.
pub(crate) fn words(cell: &str) -> Vec<String> {
    cell.split([';', '；', ',', '，', '、', '\n'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `2` for `副分類2` in the series `副分類`, and `0` for the bare name.
fn number_of(header: &str, series: &str) -> Option<usize> {
    let header = width::key(header);
    let rest = header.strip_prefix(&width::key(series))?;
    if rest.is_empty() {
        Some(0)
    } else {
        rest.parse().ok()
    }
}

/// Name of a column in a spreadsheet: `A`, …, `Z`, `AA`.
fn letters(place: usize) -> String {
    let mut rest = place + 1;
    let mut out = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        out.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    out.iter().rev().collect()
}

/// Text that survives every spreadsheet: one kind of line break, no other control characters.
pub(crate) fn clean(text: &str) -> String {
    let is_lost = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !is_lost(c))
        .collect()
}

/// A text that fits a cell; what does not fit is replaced by `…`.
pub(crate) fn excerpt(text: &str) -> String {
    let text = clean(text);
    let mut units = 0;
    let kept = text.char_indices().find_map(|(at, c)| {
        units += c.len_utf16();
        (units > MAX_CELL).then_some(at)
    });
    match kept.and_then(|at| text.get(..at)) {
        Some(kept) => format!("{kept}…"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        for (place, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(place), name);
        }
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        assert_eq!(excerpt("a\r\nb\u{1}"), "a\nb");
        let long = excerpt(&"𠮷".repeat(20_000));
        assert_eq!(long.chars().count(), 16_001);
        assert!(long.ends_with("𠮷…"));
    }

    #[test]
    fn numbered_columns() {
        assert_eq!(number_of("副分類２", "副分類"), Some(2));
        assert_eq!(number_of("副分類", "副分類"), Some(0));
        assert_eq!(number_of("副分類の理由", "副分類"), None);
    }
}
