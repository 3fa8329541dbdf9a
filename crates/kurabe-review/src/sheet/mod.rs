//! The coding sheet: the source text beside each measure, and columns for the codes.

mod check;

pub use check::{Change, check};

use crate::grid::{self, Choices, Column, DropDown, Grid, Table, excerpt, words};
use crate::{Codes, Coding, ReadError, WriteError};

/// Name of the sheet in a workbook.
const NAME: &str = "分類";

/// Name of the sheet with the list of codes.
const CODES: &str = "コード";

/// The numbered columns 副分類1, 副分類2, …
const SECONDARY: &str = "副分類";

/// Columns for secondary codes that every sheet has; more when a row needs them.
const SECONDARY_COLUMNS: usize = 4;

/// The columns but those of the secondary codes, which stand before the reason.
const HEADERS: [&str; 13] = [
    "施策ID",
    "自治体",
    "番号",
    "施策名",
    "担当部署",
    "区分",
    "原文",
    "主分類",
    "理由",
    "プログラムの主分類",
    "プログラムの副分類",
    "計画の版",
    "内容キー",
];
const WIDTHS: [f64; 13] = [
    22.0, 12.0, 8.0, 36.0, 20.0, 20.0, 60.0, 22.0, 30.0, 22.0, 22.0, 10.0, 18.0,
];
const ID: usize = 0;
const MUNICIPALITY: usize = 1;
const NUMBER: usize = 2;
const TITLE: usize = 3;
const DEPARTMENTS: usize = 4;
const SECTION: usize = 5;
const TEXT: usize = 6;
const PRIMARY: usize = 7;
const REASON: usize = 8;
const PROGRAM_PRIMARY: usize = 9;
const PROGRAM_SECONDARY: usize = 10;
const EDITION: usize = 11;
const KEY: usize = 12;

/// A measure to be coded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRow {
    /// Id of the measure.
    pub measure_id: String,
    /// Name of the municipality.
    pub municipality: String,
    /// Number of the measure; empty when it has none.
    pub number: String,
    /// Title.
    pub title: String,
    /// Departments; empty when none is named.
    pub departments: String,
    /// Section of the plan; empty when there is none.
    pub section: String,
    /// What the source says. Cut after 32,000 characters when written.
    pub text: String,
    /// Key of the content, see [`content_key`](crate::overrides::content_key).
    pub content_key: String,
    /// Edition of the codes: filled on reading. The writers put that of the codes.
    pub edition: String,
    /// Primary code that a person gave.
    pub primary: Option<String>,
    /// Secondary codes that a person gave.
    pub secondary: Vec<String>,
    /// Why.
    pub reason: Option<String>,
    /// Primary code that the program gave; empty in a blind sheet.
    pub program_primary: Option<String>,
    /// Secondary codes that the program gave; empty in a blind sheet.
    pub program_secondary: Vec<String>,
}

impl SheetRow {
    /// The codes that a person gave.
    pub fn coding(&self) -> Coding {
        Coding {
            primary: self.primary.clone(),
            secondary: self.secondary.clone(),
        }
    }

    /// The codes that the program gave.
    pub fn program_coding(&self) -> Coding {
        Coding {
            primary: self.program_primary.clone(),
            secondary: self.program_secondary.clone(),
        }
    }
}

/// The coding sheet as CSV for spreadsheets: UTF-8 with a byte order mark, CRLF.
///
/// Text that a spreadsheet would run has an apostrophe in front, which [`read_csv`] takes away.
/// With `blind` the columns of the program's answer stay empty.
pub fn write_csv(rows: &[SheetRow], codes: &Codes, blind: bool) -> Vec<u8> {
    grid::write_csv(&table(rows, codes, blind))
}

/// The coding sheet as a workbook, with the codes as drop-down lists.
///
/// # Errors
/// When a text is too long for a cell, or there are more rows than a workbook holds.
pub fn write_xlsx(rows: &[SheetRow], codes: &Codes, blind: bool) -> Result<Vec<u8>, WriteError> {
    grid::write_xlsx(&table(rows, codes, blind))
}

/// Reads a coding sheet from CSV, in UTF-8 or, as Excel in Japan saves it, in CP932.
///
/// Codes are as typed: [`check`] says which are valid.
///
/// # Errors
/// When the file is too big, no CSV, or its columns are not those of a coding sheet.
pub fn read_csv(bytes: &[u8]) -> Result<Vec<SheetRow>, ReadError> {
    rows(&grid::read_csv(bytes)?)
}

