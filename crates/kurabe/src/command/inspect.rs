//! `kurabe inspect`: a file as it was read.

use std::fs;
use std::path::Path;

use kurabe_page::{Block, Cell, Line, Node, Page, Table};
use kurabe_trace::Locator;

use crate::cli::{Screen, Task};
use crate::config::Settings;
use crate::engine::{self, Limits, Recognition};
use crate::problem::{Exit, Problem, Result, reading};
use crate::profiles::ProfileFiles;
use crate::text::{Lang, screen as words};

/// Shows the blocks of a page with their places.
pub(crate) fn inspect(task: &Task, file: &Path, screen: &mut Screen) -> Result<Exit> {
    let path = task.place(file);
    let bytes = fs::read(&path).map_err(reading(&path))?;
    let limits = Settings::load(&task.surroundings.folder, &task.invocation.overrides)
        .map_or_else(|_| Limits::default(), |settings| settings.limits);
    let name = path.to_string_lossy().into_owned();
    let page = engine::read(&bytes, &engine::hint(None, Some(&name), limits))
        .map_err(|(ja, en)| Problem::Unreadable(path, task.lang.pick(&ja, &en).to_owned()))?;
    let findings = page.findings;
    let page = page.value;
    let (blocks, lines) = (page.blocks.len(), page.written_lines.len());
    screen.line(&words::page_heading(
        task.lang,
        file.display(),
        &page.encoding,
        blocks,
        lines,
    ))?;
    screen.line(&recognised(task, &page))?;
    let mut listing = Listing {
        lang: task.lang,
        lines: Vec::new(),
    };
    page.blocks.iter().for_each(|block| listing.block(block));
    screen.line(&listing.lines.join("\n"))?;
    for finding in findings {
        let message = task.lang.pick(&finding.message_ja, &finding.message_en);
        screen.line(&format!(
            "{} {}: {message}",
            finding.locator,
            finding.code.as_str()
        ))?;
    }
    Ok(Exit::Done)
}

/// Which profile recognises the page, as far as profiles are at hand.
fn recognised(task: &Task, page: &Page) -> String {
    let overrides = &task.invocation.overrides;
    let profiles = Settings::load(&task.surroundings.folder, overrides)
        .and_then(|settings| ProfileFiles::load(&settings.municipalities))
        .and_then(|files| files.parse())
        .unwrap_or_default();
    let claims = |profile: &&engine::Profile| profile.recognise(page) == Recognition::Document;
    let ids: Vec<String> = profiles
        .iter()
        .filter(claims)
        .map(|p| p.document_id())
        .collect();
    if ids.is_empty() {
        words::page_no_profile(task.lang)
    } else {
        words::page_profile(task.lang, ids.join(", "))
    }
}

/// Collects the lines that are shown.
struct Listing {
    lang: Lang,
    lines: Vec<String>,
}

impl Listing {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, line } => {
                self.text(
                    &words::block_heading(self.lang, level),
                    std::slice::from_ref(line),
                );
            }
            Block::Paragraph(lines) => self.text(&words::block_paragraph(self.lang), lines),
            Block::Item(lines) => self.text(&words::block_item(self.lang), lines),
            Block::Table(table) => {
                let (rows, columns) = size(table);
                let place = place_of(table);
                let name = words::block_table(self.lang, rows, columns);
                self.lines.push(format!("{place} [{name}]"));
                self.rows(table, 1);
            }
        }
    }

    fn text(&mut self, name: &str, lines: &[Line]) {
        for line in lines {
            let place = Locator::line(line.number);
            self.lines
                .push(format!("{place} [{name}] {}", shown(&line.text)));
        }
    }

    fn rows(&mut self, table: &Table, depth: usize) {
        for row in &table.rows {
            for (index, cell) in row.cells.iter().enumerate() {
                if !cell.raw.trim().is_empty() || !cell.is_blank() {
                    self.cell(row.line, index + 1, cell, depth);
                }
            }
        }
    }

    fn cell(&mut self, line: u32, column: usize, cell: &Cell, depth: usize) {
        let indent = "  ".repeat(depth);
        let place = Locator::cell(line, u32::try_from(column).unwrap_or(u32::MAX));
        let spans = if cell.column_span > 1 || cell.row_span > 1 {
            words::cell_span(self.lang, cell.column_span, cell.row_span)
        } else {
            String::new()
        };
        self.lines
            .push(format!("{indent}{place}{spans} {}", shown(&cell.text())));
        for node in &cell.content {
            if let Node::Table(table) = node {
                let (rows, columns) = size(table);
                let name = words::nested_table(self.lang, rows, columns);
                self.lines.push(format!("{indent}  [{name}]"));
                self.rows(table, depth + 2);
            }
        }
    }
}

fn size(table: &Table) -> (usize, usize) {
    (
        table.rows.len(),
        table
            .rows
            .iter()
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0),
    )
}

fn place_of(table: &Table) -> Locator {
    let first = table.rows.first().map_or(0, |row| row.line);
    Locator::lines(first, table.rows.last().map_or(first, |row| row.line))
}

/// Text on one line: line ends and tabs are shown as signs.
fn shown(text: &str) -> String {
    text.replace("\r\n", "⏎")
        .replace(['\n', '\r'], "⏎")
        .replace('\t', "⇥")
}
