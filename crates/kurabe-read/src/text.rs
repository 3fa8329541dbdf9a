//! Lines → blocks: tables, headings, items and paragraphs.

use kurabe_page::{Block, Line, Row, Table};

use crate::damage::DamageLog;
use crate::html;
use crate::lines::{Lines, SourceLine};

/// What a line looks like on its own.
enum Shape<'a> {
    /// Nothing visible, be it tabs, U+3000 or a page break.
    Blank,
    /// Cells separated by tabs.
    Row,
    /// A heading of this level, without its mark.
    Heading(u8, &'a str),
    /// An item of a list, without its mark.
    Item(&'a str),
    /// Text indented by two spaces or more: it continues an item that stands right above it.
    Indented,
    /// Any other text.
    Plain,
}

/// Splits `text` into blocks and gives the numbers of all lines that are not blank.
pub(crate) fn blocks(text: &str, damage: &mut DamageLog) -> (Vec<Block>, Vec<u32>) {
    let mut reader = Reader {
        blocks: Vec::new(),
        written: Vec::new(),
        adjacent: false,
        damage,
    };
    for line in Lines::new(text) {
        reader.line(line);
    }
    (reader.blocks, reader.written)
}

struct Reader<'d> {
    blocks: Vec<Block>,
    written: Vec<u32>,
    /// Whether the line before was not blank, so that the last block may go on.
    adjacent: bool,
    damage: &'d mut DamageLog,
}

impl Reader<'_> {
    fn line(&mut self, line: SourceLine<'_>) {
        let shape = shape(line.text);
        let adjacent = std::mem::replace(&mut self.adjacent, !matches!(shape, Shape::Blank));
        if !self.adjacent {
            return;
        }
        self.written.push(line.number);
        let last = self.blocks.last_mut().filter(|_| adjacent);
        match (shape, last) {
            (Shape::Row, Some(Block::Table(table))) => table.rows.push(row(line, self.damage)),
            (Shape::Indented, Some(Block::Item(lines)))
            | (Shape::Indented | Shape::Plain, Some(Block::Paragraph(lines))) => {
                lines.push(written(line, line.text));
            }
            (shape, _) => self.blocks.extend(first(&shape, line, self.damage)),
        }
    }
}

/// The block that begins with a line; `None` for a blank line.
fn first(shape: &Shape, line: SourceLine<'_>, damage: &mut DamageLog) -> Option<Block> {
    match shape {
        Shape::Blank => None,
        Shape::Row => Some(Block::Table(Table {
            rows: vec![row(line, damage)],
            is_grid: false,
        })),
        Shape::Heading(level, text) => Some(Block::Heading {
            level: *level,
            line: written(line, text),
        }),
        Shape::Item(text) => Some(Block::Item(vec![written(line, text)])),
        Shape::Indented | Shape::Plain => Some(Block::Paragraph(vec![written(line, line.text)])),
    }
}

fn written(line: SourceLine<'_>, text: &str) -> Line {
    Line {
        number: line.number,
        text: text.to_owned(),
    }
}

fn row(line: SourceLine<'_>, damage: &mut DamageLog) -> Row {
    let cells = line
        .text
        .split('\t')
        .map(|raw| html::cell(raw, line.number, damage))
        .collect();
    Row {
        line: line.number,
        cells,
    }
}

fn shape(text: &str) -> Shape<'_> {
    if text.trim().is_empty() {
        return Shape::Blank;
    }
    if text.contains('\t') {
        return Shape::Row;
    }
    // A form feed at the start of a line only says that a page begins here.
    let body = text.trim_start_matches('\u{c}');
    let unindented = body.trim_start_matches(' ');
    if let Some((level, text)) = heading(body) {
        Shape::Heading(level, text)
    } else if let Some(text) = unindented
        .strip_prefix("- ")
        .or(unindented.strip_prefix("* "))
    {
        Shape::Item(text)
    } else if body.len() >= unindented.len() + 2 {
        Shape::Indented
    } else {
        Shape::Plain
    }
}

/// Level and text of a heading of the form `## 見出し`.
fn heading(body: &str) -> Option<(u8, &str)> {
    let text = body.trim_start_matches('#');
    let level = u8::try_from(body.len() - text.len())
        .ok()
        .filter(|n| (1..=6).contains(n))?;
    Some((level, text.strip_prefix(' ')?))
}
