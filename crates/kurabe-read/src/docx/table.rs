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
    /// By column, the cells that may go on below the row.
    merged: BTreeMap<usize, Start>,
    /// Column of the next cell of the row.
    column: usize,
}

/// The row that a merged cell begins in, and its place among the cells that begin there.
type Start = (usize, usize);

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
        to.column = usize::from(number("w:gridBefore"));
        let mut placed: Vec<Placed> = Vec::new();
        let above = std::mem::take(&mut to.merged);
        for cell in row.children().filter(|child| child.name() == "w:tc") {
            let properties = cell.child("w:tcPr");
            if properties.is_some_and(|p| p.child("w:cellDel").is_some()) {
                continue;
            }
            let span = properties.and_then(|p| columns(p, "w:gridSpan"));
            let pieces = self.blocks(cell)?;
            let (content, skipped) = self.budget.cell(pieces)?;
            let at = to.rows.len();
            to.skipped
                .extend(skipped.into_iter().map(|rule| (at, rule)));
            let cell = Cell {
                column_span: span.unwrap_or(1).max(1),
                ..content
            };
            to.place(cell, properties, &above, &mut placed);
        }
        to.columns = to
            .columns
            .max(to.column + usize::from(number("w:gridAfter")));
        to.rows.push(placed);
        Ok(())
    }
}

impl Builder {
    /// Puts a cell on the row that is being read, or joins it to the one beside or above it.
    fn place(
        &mut self,
        cell: Cell,
        properties: Option<El>,
        above: &BTreeMap<usize, Start>,
        placed: &mut Vec<Placed>,
    ) {
        let (column, span) = (self.column, cell.column_span);
        self.column += usize::from(span);
        let goes_on_left = Merge::of(properties, "w:hMerge") == Merge::GoesOn;
        if let Some((_, left)) = placed.last_mut().filter(|_| goes_on_left) {
            left.column_span = left.column_span.saturating_add(span);
            return self.hide(&cell);
        }
        let merge = Merge::of(properties, "w:vMerge");
        let start = above.get(&column).filter(|_| merge == Merge::GoesOn);
        if let Some((row, place)) = start.copied() {
            let upper = self.rows.get_mut(row).and_then(|row| row.get_mut(place));
            if let Some((_, upper)) = upper {
                upper.row_span = upper.row_span.saturating_add(1);
            }
            self.merged.insert(column, (row, place));
            return self.hide(&cell);
        }
        if merge != Merge::None {
            self.merged.insert(column, (self.rows.len(), placed.len()));
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
