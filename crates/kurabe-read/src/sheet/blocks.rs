//! A sheet → paragraphs and tables.
//!
//! Blank rows separate blocks. In each block, leading rows in which one cell is written (a title,
//! a legend) and trailing notes are paragraphs, the rows between them are a table.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_page::{Cell, Place};

use super::model::{Area, Hidden, Sheet, SheetCell};
use crate::build::{PageBuilder, text_cell};
use crate::{Limits, ReadError};

/// Signs that notes below a table begin with.
const NOTE_MARKS: &[&str] = &[
    "※",
    "＊",
    "*",
    "注",
    "（注",
    "(注",
    "〔注",
    "【注",
    "備考",
    "出典",
    "資料：",
    "資料:",
];

/// A written cell that is shown.
struct Shown<'s> {
    column: u32,
    text: &'s str,
    /// The last row and column of its merged area.
    last: (u32, u32),
}

impl Shown<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A row in which something is written.
struct ShownRow<'s> {
    row: u32,
    cells: Vec<Shown<'s>>,
}

impl ShownRow<'_> {
    /// The last row that a merged area which begins here reaches.
    fn reach(&self) -> u32 {
        let written = self.cells.iter().filter(|cell| !cell.is_blank());
        written.map(|cell| cell.last.0).max().unwrap_or(self.row)
    }

    /// The only written cell.
    fn single(&self) -> Option<&Shown<'_>> {
        let mut written = self.cells.iter().filter(|cell| !cell.is_blank());
        let first = written.next()?;
        written.next().is_none().then_some(first)
    }

    fn is_note(&self) -> bool {
        let text = self.single().map(|cell| cell.text.trim_start());
        text.is_some_and(|text| NOTE_MARKS.iter().any(|mark| text.starts_with(mark)))
    }
}

/// Adds what a sheet shows to the page. `covered` receives the cells that lie under merged ones.
pub(super) fn add<'s>(
    page: &mut PageBuilder,
    sheet: &'s Sheet,
    limits: Limits,
    room: &mut u64,
    covered: &mut Vec<&'s SheetCell>,
) -> Result<(), ReadError> {
    let rows = shown_rows(sheet, covered);
    let mut hidden = hidden_rows(sheet).into_iter().peekable();
    for block in blocks(rows, &sheet.rows) {
        let first = block.first().map_or(0, |row| row.row);
        while let Some((_, rule, place)) = hidden.next_if(|(row, ..)| *row < first) {
            page.skip(rule, place);
        }
        add_block(page, sheet, &block, limits, room)?;
    }
    hidden.for_each(|(_, rule, place)| page.skip(rule, place));
    Ok(())
}

/// The written rows that are not shown, with the rule that hides them and their places.
fn hidden_rows(sheet: &Sheet) -> Vec<(u32, &'static str, Place)> {
    let rows = sheet.cells.chunk_by(|a, b| a.row == b.row);
    let hidden = rows.filter_map(|cells| {
        let row = cells.first()?.row;
        let mut written = cells.iter().filter(|cell| !cell.text.trim().is_empty());
        let first = written.next()?;
        let is_shown = |cell: &SheetCell| !sheet.columns.holds(cell.column);
        let rule = if sheet.rows.holds(row) {
            "hidden_row"
        } else if !is_shown(first) && !written.any(is_shown) {
            "hidden_column"
        } else {
            return None;
        };
        Some((row, rule, row_place(sheet, cells)))
    });
    hidden.collect()
}

/// The place of a row that is left out.
pub(super) fn row_place(sheet: &Sheet, cells: &[SheetCell]) -> Place {
    Place::SheetRow {
        sheet: sheet.name.clone(),
        row: cells.first().map_or(1, |cell| cell.row),
        columns: cells.iter().map(|cell| cell.column).collect(),
    }
}

