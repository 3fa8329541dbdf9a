//! A transcription as the pieces of a document, its tables with the cells that belong together.

use kurabe_page::{Block, Cell, Node, Table};
use kurabe_read::Hint;

use crate::error::TaskError;
use crate::recipe::{Group, Recipe};

/// A piece of a document.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A heading and its level from 1.
    Heading(u8, String),
    /// A paragraph with its lines.
    Paragraph(Vec<String>),
    /// An item of a list with its lines.
    Item(Vec<String>),
    /// A table.
    Table(Grid),
}

/// A table whose rows have a slot in every column.
#[derive(Debug)]
pub(crate) struct Grid {
    /// The rows from top to bottom.
    pub(crate) rows: Vec<Vec<Slot>>,
    /// How many of them are headings.
    pub(crate) header_rows: usize,
}

/// A place in a table.
#[derive(Debug, Clone)]
pub(crate) enum Slot {
    /// A cell that begins here.
    Cell(Merged),
    /// A place that a cell to the left or above covers.
    Covered,
}

/// A cell with the area that it takes.
#[derive(Debug, Clone)]
pub(crate) struct Merged {
    /// What stands in it.
    pub(crate) content: Vec<Node>,
    /// Columns that it takes.
    pub(crate) across: usize,
    /// Rows that it takes.
    pub(crate) down: usize,
}

impl Merged {
    fn one(content: Vec<Node>) -> Self {
        Self {
            content,
            across: 1,
            down: 1,
        }
    }

    /// The lines of the cell.
    pub(crate) fn lines(&self) -> Vec<&str> {
        let texts = self.content.iter().filter_map(Node::text);
        texts.flat_map(str::lines).collect()
    }
}

/// Reads a transcription.
pub(crate) fn read(bytes: &[u8], recipe: &Recipe) -> Result<Vec<Piece>, TaskError> {
    let fail = |detail: String| TaskError::Make {
        file: recipe.file.clone(),
        detail,
    };
    let page = kurabe_read::read(bytes, &Hint::default()).map_err(|e| fail(e.to_string()))?;
    let mut pieces = Vec::new();
    for block in page.value.blocks {
        pieces.push(match block {
            Block::Heading { level, line } => Piece::Heading(level, line.text.trim().to_owned()),
            Block::Paragraph(lines) => Piece::Paragraph(texts(&lines)),
            Block::Item(lines) => Piece::Item(texts(&lines)),
            Block::Table(table) if nests(&table) => {
                return Err(fail("a table stands in a cell".to_owned()));
            }
            Block::Table(table) => Piece::Table(grid(table, recipe)),
        });
    }
    Ok(pieces)
}

fn texts(lines: &[kurabe_page::Line]) -> Vec<String> {
    lines.iter().map(|l| l.text.trim_end().to_owned()).collect()
}

fn nests(table: &Table) -> bool {
    let nodes = || {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        cells.flat_map(|cell| &cell.content)
    };
    nodes().any(|node| matches!(node, Node::Table(_)))
}

fn grid(table: Table, recipe: &Recipe) -> Grid {
    let width = table.rows.iter().map(|row| row.cells.len()).max();
    let width = width.unwrap_or(0);
    let rows = table.rows.into_iter().map(|row| {
        let mut slots: Vec<Slot> = row.cells.into_iter().map(slot).collect();
        slots.resize(width, Slot::Cell(Merged::one(Vec::new())));
        slots
    });
    let mut grid = Grid {
        rows: rows.collect(),
        header_rows: 1,
    };
    let headings = grid.headings();
    for (column, heading) in headings.iter().enumerate() {
        if recipe.merge_down.contains(heading) {
            grid.merge_down(column);
        }
    }
    for group in &recipe.group {
        grid.put_above(&headings, group);
    }
    grid
}

fn slot(cell: Cell) -> Slot {
    Slot::Cell(Merged::one(if cell.is_blank() {
        Vec::new()
    } else {
        cell.content
    }))
}

impl Grid {
    fn headings(&self) -> Vec<String> {
        let first = self.rows.first().map_or(&[][..], Vec::as_slice);
        let text = |slot: &Slot| match slot {
            Slot::Cell(cell) => cell.lines().join(""),
            Slot::Covered => String::new(),
        };
        first.iter().map(text).collect()
    }

    /// Gives the blank cells of a column to the written cell above them.
    fn merge_down(&mut self, column: usize) {
        let mut written: Option<usize> = None;
        for row in self.header_rows..self.rows.len() {
            match &self.rows[row][column] {
                Slot::Cell(cell) if !cell.content.is_empty() => written = Some(row),
                Slot::Cell(_) | Slot::Covered => {
                    if let Some(Slot::Cell(above)) =
                        written.map(|above| &mut self.rows[above][column])
                    {
                        above.down += 1;
                        self.rows[row][column] = Slot::Covered;
                    }
                }
            }
        }
    }

    /// Adds a header row with a heading above several columns; the others reach over both rows.
    fn put_above(&mut self, headings: &[String], group: &Group) {
        let width = group.over.len();
        let from = headings.windows(width).position(|w| w == group.over);
        let (Some(from), Some(first)) = (from, self.rows.first_mut()) else {
            return;
        };
        let mut above = first.clone();
        for (column, slot) in above.iter_mut().enumerate() {
            if (from..from + width).contains(&column) {
                *slot = Slot::Covered;
            } else if let Slot::Cell(cell) = slot {
                cell.down = 2;
                first[column] = Slot::Covered;
            }
        }
        above[from] = Slot::Cell(Merged {
            content: vec![Node::Text(group.title.clone())],
            across: width,
            down: 1,
        });
        self.rows.insert(0, above);
        self.header_rows = 2;
    }
}
