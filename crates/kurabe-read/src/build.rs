//! Pages of sources without lines: every piece gets the next number and a place.

use kurabe_page::{Block, Cell, Line, Node, Page, Place, Row, Table, Unit};
use kurabe_trace::{Finding, Staged};

use crate::ReadError;

/// A page that is being put together, in reading order.
pub(crate) struct PageBuilder {
    page: Page,
    /// What was noticed while reading.
    pub(crate) findings: Vec<Finding>,
}

impl PageBuilder {
    /// An empty page of the reader of that name.
    pub(crate) fn new(reader: &str, unit: Unit) -> Self {
        let page = Page {
            reader: reader.to_owned(),
            unit,
            ..Page::default()
        };
        Self {
            page,
            findings: Vec::new(),
        }
    }

    /// Sets the name of the character encoding.
    pub(crate) fn encoding(&mut self, encoding: &str) {
        encoding.clone_into(&mut self.page.encoding);
    }

    /// The number of the next piece, which stands at `place`.
    fn number(&mut self, place: Place, is_written: bool) -> u32 {
        self.page.places.push(place);
        let number = u32::try_from(self.page.places.len()).unwrap_or(u32::MAX);
        if is_written {
            self.page.written_lines.push(number);
        }
        number
    }

    fn line(&mut self, text: &str, place: Place) -> Option<Line> {
        let is_written = !text.trim().is_empty();
        is_written.then(|| Line {
            number: self.number(place, true),
            text: text.to_owned(),
        })
    }

    /// Adds a heading, unless it is blank.
    pub(crate) fn heading(&mut self, level: u8, text: &str, place: Place) {
        if let Some(line) = self.line(text, place) {
            self.page.blocks.push(Block::Heading { level, line });
        }
    }

    /// Adds a paragraph of one or more lines; blank ones are left out.
    pub(crate) fn paragraph(&mut self, lines: impl IntoIterator<Item = (String, Place)>) {
        let lines = lines.into_iter();
        let lines: Vec<Line> = lines.filter_map(|(t, p)| self.line(&t, p)).collect();
        if !lines.is_empty() {
            self.page.blocks.push(Block::Paragraph(lines));
        }
    }

    /// Adds an item of a list, without its mark, with its continuation lines.
    pub(crate) fn item(&mut self, lines: impl IntoIterator<Item = (String, Place)>) {
        let lines = lines.into_iter();
        let lines: Vec<Line> = lines.filter_map(|(t, p)| self.line(&t, p)).collect();
        if !lines.is_empty() {
            self.page.blocks.push(Block::Item(lines));
        }
    }

    /// Adds a table. A row of which all cells are blank stays in the table and is not counted.
    pub(crate) fn table(
        &mut self,
        rows: impl IntoIterator<Item = (Vec<Cell>, Place)>,
        is_grid: bool,
    ) {
        let rows = rows.into_iter().map(|(cells, place)| {
            let is_written = !cells.iter().all(Cell::is_blank);
            let line = self.number(place, is_written);
            Row { line, cells }
        });
        let rows: Vec<Row> = rows.collect();
        if rows.iter().flat_map(|r| &r.cells).any(|c| !c.is_blank()) {
            self.page.blocks.push(Block::Table(Table { rows, is_grid }));
        }
    }

    /// Counts a piece that a rule leaves out.
    pub(crate) fn skip(&mut self, rule: &'static str, place: Place) {
        let number = self.number(place, true);
        self.page.skipped.push((number, rule));
    }

    /// The page with what was noticed.
    ///
    /// # Errors
    ///
    /// When nothing was read.
    pub(crate) fn finish(self) -> Result<Staged<Page>, ReadError> {
        if self.page.blocks.is_empty() {
            return Err(ReadError::Empty);
        }
        Ok(Staged {
            value: self.page,
            findings: self.findings,
        })
    }
}

/// A cell that holds plain text.
pub(crate) fn text_cell(text: &str) -> Cell {
    let content = if text.trim().is_empty() {
        Vec::new()
    } else {
        vec![Node::Text(text.to_owned())]
    };
    Cell {
        raw: text.to_owned(),
        content,
        ..Cell::default()
    }
}