/// The shown rows with their cells, merged ones at the first corner that is shown.
fn shown_rows<'s>(sheet: &'s Sheet, covered: &mut Vec<&'s SheetCell>) -> Vec<ShownRow<'s>> {
    let mut merges = Merges::new(sheet);
    let mut rows: BTreeMap<u32, Vec<Shown<'s>>> = BTreeMap::new();
    for cell in &sheet.cells {
        let (corner, last) = match merges.at(cell) {
            Merged::Alone => ((cell.row, cell.column), (cell.row, cell.column)),
            Merged::Corner(area) => (area.first, area.last),
            Merged::Covered => {
                covered.push(cell);
                continue;
            }
        };
        let row = sheet.rows.first_shown(corner.0, last.0);
        let column = sheet.columns.first_shown(corner.1, last.1);
        if let Some((row, column)) = row.zip(column) {
            let text = cell.text.as_str();
            rows.entry(row)
                .or_default()
                .push(Shown { column, text, last });
        }
    }
    let mut rows: Vec<ShownRow> = rows
        .into_iter()
        .map(|(row, cells)| ShownRow { row, cells })
        .collect();
    for row in &mut rows {
        row.cells.sort_by_key(|cell| cell.column);
        row.cells.dedup_by_key(|cell| cell.column);
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_blank()));
    rows
}

/// How a cell stands to the merged areas.
enum Merged {
    Alone,
    Corner(Area),
    Covered,
}

/// Merged areas in the order of their rows, those that are passed taken off.
struct Merges<'s> {
    waiting: &'s [Area],
    /// Areas that reach the current row, by their first column.
    open: BTreeMap<u32, Area>,
    /// Last row and first column of each.
    ends: BTreeSet<(u32, u32)>,
}

impl<'s> Merges<'s> {
    fn new(sheet: &'s Sheet) -> Self {
        Self {
            waiting: &sheet.merges,
            open: BTreeMap::new(),
            ends: BTreeSet::new(),
        }
    }

    /// Cells are asked for in the order of their rows.
    fn at(&mut self, cell: &SheetCell) -> Merged {
        self.go_to(cell.row);
        let place = (cell.row, cell.column);
        let before = self.open.range(..=cell.column).next_back();
        match before.filter(|(_, area)| area.last.1 >= cell.column) {
            None => Merged::Alone,
            Some((_, area)) if area.first == place => Merged::Corner(*area),
            Some(_) => Merged::Covered,
        }
    }

    fn go_to(&mut self, row: u32) {
        while let Some((last, column)) = self.ends.first().copied().filter(|end| end.0 < row) {
            self.ends.pop_first();
            if self
                .open
                .get(&column)
                .is_some_and(|area| area.last.0 == last)
            {
                self.open.remove(&column);
            }
        }
        while let [area, rest @ ..] = self.waiting
            && area.first.0 <= row
        {
            self.waiting = rest;
            if area.last.0 >= row {
                self.open.insert(area.first.1, *area);
                self.ends.insert((area.last.0, area.first.1));
            }
        }
    }
}

/// Rows between which there is no blank one. A blank row that a merged cell covers is none.
fn blocks<'s>(rows: Vec<ShownRow<'s>>, hidden: &Hidden) -> Vec<Vec<ShownRow<'s>>> {
    let mut blocks: Vec<Vec<ShownRow<'s>>> = Vec::new();
    let mut reach = 0;
    for row in rows {
        let is_apart = hidden.shown(reach + 1, row.row.saturating_sub(1)) > 0;
        reach = if is_apart {
            row.reach()
        } else {
            reach.max(row.reach())
        };
        match blocks.last_mut().filter(|_| !is_apart) {
            Some(block) => block.push(row),
            None => blocks.push(vec![row]),
        }
    }
    blocks
}

fn add_block(
    page: &mut PageBuilder,
    sheet: &Sheet,
    block: &[ShownRow],
    limits: Limits,
    room: &mut u64,
) -> Result<(), ReadError> {
    let leading = block.len() - without_titles(block).len();
    let (titles, rest) = block.split_at(leading);
    let (body, notes) = rest.split_at(without_notes(rest).len());
    page.paragraph(titles.iter().flat_map(|row| lines(sheet, row)));
    if let (Some(first), Some(last)) = (body.first(), body.last()) {
        let reach = body.iter().map(ShownRow::reach).max().unwrap_or(last.row);
        let end = notes.first().map_or(reach, |note| reach.min(note.row - 1));
        let columns = shown_columns(sheet, body);
        let rows = u64::from(sheet.rows.shown(first.row, end));
        let width = u64::try_from(columns.len()).unwrap_or(u64::MAX);
        *room = room
            .checked_sub(rows.saturating_mul(width))
            .ok_or_else(|| ReadError::too_large("cells", limits.cells))?;
        let grid = Grid {
            sheet,
            columns,
            first: first.row,
            end,
        };
        page.table(grid.rows(body), true);
    }
    page.paragraph(notes.iter().flat_map(|row| lines(sheet, row)));
    Ok(())
}

