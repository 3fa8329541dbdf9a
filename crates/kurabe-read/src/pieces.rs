//! What stands in a document without lines, in reading order, before it gets its numbers.
//!
//! The readers of HTML and Word files see the same things: headings, paragraphs, items, tables
//! whose cells hold the same again. This is where they meet.

use kurabe_page::{Cell, Node, Place, Row, Table};

use crate::ReadError;
use crate::build::PageBuilder;
use crate::limits::Limits;

/// A block of a document, or of a cell.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A heading and its level from 1.
    Heading(u8, String),
    /// A paragraph; its lines are separated by line feeds.
    Paragraph(String),
    /// An item of a list without its bullet, or with its number as printed.
    Item(String),
    /// Text outside any block markup.
    Text(String),
    /// Text of a list outside its items.
    ListText(String),
    /// A table as a full grid.
    Table(Grid),
    /// Something that a rule leaves out.
    Skipped(&'static str),
}

/// The rows of a table, every one with a cell in every column.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    /// Cells, row by row.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// What was left out in cells, with the row from 0 that it stands in.
    pub(crate) skipped: Vec<(usize, &'static str)>,
}

/// How much may still be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    limits: Limits,
    cells: u64,
}

impl Budget {
    /// All that the limits allow.
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, cells: 0 }
    }

    /// Takes the cells of a table.
    fn take(&mut self, rows: usize, columns: usize) -> Result<(), ReadError> {
        self.cells = self.with(rows, columns);
        self.check(0, 0)
    }

    /// Makes sure that a table of that size may be taken.
    pub(crate) fn check(&self, rows: usize, columns: usize) -> Result<(), ReadError> {
        if self.with(rows, columns) > self.limits.cells {
            return Err(ReadError::too_large("cells", self.limits.cells));
        }
        Ok(())
    }

    fn with(&self, rows: usize, columns: usize) -> u64 {
        let cells = u64::try_from(rows.saturating_mul(columns)).unwrap_or(u64::MAX);
        self.cells.saturating_add(cells)
    }

    /// Makes a cell of its pieces; what was left out in it comes beside it.
    pub(crate) fn cell(&self, pieces: Vec<Piece>) -> Result<(Cell, Vec<&'static str>), ReadError> {
        let mut skipped = Vec::new();
        let content: Vec<Node> = pieces
            .into_iter()
            .filter_map(|piece| node(piece, &mut skipped))
            .collect();
        let cell = Cell {
            content,
            ..Cell::default()
        };
        let raw = cell.text();
        let limit = self.limits.cell_characters;
        // No text has more characters than bytes.
        if u64::try_from(raw.len()).unwrap_or(u64::MAX) > limit
            && u64::try_from(raw.chars().count()).unwrap_or(u64::MAX) > limit
        {
            return Err(ReadError::too_large("cell_characters", limit));
        }
        Ok((Cell { raw, ..cell }, skipped))
    }
}

fn node(piece: Piece, skipped: &mut Vec<&'static str>) -> Option<Node> {
    match piece {
        Piece::Heading(_, text) | Piece::Paragraph(text) => Some(Node::Paragraph(text)),
        Piece::Item(text) => Some(Node::Item(text)),
        Piece::Text(text) => Some(Node::Text(text)),
        Piece::ListText(text) => Some(Node::ListText(text)),
        Piece::Table(grid) => {
            skipped.extend(grid.skipped.iter().map(|(_, rule)| rule));
            grid.is_written().then(|| Node::Table(grid.into_table()))
        }
        Piece::Skipped(rule) => {
            skipped.push(rule);
            None
        }
    }
}

/// A cell at the column from 0 that it begins in.
pub(crate) type Placed = (usize, Cell);

impl Grid {
    /// Fills a table up: `rows` hold the cells that begin there, and `columns` is the least number
    /// of columns.
    pub(crate) fn fill(
        rows: Vec<Vec<Placed>>,
        columns: usize,
        budget: &mut Budget,
    ) -> Result<Self, ReadError> {
        let end = |(at, cell): &Placed| at.saturating_add(usize::from(cell.column_span));
        let width = rows.iter().flatten().map(end).fold(columns, usize::max);
        budget.take(rows.len(), width)?;
        let filled = rows.into_iter().map(|placed| {
            let mut cells = vec![Cell::default(); width];
            for (at, cell) in placed {
                if let Some(place) = cells.get_mut(at) {
                    *place = cell;
                }
            }
            cells
        });
        Ok(Self {
            rows: filled.collect(),
            skipped: Vec::new(),
        })
    }

    /// Whether anything visible stands in the table.
    pub(crate) fn is_written(&self) -> bool {
        self.rows.iter().flatten().any(|cell| !cell.is_blank())
    }

    /// Whether the table only arranges a page: in every written row of it stands a whole table.
    fn is_layout(&self) -> bool {
        let is_whole = |node: &Node| match node {
            Node::Table(table) => {
                table.rows.len() > 1 && table.rows.iter().any(|r| r.cells.len() > 1)
            }
            _ => false,
        };
        let mut rows = self
            .rows
            .iter()
            .filter(|row| row.iter().any(|cell| !cell.is_blank()));
        let holds_table = |row: &Vec<Cell>| row.iter().flat_map(|cell| &cell.content).any(is_whole);
        self.is_written() && rows.all(holds_table)
    }

    fn into_table(self) -> Table {
        let rows = self.rows.into_iter().map(|cells| Row { line: 0, cells });
        Table {
            rows: rows.collect(),
            is_grid: true,
        }
    }
}

