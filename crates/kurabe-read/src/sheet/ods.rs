//! Workbooks of OpenDocument (ISO/IEC 26300): ods. The file holds what each cell displays.

mod text;

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::model::{Area, Book, Gathering, SheetCell, Trouble};
use super::xlsx::missing;
use super::xml::{Xml, attribute, number, prefixed};
use crate::ReadError;
use crate::zip_guard::Package;
use text::CellText;

const FORMAT: &str = "ods";
const PART: &str = "content.xml";

/// Rows and columns that a sheet has at most.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

/// Elements whose content is no content of cells.
const ASIDE: &[&str] = &[
    "office:annotation",
    "office:forms",
    "table:shapes",
    "table:tracked-changes",
    "table:content-validations",
];

/// Reads a workbook.
pub(super) fn read(package: &mut Package) -> Result<Book, ReadError> {
    let gathering = Gathering::new(FORMAT, package.limits());
    let source = package.markup(PART)?.ok_or_else(|| missing(FORMAT, PART))?;
    let mut xml = Xml::new(source, FORMAT, PART);
    let mut reader = SheetReader::new(gathering);
    while let Some(event) = xml.next()? {
        reader.event(&event)?;
    }
    if xml.is_cut() {
        reader.cut_off()?;
    }
    Ok(reader.gathering.book())
}

/// A cell of the row that is being read.
struct RowCell {
    column: u32,
    repeated: u32,
    text: String,
    trouble: Option<Trouble>,
    /// Whether its value is none that is shown as it is.
    has_number: bool,
    /// Rows and columns that it spans.
    span: (u32, u32),
}

struct SheetReader {
    gathering: Gathering,
    /// Styles of tables that hide them, and the style that is being read.
    hiding: BTreeSet<String>,
    style: Option<String>,
    in_sheet: bool,
    /// The element that is passed over, and how often it is open.
    aside: Option<(String, u32)>,
    /// The last row, column and column definition so far.
    row: u32,
    column: u32,
    defined: u32,
    repeated_row: u32,
    cells: Vec<RowCell>,
    text: Option<CellText>,
}

impl SheetReader {
    fn new(gathering: Gathering) -> Self {
        Self {
            gathering,
            hiding: BTreeSet::new(),
            style: None,
            in_sheet: false,
            aside: None,
            row: 0,
            column: 0,
            defined: 0,
            repeated_row: 1,
            cells: Vec::new(),
            text: None,
        }
    }

    /// Keeps what was read of a sheet that has no end.
    fn cut_off(&mut self) -> Result<(), ReadError> {
        if self.in_sheet {
            self.end_cell();
            self.end_row()?;
            self.gathering.damaged();
            self.gathering.end();
        }
        Ok(())
    }

    fn event(&mut self, event: &Event) -> Result<(), ReadError> {
        if self.passes_over(event) {
            return Ok(());
        }
        match event {
            Event::Start(element) => match element.name().as_ref() {
                "style:style" => {
                    self.style = attribute(element, "name").map(|name| name.into_owned());
                }
                "style:table-properties" => self.table_style(element),
                "table:table" if !self.in_sheet => self.start_sheet(element)?,
                "table:table-column" if self.in_sheet => self.columns(element),
                "table:table-row" if self.in_sheet => self.start_row(element),
                "table:table-cell" | "table:covered-table-cell" if self.in_sheet => {
                    self.start_cell(element);
                }
                _ => self.text(event),
            },
            Event::End(element) => match element.name().as_ref() {
                "table:table" if self.in_sheet => {
                    self.gathering.end();
                    self.in_sheet = false;
                }
                "table:table-row" if self.in_sheet => return self.end_row(),
                "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
                _ => self.text(event),
            },
            _ => self.text(event),
        }
        Ok(())
    }

    /// Whether an event stands in an element that is left out, such as a comment or a drawing.
    fn passes_over(&mut self, event: &Event) -> bool {
        match (&mut self.aside, event) {
            (None, Event::Start(element)) => {
                let name = element.name();
                let name = name.as_ref();
                let is_drawing = name.starts_with("draw:") || name.starts_with("dr3d:");
                if ASIDE.contains(&name) || is_drawing {
                    self.aside = Some((name.to_owned(), 1));
                }
                self.aside.is_some()
            }
            (None, _) => false,
            (Some((name, depth)), Event::Start(element)) => {
                *depth += u32::from(element.name().as_ref() == name);
                true
            }
            (Some((name, depth)), Event::End(element)) => {
                *depth -= u32::from(element.name().as_ref() == name);
                if *depth == 0 {
                    self.aside = None;
                }
                true
            }
            (Some(_), _) => true,
        }
    }

    fn text(&mut self, event: &Event) {
        if let Some(text) = &mut self.text {
            text.event(event);
        }
    }