/// A block without its leading rows of one cell.
fn without_titles<'b, 's>(block: &'b [ShownRow<'s>]) -> &'b [ShownRow<'s>] {
    let mut rest = block;
    while let [row, after @ ..] = rest {
        let next = after.first().map_or(u32::MAX, |next| next.row);
        if row.single().is_none() || row.reach() >= next {
            break;
        }
        rest = after;
    }
    rest
}

/// A table without the notes below it, which stand beside no merged cell.
fn without_notes<'b, 's>(rows: &'b [ShownRow<'s>]) -> &'b [ShownRow<'s>] {
    let mut rest = rows;
    while let [before @ .., row] = rest {
        let reach = before.iter().map(ShownRow::reach).max();
        if !row.is_note() || reach.is_none_or(|reach| reach >= row.row) {
            break;
        }
        rest = before;
    }
    rest
}

/// The lines of the written cell of a row, all at its place.
fn lines(sheet: &Sheet, row: &ShownRow) -> Vec<(String, Place)> {
    let cell = row.single();
    let lines = cell
        .iter()
        .flat_map(|cell| cell.text.split('\n').map(|line| (line, cell.column)));
    let lines = lines.map(|(line, column)| {
        let place = Place::SheetRow {
            sheet: sheet.name.clone(),
            row: row.row,
            columns: vec![column],
        };
        (line.to_owned(), place)
    });
    lines.collect()
}

/// The columns from the first to the last that a table uses, hidden ones left out. A merged cell
/// that runs on to the edge of the sheet uses none that nothing else uses.
fn shown_columns(sheet: &Sheet, rows: &[ShownRow]) -> Vec<u32> {
    let cells = || {
        rows.iter()
            .flat_map(|row| &row.cells)
            .filter(|cell| !cell.is_blank())
    };
    let first = cells().map(|cell| cell.column).min().unwrap_or(1);
    let last = cells().map(|cell| cell.column).max().unwrap_or(1);
    let merged = cells().map(|cell| cell.last.1).filter(|last| *last < EDGE);
    let last = merged.max().unwrap_or(last).max(last);
    (first..=last)
        .filter(|column| !sheet.columns.holds(*column))
        .collect()
}

/// The narrowest sheets end here.
const EDGE: u32 = 256;

/// A table while it is laid out.
struct Grid<'s> {
    sheet: &'s Sheet,
    /// Columns of the sheet.
    columns: Vec<u32>,
    /// First and last row of the sheet.
    first: u32,
    end: u32,
}

impl Grid<'_> {
    fn rows(&self, body: &[ShownRow]) -> Vec<(Vec<Cell>, Place)> {
        let mut written = body.iter().peekable();
        let shown = (self.first..=self.end).filter(|row| !self.sheet.rows.holds(*row));
        let rows = shown.map(|row| {
            let cells = match written.next_if(|w| w.row == row) {
                Some(row) => self.cells(row),
                None => self.columns.iter().map(|_| Cell::default()).collect(),
            };
            let place = Place::SheetRow {
                sheet: self.sheet.name.clone(),
                row,
                columns: self.columns.clone(),
            };
            (cells, place)
        });
        rows.collect()
    }

    fn cells(&self, row: &ShownRow) -> Vec<Cell> {
        let mut written = row.cells.iter().peekable();
        let cells = self.columns.iter().map(|column| {
            while written.next_if(|cell| cell.column < *column).is_some() {}
            match written.next_if(|cell| cell.column == *column) {
                Some(cell) => self.cell(row.row, cell),
                None => Cell::default(),
            }
        });
        cells.collect()
    }

    fn cell(&self, row: u32, cell: &Shown) -> Cell {
        let last_column = self.columns.last().copied().unwrap_or(cell.column);
        let last = (cell.last.0.min(self.end), cell.last.1.min(last_column));
        let rows = self.sheet.rows.shown(row, last.0);
        let columns = self.sheet.columns.shown(cell.column, last.1);
        let span = |count: u32| u16::try_from(count.max(1)).unwrap_or(u16::MAX);
        Cell {
            row_span: span(rows),
            column_span: span(columns),
            ..text_cell(cell.text)
        }
    }
}
