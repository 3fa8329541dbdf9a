//! What was read as lines of text.

use kurabe_trace::Locator;

use super::View;
use super::model::{ViewBlock, ViewCell, ViewLine, ViewNode, ViewTable};
use crate::text::{Lang, screen as words};

/// The text form, with a line end.
pub(crate) fn listing(view: &View, lang: Lang) -> String {
    let document = &view.document;
    let mut listing = Listing {
        lang,
        lines: Vec::new(),
    };
    listing.lines.push(words::page_heading(
        lang,
        &document.file,
        document.encoding.as_deref().unwrap_or_default(),
        document.counts.blocks,
        document.counts.written,
    ));
    listing.lines.push(if document.profiles.is_empty() {
        words::page_no_profile(lang)
    } else {
        words::page_profile(lang, document.profiles.join(", "))
    });
    let blocks = view.pages.iter().flat_map(|page| &page.blocks);
    blocks.for_each(|block| listing.block(block));
    for finding in &view.findings {
        let message = lang.pick(&finding.message_ja, &finding.message_en);
        let (place, code) = (&finding.locator, finding.code);
        listing.lines.push(format!("{place} {code}: {message}"));
    }
    listing.lines.join("\n") + "\n"
}

/// Collects the lines that are shown.
struct Listing {
    lang: Lang,
    lines: Vec<String>,
}

impl Listing {
    fn block(&mut self, block: &ViewBlock) {
        match block {
            ViewBlock::Heading { level, lines } => {
                self.text(&words::block_heading(self.lang, level), lines);
            }
            ViewBlock::Paragraph { lines } => self.text(&words::block_paragraph(self.lang), lines),
            ViewBlock::Item { lines } => self.text(&words::block_item(self.lang), lines),
            ViewBlock::Table(table) => {
                let (rows, columns) = table.size();
                let place = &table.locator;
                let name = words::block_table(self.lang, rows, columns);
                self.lines.push(format!("{place} [{name}]"));
                self.rows(table, 1);
            }
        }
    }

    fn text(&mut self, name: &str, lines: &[ViewLine]) {
        for line in lines {
            let (place, text) = (&line.locator, shown(&line.text));
            self.lines.push(format!("{place} [{name}] {text}"));
        }
    }

    fn rows(&mut self, table: &ViewTable, depth: usize) {
        for row in &table.rows {
            for (column, cell) in (1..).zip(&row.cells) {
                let raw = cell.raw.as_deref().unwrap_or(&cell.text);
                if !raw.trim().is_empty() || !cell.is_blank() {
                    self.cell(cell, column, depth);
                }
            }
        }
    }

    fn cell(&mut self, cell: &ViewCell, column: u32, depth: usize) {
        let indent = "  ".repeat(depth);
        let place = match cell.locator {
            // Cells of a nested table carry the place of the outer one; they are told apart.
            Locator::Cell { line, .. } => Locator::cell(line, column),
            ref other => other.clone(),
        };
        let spans = if cell.column_span > 1 || cell.row_span > 1 {
            words::cell_span(self.lang, cell.column_span, cell.row_span)
        } else {
            String::new()
        };
        self.lines
            .push(format!("{indent}{place}{spans} {}", shown(&cell.text)));
        for node in &cell.content {
            if let ViewNode::Table(table) = node {
                let (rows, columns) = table.size();
                let name = words::nested_table(self.lang, rows, columns);
                self.lines.push(format!("{indent}  [{name}]"));
                self.rows(table, depth + 2);
            }
        }
    }
}

/// Text on one line: line ends and tabs are shown as signs.
fn shown(text: &str) -> String {
    text.replace("\r\n", "⏎")
        .replace(['\n', '\r'], "⏎")
        .replace('\t', "⇥")
}