    fn table_style(&mut self, element: &BytesStart) {
        let is_hidden = attribute(element, "display").as_deref() == Some("false");
        self.hiding.extend(self.style.take().filter(|_| is_hidden));
    }

    fn start_sheet(&mut self, element: &BytesStart) -> Result<(), ReadError> {
        let name = prefixed(element, "table:name").unwrap_or_default();
        let style = prefixed(element, "table:style-name").unwrap_or_default();
        self.gathering.begin(&name, self.hiding.contains(&*style))?;
        self.in_sheet = true;
        (self.row, self.column, self.defined) = (0, 0, 0);
        self.cells.clear();
        Ok(())
    }

    fn columns(&mut self, element: &BytesStart) {
        let count = repeated(element, "number-columns-repeated", COLUMNS);
        let first = self.defined.saturating_add(1);
        self.defined = self.defined.saturating_add(count);
        if is_hidden(element) {
            self.gathering.sheet().columns.add(first, self.defined);
        }
    }

    fn start_row(&mut self, element: &BytesStart) {
        self.repeated_row = repeated(element, "number-rows-repeated", ROWS);
        self.column = 0;
        if is_hidden(element) {
            let first = self.row.saturating_add(1);
            let last = self.row.saturating_add(self.repeated_row);
            self.gathering.sheet().rows.add(first, last);
        }
    }

    fn start_cell(&mut self, element: &BytesStart) {
        let kind = prefixed(element, "calcext:value-type").unwrap_or_default();
        let value = attribute(element, "value-type");
        let has_value = value.is_some();
        let has_number = value.is_some_and(|kind| kind != "string");
        let trouble = if kind == "error" {
            Some(Trouble::Error)
        } else if attribute(element, "formula").is_some() && !has_value {
            Some(Trouble::NotComputed)
        } else {
            None
        };
        let span = |name| number(element, name).unwrap_or(1).max(1);
        self.cells.push(RowCell {
            column: self.column.saturating_add(1),
            repeated: repeated(element, "number-columns-repeated", COLUMNS),
            text: String::new(),
            trouble,
            has_number,
            span: (span("number-rows-spanned"), span("number-columns-spanned")),
        });
        self.text = Some(CellText::default());
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cells.last_mut() else {
            return;
        };
        cell.text = self.text.take().unwrap_or_default().finish();
        if cell.trouble == Some(Trouble::NotComputed) && !cell.text.is_empty() {
            cell.trouble = None;
        }
        self.column = self.column.saturating_add(cell.repeated);
        let is_blank = cell.text.is_empty() && cell.trouble.is_none() && cell.span == (1, 1);
        if is_blank && !cell.has_number {
            self.cells.pop();
        }
    }

    /// Puts the cells of a row into the sheet as often as the row and each cell are repeated.
    fn end_row(&mut self) -> Result<(), ReadError> {
        let cells = std::mem::take(&mut self.cells);
        let first = self.row.saturating_add(1);
        self.row = self.row.saturating_add(self.repeated_row);
        let is_written = |cell: &&RowCell| !cell.text.is_empty() || cell.trouble.is_some();
        let written = cells.iter().filter(is_written);
        let width: u64 = written.map(|cell| u64::from(cell.repeated)).sum();
        self.gathering
            .reserve(width.saturating_mul(u64::from(self.repeated_row)))?;
        for cell in &cells {
            let corner = (first, cell.column);
            let last = |start: u32, span: u32| start.saturating_add(span - 1);
            let end = (last(first, cell.span.0), last(cell.column, cell.span.1));
            if cell.span != (1, 1) {
                let merges = &mut self.gathering.sheet().merges;
                merges.push(Area::between(corner, end));
            }
            if cell.has_number && cell.text.is_empty() {
                let end = (self.row, last(cell.column, cell.repeated));
                self.gathering.sheet().not_shown(Area::between(corner, end));
            }
        }
        if width > 0 {
            for row in first..=self.row {
                cells.iter().try_for_each(|cell| self.put(row, cell))?;
            }
        }
        Ok(())
    }

    fn put(&mut self, row: u32, cell: &RowCell) -> Result<(), ReadError> {
        if cell.text.is_empty() && cell.trouble.is_none() {
            return Ok(());
        }
        for column in (cell.column..).take(usize::try_from(cell.repeated).unwrap_or(0)) {
            self.gathering.cell(SheetCell {
                row,
                column,
                text: cell.text.clone(),
                trouble: cell.trouble,
                is_unseen: false,
            })?;
        }
        Ok(())
    }
}

/// How often something is repeated, at least once and no oftener than a sheet has room for.
fn repeated(element: &BytesStart, name: &str, most: u32) -> u32 {
    number(element, name).unwrap_or(1).clamp(1, most)
}

fn is_hidden(element: &BytesStart) -> bool {
    let visibility = attribute(element, "visibility");
    matches!(visibility.as_deref(), Some("collapse" | "filter"))
}
