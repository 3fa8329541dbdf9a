//! Delimited text: CSV and its relatives (RFC 4180), in any encoding.
//!
//! Blank records separate tables. Leading records in which one cell is written are paragraphs, the
//! rest is a table, as ragged as it is written.

mod dialect;
mod records;

pub(crate) use dialect::looks_delimited;

use kurabe_page::{Page, Place, Unit};
use kurabe_trace::{Code, Finding, Locator, Staged};

use crate::build::PageBuilder;
use crate::damage::{DamageLog, place};
use crate::format::has_ending;
use crate::sheet::check_length;
use crate::{Hint, ReadError, encoding, encoding_findings, html};
use dialect::Dialect;
use records::Record;

/// Reads such a file.
pub(crate) fn read(bytes: &[u8], hint: &Hint) -> Result<Staged<Page>, ReadError> {
    let decoded = encoding::decode(bytes, hint.encoding)?;
    let dialect = Dialect::of(&decoded.text, hint.delimiter);
    let read = records::read(&decoded.text, dialect, hint.limits)?;
    let reader = if dialect.delimiter == '\t' {
        "tsv"
    } else {
        "csv"
    };
    let mut reader = Reader {
        page: PageBuilder::new(reader, Unit::Line),
        damage: DamageLog::default(),
        has_columns: read.records.iter().any(|record| record.written() > 1),
        ragged: Vec::new(),
    };
    reader.page.encoding(decoded.encoding);
    reader.page.findings = encoding_findings(&decoded);
    let is_named = dialect.delimiter == '\t' && has_ending(hint, &[".tsv"]);
    if dialect.is_guess && !is_named {
        reader.page.findings.push(guessed(dialect));
    }
    reader.page.findings.extend(read.open_quote.map(unfinished));
    for block in blocks(read.records) {
        reader.block(&block, hint)?;
    }
    reader.finish()
}

fn guessed(dialect: Dialect) -> Finding {
    let (delimiter, quote) = (shown(dialect.delimiter), dialect.quote);
    Finding::new(
        Code::DelimiterGuessed,
        Locator::Document,
        format!("区切り文字は内容から「{delimiter}」、引用符は「{quote}」と推定しました。"),
        format!("The delimiter was guessed from the content to be {delimiter}, the quote {quote}."),
    )
    .raw(delimiter)
}

fn shown(delimiter: char) -> String {
    match delimiter {
        '\t' => "TAB".to_owned(),
        other => other.to_string(),
    }
}

fn unfinished(line: u32) -> Finding {
    Finding::new(
        Code::FileDamaged,
        Locator::line(line),
        "引用符が閉じられていません。ここから先は引用符をただの文字として読みました。",
        "A quote is never closed; from here on quotes were read as plain characters.",
    )
}

/// Runs of records between blank ones.
fn blocks(records: Vec<Record>) -> Vec<Vec<Record>> {
    let mut blocks: Vec<Vec<Record>> = Vec::new();
    let mut end = None;
    for record in records {
        if record.written() == 0 {
            end = None;
            continue;
        }
        let next = record.last.saturating_add(1);
        match blocks.last_mut().filter(|_| end == Some(record.first)) {
            Some(block) => block.push(record),
            None => blocks.push(vec![record]),
        }
        end = Some(next);
    }
    blocks
}

struct Reader {
    page: PageBuilder,
    damage: DamageLog,
    /// Whether any record has more than one written cell, so that one alone stands out.
    has_columns: bool,
    /// Numbers of cells in the records of each ragged table, with the lines of those that differ.
    ragged: Vec<Ragged>,
}

/// A table whose records differ in their number of cells.
struct Ragged {
    /// Cells of most records.
    usual: usize,
    /// Lines of the others.
    lines: Vec<u32>,
}

impl Reader {
    fn block(&mut self, block: &[Record], hint: &Hint) -> Result<(), ReadError> {
        let cells = || block.iter().flat_map(|record| &record.cells);
        cells().try_for_each(|cell| check_length(cell, hint.limits.cell_characters))?;
        let is_title = |record: &&Record| self.has_columns && record.written() == 1;
        let leading = block.iter().take_while(is_title).count();
        let (titles, rows) = block.split_at(leading);
        let lines = titles.iter().flat_map(|record| {
            let written = record.cells.iter().find(|cell| !cell.trim().is_empty());
            let lines = written.into_iter().flat_map(|cell| cell.lines());
            lines.map(|line| (line.to_owned(), record.place()))
        });
        self.page.paragraph(lines);
        self.table(rows);
        Ok(())
    }

    fn table(&mut self, rows: &[Record]) {
        let usual = usual_width(rows);
        let odd = rows.iter().filter(|record| record.cells.len() != usual);
        let lines: Vec<u32> = odd.map(|record| record.first).collect();
        let is_grid = lines.is_empty();
        if !is_grid {
            self.ragged.push(Ragged { usual, lines });
        }
        let damage = &mut self.damage;
        let rows = rows.iter().map(|record| {
            let cells = record.cells.iter();
            let cells = cells.map(|cell| html::cell(cell, record.first, damage));
            (cells.collect(), record.place())
        });
        self.page.table(rows, is_grid);
    }

    fn finish(mut self) -> Result<Staged<Page>, ReadError> {
        self.page.findings.extend(self.damage.findings());
        self.page
            .findings
            .extend(self.ragged.iter().map(Ragged::finding));
        self.page.finish()
    }
}

/// The number of cells that most records have.
fn usual_width(rows: &[Record]) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for record in rows {
        *counts.entry(record.cells.len()).or_insert(0_usize) += 1;
    }
    let most = counts.iter().max_by_key(|(_, count)| **count);
    most.map_or(0, |(width, _)| *width)
}

impl Ragged {
    fn finding(&self) -> Finding {
        let (locator, raw) = place(&self.lines);
        let (usual, odd) = (self.usual, self.lines.len());
        Finding::new(
            Code::RowsRagged,
            locator,
            format!("セルの数が{usual}個でない行が{odd}行あります。書かれているとおりに読みました。"),
            format!("{odd} records have not {usual} cells as the others have; they were read as written."),
        )
        .raw(raw)
    }
}

impl Record {
    fn place(&self) -> Place {
        Place::Lines {
            first: self.first,
            last: self.last,
        }
    }

    /// How many cells hold something.
    fn written(&self) -> usize {
        let written = self.cells.iter().filter(|cell| !cell.trim().is_empty());
        written.count()
    }
}
