//! Tables: rows in the order in which they are shown, cells where they stand ("forming a table",
//! HTML Standard, 4.9.12).

use kurabe_page::Cell;

use super::dom::Node;
use super::role::Section;
use crate::ReadError;
use crate::pieces::{Budget, Grid, Piece, Placed};

/// Most columns that a cell may span, and most rows (HTML Standard, 4.9.11).
const MAX_COLUMNS: u16 = 1000;
const MAX_ROWS: u16 = 65534;

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Builder {
    groups: Vec<Group>,
    /// What stands before the table.
    pub(super) captions: Vec<Piece>,
}

#[derive(Debug)]
struct Group {
    section: Section,
    rows: Vec<Row>,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Spanning>,
    skipped: Vec<&'static str>,
}

/// A cell and the spans that it states; no rows mean all that follow in its group.
#[derive(Debug)]
struct Spanning {
    cell: Cell,
    columns: u16,
    rows: u16,
}

impl Builder {
    /// Begins a group of rows.
    pub(super) fn start_group(&mut self, section: Section) {
        self.groups.push(Group {
            section,
            rows: Vec::new(),
        });
    }

    /// Begins a row.
    pub(super) fn start_row(&mut self) {
        if self.groups.is_empty() {
            self.start_group(Section::Body);
        }
        if let Some(group) = self.groups.last_mut() {
            group.rows.push(Row::default());
        }
    }

    /// Adds a cell with the spans that its element states.
    pub(super) fn cell(&mut self, cell: (Cell, Vec<&'static str>), element: Option<&Node>) {
        if self.groups.last().is_none_or(|group| group.rows.is_empty()) {
            self.start_row();
        }
        let row = self
            .groups
            .last_mut()
            .and_then(|group| group.rows.last_mut());
        if let Some(row) = row {
            let (cell, skipped) = cell;
            row.skipped.extend(skipped);
            row.cells.push(Spanning {
                cell,
                columns: span(element, "colspan", 1, MAX_COLUMNS),
                rows: span(element, "rowspan", 0, MAX_ROWS),
            });
        }
    }

    /// The table as a grid.
    pub(super) fn finish(mut self, budget: &mut Budget) -> Result<Grid, ReadError> {
        self.order();
        let (mut rows, mut skipped) = (Vec::new(), Vec::new());
        for group in self.groups {
            let first = rows.len();
            for (at, row) in group.rows.iter().enumerate() {
                skipped.extend(row.skipped.iter().map(|rule| (first + at, *rule)));
            }
            rows.extend(place(group.rows, budget)?);
        }
        let mut grid = Grid::fill(rows, 0, budget)?;
        grid.skipped = skipped;
        Ok(grid)
    }

    /// The first head comes first and the first foot last, wherever they stand.
    fn order(&mut self) {
        let find = |groups: &[Group], section| groups.iter().position(|g| g.section == section);
        if let Some(at) = find(&self.groups, Section::Head) {
            self.groups
                .get_mut(..=at)
                .unwrap_or_default()
                .rotate_right(1);
        }
        if let Some(at) = find(&self.groups, Section::Foot) {
            self.groups.get_mut(at..).unwrap_or_default().rotate_left(1);
        }
    }
}

/// The leading number of a span, between `least` and `most`; 1 when it states none.
fn span(element: Option<&Node>, name: &str, least: u16, most: u16) -> u16 {
    let value = element.and_then(|element| element.attribute(name));
    let value = value.unwrap_or_default().trim_ascii_start();
    let digits: Vec<u8> = value.bytes().take_while(u8::is_ascii_digit).collect();
    if digits.is_empty() {
        return 1;
    }
    let number = digits.iter().fold(0_u16, |n, d| {
        n.saturating_mul(10).saturating_add(u16::from(d - b'0'))
    });
    match number.min(most) {
        n if n < least => 1,
        n => n,
    }
}

/// Gives each cell of a group its column. A span ends with the group, and before a place that is
/// taken already.
fn place(rows: Vec<Row>, budget: &Budget) -> Result<Vec<Vec<Placed>>, ReadError> {
    let count = rows.len();
    // For each column, up to which row (exclusive) it is covered from above.
    let mut covered: Vec<usize> = Vec::new();
    let placed = rows.into_iter().enumerate().map(|(y, row)| {
        // Every column is looked at in every row, so that there must not be too many.
        budget.check(count, covered.len())?;
        let mut x = 0;
        let cells: Vec<Placed> = row
            .cells
            .into_iter()
            .map(|spanning| {
                while covered.get(x).is_some_and(|until| *until > y) {
                    x += 1;
                }
                let at = x;
                let rows = match usize::from(spanning.rows) {
                    0 => count - y,
                    rows => rows.min(count - y),
                };
                let is_free = |x: &usize| covered.get(*x).is_none_or(|until| *until <= y);
                let columns = (x..x + usize::from(spanning.columns)).take_while(is_free);
                x = columns.last().unwrap_or(at) + 1;
                if covered.len() < x {
                    covered.resize(x, 0);
                }
                covered.get_mut(at..x).unwrap_or_default().fill(y + rows);
                let cell = Cell {
                    column_span: u16::try_from(x - at).unwrap_or(MAX_COLUMNS),
                    row_span: u16::try_from(rows).unwrap_or(u16::MAX),
                    ..spanning.cell
                };
                (at, cell)
            })
            .collect();
        Ok(cells)
    });
    placed.collect()
}
