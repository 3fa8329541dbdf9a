//! The page as read: what stands in a source and where, exactly as written.
//!
//! A reader turns bytes into a [`Page`]; a layout reads records out of it. Nothing here is
//! trimmed, filled or corrected, and nothing here knows municipalities or categories.

mod place;
mod rule;

use serde::{Deserialize, Serialize};

pub use place::{Place, Unit};

/// One source document as read.
///
/// What is read is numbered: the lines of a text by their line numbers, in other sources each row
/// of a table, each paragraph, each item, heading or line of a PDF by a running number from 1.
/// These numbers are what [`Line::number`], [`Row::line`] and the locators of layouts hold;
/// [`Page::locate`] turns them into places of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Page {
    /// Name of the reader, as published: `text`, `xlsx`, `csv`, `html`, `docx`, `pdf`, …
    pub reader: String,
    /// Name of the character encoding the bytes were read with, as in the Encoding Standard
    /// (`UTF-8`, `Shift_JIS`, …); empty for formats that hold characters, not bytes.
    pub encoding: String,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Numbers of all lines that are not blank, ascending: what coverage accounts for.
    pub written_lines: Vec<u32>,
    /// What the numbers mean: the place of number `n` is at `n - 1`. Empty when they are the lines
    /// of a text.
    pub places: Vec<Place>,
    /// Numbers of `written_lines` that stand in no block, with the rule that left them out
    /// (`running_header`, `navigation`, `hidden_row`, …).
    #[serde(with = "rule")]
    pub skipped: Vec<(u32, &'static str)>,
    /// What coverage counts.
    pub unit: Unit,
}

/// A block of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A heading that the source marks as one (`# 見出し`); `level` counts from 1.
    Heading {
        /// Depth of the heading, 1 being the highest.
        level: u8,
        /// The heading with its mark taken off.
        line: Line,
    },
    /// Consecutive lines of running text.
    Paragraph(Vec<Line>),
    /// One item of a list that the source marks as one (`- 項目`), with its continuation lines.
    Item(Vec<Line>),
    /// A grid of cells.
    Table(Table),
}

impl Block {
    /// Number of the first line of the block.
    #[must_use]
    pub fn first_line(&self) -> u32 {
        match self {
            Self::Heading { line, .. } => line.number,
            Self::Paragraph(lines) | Self::Item(lines) => lines.first().map_or(0, |l| l.number),
            Self::Table(table) => table.rows.first().map_or(0, |r| r.line),
        }
    }
}

/// A line of text and its number in the source, counting from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line {
    /// Line number in the source, from 1.
    pub number: u32,
    /// The text. Block marks (`# `, `- `) are taken off, everything else is as written.
    pub text: String,
}

/// A table: rows of cells, ragged when the source is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
    /// Whether every row has a cell in every column: a cell that spans several stands in the upper
    /// left one, the others that it covers are blank cells. When `false`, rows are as written: a
    /// text loses its spans, and rows of markup leave out the cells that are covered.
    pub is_grid: bool,
}

impl Table {
    /// Whether any cell spans more than one row or column.
    #[must_use]
    pub fn has_spans(&self) -> bool {
        let mut cells = self.rows.iter().flat_map(|r| &r.cells);
        cells.any(|c| c.column_span > 1 || c.row_span > 1)
    }
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Row {
    /// Line number of the row in the source. Rows of a table nested in a cell carry the
    /// number of the line that the cell stands in.
    pub line: u32,
    /// Cells from left to right, as many as the source has; blank cells are kept.
    pub cells: Vec<Cell>,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The text of the cell as written, markup included, nothing trimmed.
    pub raw: String,
    /// The content as structure: what a reader of the rendered document would see.
    pub content: Vec<Node>,
    /// Columns the cell spans (from markup), at least 1.
    pub column_span: u16,
    /// Rows the cell spans (from markup), at least 1.
    pub row_span: u16,
}

impl Default for Cell {
    fn default() -> Self {
        Self {
            raw: String::new(),
            content: Vec::new(),
            column_span: 1,
            row_span: 1,
        }
    }
}

/// A piece of a cell's content, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    /// Text outside any block markup.
    Text(String),
    /// Text of a `<p>`.
    Paragraph(String),
    /// Text of an `<li>`.
    Item(String),
    /// Text that stands directly inside a `<ul>` or `<ol>`, outside any `<li>`: the items of a
    /// list whose item marks were lost, still run together.
    ListText(String),
    /// A table nested in the cell.
    Table(Table),
}

impl Node {
    /// The text of the node; `None` for a table.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(t) | Self::Paragraph(t) | Self::Item(t) | Self::ListText(t) => Some(t),
            Self::Table(_) => None,
        }
    }
}

impl Cell {
    /// The visible text of the cell, pieces separated by line feeds, nested tables left out.
    #[must_use]
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.content.iter().filter_map(Node::text).collect();
        texts.join("\n")
    }

    /// Whether nothing visible stands in the cell.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.content.iter().all(|node| match node {
            Node::Table(table) => table
                .rows
                .iter()
                .all(|r| r.cells.iter().all(Self::is_blank)),
            other => other.text().is_none_or(|t| t.trim().is_empty()),
        })
    }
}
