//! What was read, page by page and with places of the file. Its JSON form is described in
//! docs/guides/inspect.md.

use kurabe_page::{Block, Cell, Line, Node, Page, Place, Table};
use kurabe_read::{Facsimile, Kind, Recognised};
use kurabe_trace::{Finding, Locator};
use serde::{Serialize, Serializer};

/// Version of the JSON form. It changes when a field goes or gets another meaning.
const SCHEMA: &str = "kurabe.inspect/1";

/// A file as it was read.
#[derive(Debug, Serialize)]
pub(crate) struct View {
    schema: &'static str,
    pub(super) document: Document,
    pub(super) pages: Vec<ViewPage>,
    pub(super) findings: Vec<ViewFinding>,
}

/// What is known of a file beside what stands in it.
#[derive(Debug)]
pub(crate) struct About<'a> {
    /// Its path as it was given.
    pub(crate) file: String,
    /// Its size in bytes.
    pub(crate) bytes: usize,
    /// What it is.
    pub(crate) recognised: Recognised,
    /// Documents whose profiles recognise it.
    pub(crate) profiles: Vec<String>,
    /// The media type of what its reader reads.
    pub(crate) media_type: &'a str,
}

/// The document as a whole.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    pub(super) file: String,
    pub(super) bytes: usize,
    pub(super) format: String,
    pub(super) kind: &'static str,
    pub(super) recognised_by: &'static str,
    pub(super) media_type: String,
    /// Absent for formats that hold characters, not bytes.
    pub(super) encoding: Option<String>,
    pub(super) unit: &'static str,
    pub(super) profiles: Vec<String>,
    pub(super) counts: Counts,
}

/// Counts of the whole document, whatever pages are shown.
#[derive(Debug, Serialize)]
pub(super) struct Counts {
    pub(super) pages: usize,
    pub(super) blocks: usize,
    pub(super) tables: usize,
    pub(super) cells: usize,
    pub(super) written: usize,
    pub(super) skipped: usize,
    pub(super) findings: usize,
}

