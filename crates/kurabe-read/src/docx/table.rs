//! Tables: cells with their spans, on one grid (ISO/IEC 29500-1, 17.4).

use std::collections::BTreeMap;

use kurabe_page::Cell;

use super::flow::Flow;
use super::xml::El;
use crate::ReadError;
use crate::pieces::{Grid, Piece, Placed};

/// Most columns that a cell may span; word processors allow 63.
const MAX_COLUMNS: u16 = 1000;

/// A table that is being read.
#[derive(Default)]
struct Builder {
    rows: Vec<Vec<Placed>>,
    columns: usize,
    skipped: Vec<(usize, &'static str)>,
    /// By column, the cells of the row before that may go on below: row, and place in its row.
    merged: BTreeMap<usize, (usize, usize)>,
}

/// How a cell goes together with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Merge {
    None,
    Begins,
    GoesOn,
}

impl Merge {
    /// The state that a property of a cell tells. Without a value it goes on.
    fn of(properties: Option<El>, name: &str) -> Self {
        match properties.and_then(|p| p.child(name)) {
            None => Self::None,
            Some(merge) if merge.attribute("val") == Some("restart") => Self::Begins,
            Some(_) => Self::GoesOn,
        }
    }
}

impl Flow<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, table: El, out: &mut Vec<Piece>) -> Result<(), ReadError> {
        let mut builder = Builder::default();
        for row in table.children().filter(|child| child.name() == "w:tr") {
            let properties = row.child("w:trPr");
            let is_gone = |p: El| p.child("w:del").or(p.child("w:moveFrom")).is_some();
            if !properties.is_some_and(is_gone) {
                self.row(row, properties, &mut builder)?;
            }
        }
        let mut grid = Grid::fill(builder.rows, builder.columns, &mut self.budget)?;
        grid.skipped = builder.skipped;
        if grid.is_written() || !grid.skipped.is_empty() {
            out.push(Piece::Table(grid));
        }
        Ok(())
    }

    fn row(&mut self, row: El, properties: Option<El>, to: &mut Builder) -> Result<(), ReadError> {
        let number = |name| properties.and_then(|p| columns(p, name)).unwrap_or(0);
        let mut column = usize::from(number("w:gridBefore"));
        let mut placed: Vec<Placed> = Vec::new();
        let mut merged = BTreeMap::new();
        for cell in row.children().filter(|child| child.name() == "w:tc") {
            let properties = cell.child("w:tcPr");
            if properties.is_some_and(|p| p.child("w:cellDel").is_some()) {
                continue;
            }
            let span = properties
                .and_then(|p| columns(p, "w:gridSpan"))
                .unwrap_or(1)
                .max(1);
            let pieces = self.blocks(cell)?;
            let (content, skipped) = self.budget.cell(pieces)?;
            let at = to.rows.len();
            to.skipped
                .extend(skipped.into_iter().map(|rule| (at, rule)));
            let cell = Cell {
                column_span: span,
                ..content
            };
            let goes_on_left = Merge::of(properties, "w:hMerge") == Merge::GoesOn;
            match (goes_on_left, placed.last_mut()) {
                (true, Some((_, left))) => {
                    left.column_span = left.column_span.saturating_add(span);
                    to.hide(&cell);
                }
                _ => to.place(
                    column,
                    cell,
                    Merge::of(properties, "w:vMerge"),
                    &mut placed,
                    &mut merged,
                ),
            }
            column += usize::from(span);
        }
        to.columns = to.columns.max(column + usize::from(number("w:gridAfter")));
        to.rows.push(placed);
        to.merged = merged;
        Ok(())
    }
}

impl Builder {
    /// Puts a cell on the row that is being read, or joins it to the one above.
    fn place(
        &mut self,
        column: usize,
        cell: Cell,
        merge: Merge,
        placed: &mut Vec<Placed>,
        merged: &mut BTreeMap<usize, (usize, usize)>,
    ) {
        let above = self
            .merged
            .get(&column)
            .copied()
            .filter(|_| merge == Merge::GoesOn);
        if let Some((row, place)) = above {
            let upper = self.rows.get_mut(row).and_then(|row| row.get_mut(place));
            if let Some((_, upper)) = upper {
                upper.row_span = upper.row_span.saturating_add(1);
            }
            self.hide(&cell);
            merged.insert(column, (row, place));
            return;
        }
        if merge != Merge::None {
            merged.insert(column, (self.rows.len(), placed.len()));
        }
        placed.push((column, cell));
    }

    /// What stands in a cell that is covered by another one is not shown.
    fn hide(&mut self, cell: &Cell) {
        if !cell.is_blank() {
            self.skipped.push((self.rows.len(), "hidden"));
        }
    }
}

/// A number of columns that a property states.
fn columns(properties: El, name: &str) -> Option<u16> {
    let number: i64 = properties.value(name)?.trim().parse().ok()?;
    u16::try_from(number.clamp(0, i64::from(MAX_COLUMNS))).ok()
}
