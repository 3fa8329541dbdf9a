//! Tests of the readers of workbooks and delimited text, and of telling formats apart.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail, and says what it skips"
)]

mod against_calamine;
mod binary_sheets;
mod build;
mod corpus;
mod delimited;
mod detection;
mod hostile;
mod mutated;
mod office_sheets;
mod open_sheets;
mod real;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use kurabe_page::{Block, Page, Place, Table};
use kurabe_read::{Hint, ReadError, read};
use kurabe_trace::{Code, Finding, Staged};

/// Reads `bytes` with nothing known about them.
fn detect(bytes: &[u8]) -> Result<Staged<Page>, ReadError> {
    read(bytes, &Hint::default())
}

/// A file of the folder `shared` beside the repository; `None` with a word about it when the
/// folder is not there.
fn shared(path: &str) -> Option<Vec<u8>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let bytes = fs::read(PathBuf::from(root).join(path)).ok();
    if bytes.is_none() {
        println!("skipped: ../shared is absent ({path})");
    }
    bytes
}

/// The tables of a page.
fn tables(page: &Page) -> Vec<&Table> {
    let tables = page.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

/// The texts of the paragraphs of a page, lines joined by `/`.
fn paragraphs(page: &Page) -> Vec<String> {
    let paragraphs = page.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(lines) => {
            let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            Some(lines.join("/"))
        }
        _ => None,
    });
    paragraphs.collect()
}

/// The cells of a table, rows joined by line feeds, cells by `|`, spans as `<rows x columns>`.
fn grid(table: &Table) -> String {
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| {
            let text = cell.raw.replace('\n', "⏎");
            match (cell.row_span, cell.column_span) {
                (1, 1) => text,
                (rows, columns) => format!("{text}<{rows}x{columns}>"),
            }
        });
        cells.collect::<Vec<_>>().join("|")
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// Rows and columns of a table that is a grid.
fn shape(table: &Table) -> (usize, usize) {
    assert!(table.is_grid);
    let width = table.rows[0].cells.len();
    assert!(table.rows.iter().all(|row| row.cells.len() == width));
    (table.rows.len(), width)
}

/// A cell by its sheet, row and column.
type At = (String, u32, u32);

/// Everything that is written on a page of sheets.
fn written(page: &Page) -> BTreeMap<At, String> {
    let mut cells: BTreeMap<At, String> = BTreeMap::new();
    let mut put = |line: u32, index: usize, text: &str| {
        let Place::SheetRow {
            sheet,
            row,
            columns,
        } = &page.places[line as usize - 1]
        else {
            panic!("no place in a sheet");
        };
        let at = (sheet.clone(), *row, columns[index]);
        let known = cells.entry(at).or_default();
        if !known.is_empty() {
            known.push('\n');
        }
        known.push_str(text);
    };
    for block in &page.blocks {
        match block {
            Block::Paragraph(lines) => {
                lines
                    .iter()
                    .for_each(|line| put(line.number, 0, &line.text));
            }
            Block::Table(table) => {
                for row in &table.rows {
                    let written = row.cells.iter().enumerate();
                    let written = written.filter(|(_, cell)| !cell.is_blank());
                    written.for_each(|(index, cell)| put(row.line, index, &cell.raw));
                }
            }
            other => panic!("{other:?}"),
        }
    }
    cells
}

/// The findings of a code.
fn of(staged: &Staged<Page>, code: Code) -> Vec<&Finding> {
    let findings = staged.findings.iter();
    findings.filter(|finding| finding.code == code).collect()
}

/// Each number of a page is written in one block or skipped, and has its place.
fn assert_accounted(page: &Page) {
    let mut numbers: Vec<u32> = page.skipped.iter().map(|(number, _)| *number).collect();
    for block in &page.blocks {
        match block {
            Block::Heading { line, .. } => numbers.push(line.number),
            Block::Paragraph(lines) | Block::Item(lines) => {
                numbers.extend(lines.iter().map(|line| line.number));
            }
            Block::Table(table) => {
                let written = |row: &&kurabe_page::Row| row.cells.iter().any(|c| !c.is_blank());
                numbers.extend(table.rows.iter().filter(written).map(|row| row.line));
            }
        }
    }
    numbers.sort_unstable();
    assert_eq!(numbers, page.written_lines);
    let last = page.written_lines.last().copied().unwrap_or(0);
    assert!(page.places.len() >= last as usize);
}