/// Adds pieces to a page and numbers them as the blocks of the document.
pub(crate) fn add(pieces: Vec<Piece>, page: &mut PageBuilder) {
    let mut block = 0;
    for piece in pieces {
        block += 1;
        let place = Place::Block { block, row: None };
        match piece {
            Piece::Heading(level, text) => page.heading(level, &one_line(&text), place),
            Piece::Paragraph(text) | Piece::Text(text) | Piece::ListText(text) => {
                page.paragraph(lines(&text, &place));
            }
            Piece::Item(text) => page.item(lines(&text, &place)),
            Piece::Table(grid) if grid.is_layout() => laid_out(grid, block, page),
            Piece::Table(grid) => table(grid, block, page),
            Piece::Skipped(rule) => page.skip(rule, place),
        }
    }
}

/// Adds what stands in the cells of a table that only arranges a page, cell by cell.
fn laid_out(grid: Grid, block: u32, page: &mut PageBuilder) {
    let skipped = grid.skipped;
    for (row, cells) in (1..).zip(grid.rows) {
        let place = Place::Block {
            block,
            row: Some(row),
        };
        for node in cells.into_iter().flat_map(|cell| cell.content) {
            match node {
                Node::Text(text) | Node::Paragraph(text) | Node::ListText(text) => {
                    page.paragraph(lines(&text, &place));
                }
                Node::Item(text) => page.item(lines(&text, &place)),
                Node::Table(table) => {
                    let rows = table.rows.into_iter();
                    page.table(rows.map(|row| (row.cells, place.clone())), table.is_grid);
                }
            }
        }
    }
    for (row, rule) in skipped {
        let row = u32::try_from(row).ok().map(|row| row.saturating_add(1));
        page.skip(rule, Place::Block { block, row });
    }
}

fn lines(text: &str, place: &Place) -> Vec<(String, Place)> {
    let lines = text.split('\n');
    lines.map(|l| (l.to_owned(), place.clone())).collect()
}

/// A heading that is broken into lines is still one line of a page.
fn one_line(text: &str) -> String {
    let lines = text.split('\n').filter(|line| !line.trim().is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

fn table(grid: Grid, block: u32, page: &mut PageBuilder) {
    let place = |row: usize| Place::Block {
        block,
        row: u32::try_from(row).ok().map(|row| row.saturating_add(1)),
    };
    let skipped = grid.skipped.clone();
    if grid.is_written() {
        let rows = grid.rows.into_iter().enumerate();
        page.table(rows.map(|(row, cells)| (cells, place(row))), true);
    }
    for (row, rule) in skipped {
        page.skip(rule, place(row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurabe_page::Block;

    fn cell(text: &str, columns: u16) -> Cell {
        Cell {
            column_span: columns,
            ..crate::build::text_cell(text)
        }
    }

    #[test]
    fn a_grid_is_filled_with_blank_cells() {
        let mut budget = Budget::new(Limits::default());
        let rows = vec![vec![(0, cell("A", 3))], vec![(1, cell("B", 1))]];
        let grid = Grid::fill(rows, 0, &mut budget).unwrap();
        let texts: Vec<Vec<&str>> = grid
            .rows
            .iter()
            .map(|row| row.iter().map(|c| c.raw.as_str()).collect())
            .collect();
        assert_eq!(texts, [["A", "", ""], ["", "B", ""]]);
    }

    #[test]
    fn cells_are_counted_before_memory_is_taken() {
        let limits = Limits {
            cells: 10,
            ..Limits::default()
        };
        let mut budget = Budget::new(limits);
        assert!(Grid::fill(vec![vec![(0, cell("A", 6))]], 0, &mut budget).is_ok());
        let error = Grid::fill(vec![vec![(4, cell("A", 1))]], 0, &mut budget).unwrap_err();
        assert_eq!(error, ReadError::too_large("cells", 10));
    }

    #[test]
    fn a_table_that_arranges_a_page_is_taken_apart() {
        let texts = |table: &Table| table.rows.len();
        let inner = || Table {
            rows: ["番号", "1"]
                .map(|text| Row {
                    line: 0,
                    cells: vec![cell(text, 1), cell("名", 1)],
                })
                .into(),
            is_grid: true,
        };
        let holder = || Cell {
            content: vec![Node::Paragraph("一覧".to_owned()), Node::Table(inner())],
            ..Cell::default()
        };
        let read = |rows: Vec<Vec<Cell>>| {
            let mut page = PageBuilder::new("html", kurabe_page::Unit::Paragraph);
            let grid = Grid {
                rows,
                skipped: Vec::new(),
            };
            add(vec![Piece::Table(grid)], &mut page);
            page.finish().unwrap().value.blocks
        };
        let apart = read(vec![vec![cell("案内", 1), holder()]]);
        let [
            Block::Paragraph(_),
            Block::Paragraph(_),
            Block::Table(table),
        ] = apart.as_slice()
        else {
            panic!("{apart:?}");
        };
        assert_eq!(texts(table), 2);
        let kept = read(vec![
            vec![cell("課", 1), cell("市民課", 1)],
            vec![cell("日程", 1), holder()],
        ]);
        assert!(matches!(kept.as_slice(), [Block::Table(_)]), "{kept:?}");
    }

    #[test]
    fn long_cells_are_refused() {
        let limits = Limits {
            cell_characters: 3,
            ..Limits::default()
        };
        let budget = Budget::new(limits);
        assert!(budget.cell(vec![Piece::Text("四文字".into())]).is_ok());
        let error = budget
            .cell(vec![Piece::Text("四文字だ".into())])
            .unwrap_err();
        assert_eq!(error, ReadError::too_large("cell_characters", 3));
    }
}