/// Reads a coding sheet from a workbook.
///
/// # Errors
/// When the file is too big, no workbook, or its columns are not those of a coding sheet.
pub fn read_xlsx(bytes: &[u8]) -> Result<Vec<SheetRow>, ReadError> {
    rows(&grid::read_xlsx(bytes, NAME)?)
}

/// Reads a coding sheet, whether it is a workbook or CSV.
///
/// # Errors
/// As [`read_xlsx`] and [`read_csv`].
pub fn read(bytes: &[u8]) -> Result<Vec<SheetRow>, ReadError> {
    rows(&Grid::read(bytes, NAME)?)
}

fn table<'a>(rows: &[SheetRow], codes: &'a Codes, blind: bool) -> Table<'a> {
    let most = rows.iter().map(|row| row.secondary.len()).max();
    let extra = most.unwrap_or(0).max(SECONDARY_COLUMNS);
    let code_columns = PRIMARY..=PRIMARY + extra;
    let drop_down = |column| DropDown {
        column,
        first: 0,
        last: rows.len().saturating_sub(1),
        choices: 0,
    };
    Table {
        name: NAME,
        columns: columns(extra),
        rows: rows
            .iter()
            .map(|row| cells(row, codes.edition(), blind, extra))
            .collect(),
        choices: vec![Choices {
            name: CODES,
            list: codes.list(),
        }],
        drop_downs: code_columns.map(drop_down).collect(),
    }
}

fn columns(extra: usize) -> Vec<Column> {
    let mut columns = Vec::new();
    for (index, (header, width)) in HEADERS.into_iter().zip(WIDTHS).enumerate() {
        columns.push(match index {
            PRIMARY | REASON => Column::input(header, width),
            _ => Column::new(header, width),
        });
        if index == PRIMARY {
            let numbered = |n| Column::input(format!("{SECONDARY}{n}"), width);
            columns.extend((1..=extra).map(numbered));
        }
    }
    columns
}

fn cells(row: &SheetRow, edition: &str, blind: bool, extra: usize) -> Vec<String> {
    let program = if blind {
        Coding::default()
    } else {
        row.program_coding()
    };
    let mut cells = vec![
        row.measure_id.clone(),
        row.municipality.clone(),
        row.number.clone(),
        row.title.clone(),
        row.departments.clone(),
        row.section.clone(),
        excerpt(&row.text),
        row.primary.clone().unwrap_or_default(),
    ];
    let secondary = row.secondary.iter().cloned();
    cells.extend(
        secondary
            .chain(std::iter::repeat(String::new()))
            .take(extra),
    );
    cells.extend([
        row.reason.clone().unwrap_or_default(),
        program.primary.unwrap_or_default(),
        program.secondary.join("; "),
        edition.to_owned(),
        row.content_key.clone(),
    ]);
    cells
}

fn rows(grid: &Grid) -> Result<Vec<SheetRow>, ReadError> {
    let places = grid.locate(&HEADERS, Some(SECONDARY))?;
    let row = |row: &Vec<String>| SheetRow {
        measure_id: places.word(row, ID),
        municipality: places.cell(row, MUNICIPALITY).to_owned(),
        number: places.cell(row, NUMBER).to_owned(),
        title: places.cell(row, TITLE).to_owned(),
        departments: places.cell(row, DEPARTMENTS).to_owned(),
        section: places.cell(row, SECTION).to_owned(),
        text: places.cell(row, TEXT).to_owned(),
        content_key: places.word(row, KEY),
        edition: places.word(row, EDITION),
        primary: places.text(row, PRIMARY).map(|code| code.trim().to_owned()),
        secondary: secondary(&places.series, row),
        reason: places.text(row, REASON),
        program_primary: places.text(row, PROGRAM_PRIMARY),
        program_secondary: words(places.cell(row, PROGRAM_SECONDARY)),
    };
    Ok(grid.rows.iter().map(row).collect())
}

fn secondary(series: &[usize], row: &[String]) -> Vec<String> {
    let cells = series.iter().filter_map(|place| row.get(*place));
    cells.flat_map(|cell| words(cell)).collect()
}