/// A page of a PDF, a sheet of a workbook, or a whole document of another kind.
#[derive(Debug, Serialize)]
pub(super) struct ViewPage {
    pub(super) kind: PageKind,
    pub(super) number: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_hidden: Option<bool>,
    /// Width and height in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<(f32, f32)>,
    pub(super) blocks: Vec<ViewBlock>,
    pub(super) skipped: Vec<ViewSkipped>,
}

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PageKind {
    Page,
    Sheet,
    Document,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum ViewBlock {
    Heading { level: u8, lines: Vec<ViewLine> },
    Paragraph { lines: Vec<ViewLine> },
    Item { lines: Vec<ViewLine> },
    Table(ViewTable),
}

#[derive(Debug, Serialize)]
pub(super) struct ViewLine {
    #[serde(serialize_with = "printed")]
    pub(super) locator: Locator,
    pub(super) text: String,
    /// Ties the line to its place in the source.
    #[serde(skip)]
    pub(super) key: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ViewTable {
    #[serde(serialize_with = "printed")]
    pub(super) locator: Locator,
    pub(super) is_grid: bool,
    pub(super) rows: Vec<ViewRow>,
}

#[derive(Debug, Serialize)]
pub(super) struct ViewRow {
    #[serde(serialize_with = "printed")]
    pub(super) locator: Locator,
    pub(super) cells: Vec<ViewCell>,
}

#[derive(Debug, Serialize)]
pub(super) struct ViewCell {
    #[serde(serialize_with = "printed")]
    pub(super) locator: Locator,
    pub(super) text: String,
    /// The cell as written, where that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) raw: Option<String>,
    pub(super) row_span: u16,
    pub(super) column_span: u16,
    /// The pieces of the cell; left out where they are one text or none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) content: Vec<ViewNode>,
    #[serde(skip)]
    pub(super) key: String,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum ViewNode {
    Text { text: String },
    Paragraph { text: String },
    Item { text: String },
    ListText { text: String },
    Table(ViewTable),
}

/// A piece that a rule left out.
#[derive(Debug, Serialize)]
pub(super) struct ViewSkipped {
    #[serde(serialize_with = "printed")]
    pub(super) locator: Locator,
    pub(super) rule: &'static str,
    #[serde(skip)]
    pub(super) key: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ViewFinding {
    pub(super) code: &'static str,
    pub(super) severity: &'static str,
    #[serde(serialize_with = "printed")]
    pub(super) locator: Locator,
    pub(super) message_ja: String,
    pub(super) message_en: String,
    pub(super) raw: Option<String>,
    pub(super) repaired: Option<String>,
    #[serde(skip)]
    pub(super) key: String,
}

fn printed<S: Serializer>(locator: &Locator, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(locator)
}

impl View {
    /// Puts what was read on the pages that the source has.
    pub(crate) fn new(
        about: About,
        page: &Page,
        findings: Vec<Finding>,
        source: &Facsimile,
    ) -> Self {
        let mut pages = pages(source);
        for block in &page.blocks {
            let number = number_of(page, block.first_line(), source);
            if let Some(on) = pages.get_mut(number) {
                on.blocks.push(view_block(page, block));
            }
        }
        for (piece, rule) in &page.skipped {
            let number = number_of(page, *piece, source);
            if let Some(on) = pages.get_mut(number) {
                on.skipped.push(ViewSkipped {
                    locator: page.locate(&Locator::line(*piece)),
                    rule,
                    key: String::new(),
                });
            }
        }
        let counts = counts(page, findings.len(), pages.len());
        Self {
            schema: SCHEMA,
            document: document(about, page, counts),
            pages,
            findings: findings.into_iter().map(view_finding).collect(),
        }
    }

    /// How many pages or sheets there are.
    pub(crate) fn count(&self) -> usize {
        self.document.counts.pages
    }

    /// Leaves out all pages but those of a range.
    pub(crate) fn keep(&mut self, range: &std::ops::RangeInclusive<usize>) {
        self.pages.retain(|page| range.contains(&page.number));
    }
}

fn document(about: About, page: &Page, counts: Counts) -> Document {
    let kind = about.recognised.kind;
    let name = Kind::NAMES.iter().find(|(_, known)| *known == kind);
    Document {
        file: about.file,
        bytes: about.bytes,
        format: page.reader.clone(),
        kind: name.map_or("", |(name, _)| name),
        recognised_by: about.recognised.by.as_str(),
        media_type: about.media_type.to_owned(),
        encoding: Some(page.encoding.clone()).filter(|encoding| !encoding.is_empty()),
        unit: page.unit.as_str(),
        profiles: about.profiles,
        counts,
    }
}

fn counts(page: &Page, findings: usize, pages: usize) -> Counts {
    let tables = || {
        page.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    };
    let rows = tables().flat_map(|table| &table.rows);
    Counts {
        pages,
        blocks: page.blocks.len(),
        tables: tables().count(),
        cells: rows.map(|row| row.cells.len()).sum(),
        written: page.written_lines.len(),
        skipped: page.skipped.len(),
        findings,
    }
}

/// The pages of a source, with nothing on them.
fn pages(source: &Facsimile) -> Vec<ViewPage> {
    let blank = |kind, number| ViewPage {
        kind,
        number,
        name: None,
        is_hidden: None,
        size: None,
        blocks: Vec::new(),
        skipped: Vec::new(),
    };
    match source {
        Facsimile::Lines(_) | Facsimile::Parts(_) => vec![blank(PageKind::Document, 1)],
        Facsimile::Pages(faces) => (1..)
            .zip(faces)
            .map(|(number, face)| ViewPage {
                size: Some(face.size),
                ..blank(PageKind::Page, number)
            })
            .collect(),
        Facsimile::Sheets(faces) => (1..)
            .zip(faces)
            .map(|(number, face)| ViewPage {
                name: Some(face.name.clone()),
                is_hidden: Some(face.is_hidden),
                ..blank(PageKind::Sheet, number)
            })
            .collect(),
    }
}

/// The page from 0 that a numbered piece stands on.
fn number_of(page: &Page, piece: u32, source: &Facsimile) -> usize {
    let index = usize::try_from(piece).unwrap_or(0).saturating_sub(1);
    match (page.places.get(index), source) {
        (Some(Place::OnPage { page, .. }), _) => {
            usize::try_from(*page).unwrap_or(1).saturating_sub(1)
        }
        (Some(Place::SheetRow { sheet, .. }), Facsimile::Sheets(faces)) => {
            let found = faces.iter().position(|face| face.name == *sheet);
            found.unwrap_or(0)
        }
        _ => 0,
    }
}

fn view_block(page: &Page, block: &Block) -> ViewBlock {
    let lines = |lines: &[Line]| lines.iter().map(|line| view_line(page, line)).collect();
    match block {
        Block::Heading { level, line } => ViewBlock::Heading {
            level: *level,
            lines: lines(std::slice::from_ref(line)),
        },
        Block::Paragraph(all) => ViewBlock::Paragraph { lines: lines(all) },
        Block::Item(all) => ViewBlock::Item { lines: lines(all) },
        Block::Table(table) => ViewBlock::Table(view_table(page, table, None)),
    }
}

fn view_line(page: &Page, line: &Line) -> ViewLine {
    ViewLine {
        locator: page.locate(&Locator::line(line.number)),
        text: line.text.clone(),
        key: String::new(),
    }
}

/// A table; one that is nested stands in the cell at `outer`.
fn view_table(page: &Page, table: &Table, outer: Option<&Locator>) -> ViewTable {
    let first = table.rows.first().map_or(0, |row| row.line);
    let last = table.rows.last().map_or(first, |row| row.line);
    let place = |locator: Locator| outer.cloned().unwrap_or_else(|| page.locate(&locator));
    let rows = table.rows.iter().map(|row| ViewRow {
        locator: place(Locator::line(row.line)),
        cells: (1..)
            .zip(&row.cells)
            .map(|(column, cell)| view_cell(page, cell, place(Locator::cell(row.line, column))))
            .collect(),
    });
    ViewTable {
        locator: place(Locator::lines(first, last)),
        is_grid: table.is_grid,
        rows: rows.collect(),
    }
}

fn view_cell(page: &Page, cell: &Cell, locator: Locator) -> ViewCell {
    let text = cell.text();
    let is_plain = matches!(cell.content.as_slice(), [] | [Node::Text(_)]);
    let nodes = cell.content.iter().filter(|_| !is_plain);
    let content = nodes.map(|node| view_node(page, node, &locator)).collect();
    ViewCell {
        raw: Some(cell.raw.clone()).filter(|raw| *raw != text),
        text,
        row_span: cell.row_span,
        column_span: cell.column_span,
        content,
        locator,
        key: String::new(),
    }
}

fn view_node(page: &Page, node: &Node, outer: &Locator) -> ViewNode {
    match node {
        Node::Text(text) => ViewNode::Text { text: text.clone() },
        Node::Paragraph(text) => ViewNode::Paragraph { text: text.clone() },
        Node::Item(text) => ViewNode::Item { text: text.clone() },
        Node::ListText(text) => ViewNode::ListText { text: text.clone() },
        Node::Table(table) => ViewNode::Table(view_table(page, table, Some(outer))),
    }
}

fn view_finding(finding: Finding) -> ViewFinding {
    ViewFinding {
        code: finding.code.as_str(),
        severity: finding.code.severity().as_str(),
        locator: finding.locator,
        message_ja: finding.message_ja,
        message_en: finding.message_en,
        raw: finding.raw,
        repaired: finding.repaired,
        key: String::new(),
    }
}

impl ViewBlock {
    /// The lines of a block that is no table.
    pub(super) fn lines_mut(&mut self) -> &mut [ViewLine] {
        match self {
            Self::Heading { lines, .. } | Self::Paragraph { lines } | Self::Item { lines } => lines,
            Self::Table(_) => &mut [],
        }
    }
}

impl ViewTable {
    /// Rows, and cells of the longest one.
    pub(super) fn size(&self) -> (usize, usize) {
        let widths = self.rows.iter().map(|row| row.cells.len());
        (self.rows.len(), widths.max().unwrap_or(0))
    }
}

impl ViewCell {
    /// Whether nothing visible stands in the cell.
    pub(super) fn is_blank(&self) -> bool {
        let has_table = |node: &ViewNode| matches!(node, ViewNode::Table(_));
        self.text.trim().is_empty() && !self.content.iter().any(has_table)
    }
}
