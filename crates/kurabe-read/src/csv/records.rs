//! Text → records, each with the lines that it takes.

use std::borrow::Cow;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::dialect::Dialect;
use crate::fault::{Fault, FaultKind};
use crate::lines::Lines;
use crate::{Limits, ReadError};

/// A record with its lines, from 1.
pub(super) struct Record {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) cells: Vec<String>,
}

/// The records of a text.
pub(super) struct Records {
    pub(super) records: Vec<Record>,
    /// The line on which a quote begins that is never closed.
    pub(super) open_quote: Option<u32>,
}

/// Stands for a delimiter that takes more than one byte (information separator one).
const STAND_IN: char = '\u{1f}';

/// Reads the records of a text. Blank lines are none.
pub(super) fn read(text: &str, dialect: Dialect, limits: Limits) -> Result<Records, ReadError> {
    let text = if dialect.delimiter.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.replace(dialect.delimiter, &STAND_IN.to_string()))
    };
    let mut gathering = Gathering {
        text: &text,
        dialect,
        limits,
        lines: LineCounter::new(&text),
        room: limits.cells,
        records: Vec::new(),
    };
    let open = gathering.run(0, true)?;
    if let Some(start) = open {
        gathering.run(start, false)?;
    }
    let open_quote = open.map(|start| line_of(&text, start));
    Ok(Records {
        records: gathering.records,
        open_quote,
    })
}

struct Gathering<'t> {
    text: &'t str,
    dialect: Dialect,
    limits: Limits,
    lines: LineCounter<'t>,
    room: u64,
    records: Vec<Record>,
}

impl Gathering<'_> {
    /// Reads records from an offset on; gives the offset of the last one when a quote in it is
    /// never closed.
    fn run(&mut self, start: usize, quoting: bool) -> Result<Option<usize>, ReadError> {
        let rest = self.text.get(start..).unwrap_or_default();
        let mut reader = self.reader(rest, quoting);
        let mut record = StringRecord::new();
        let mut from = start;
        while reader.read_record(&mut record).map_err(|e| damaged(&e))? {
            let position = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            let end = start.saturating_add(position).min(self.text.len());
            let slice = self.text.get(from..end).unwrap_or_default();
            let skipped = slice.len() - slice.trim_start_matches(['\r', '\n']).len();
            let written = slice.trim_matches(['\r', '\n']);
            let begin = from + skipped;
            if quoting && end == self.text.len() && self.is_open(written, &record) {
                return Ok(Some(begin));
            }
            self.push(begin, begin + written.len(), &record)?;
            from = end;
        }
        Ok(None)
    }

    fn reader<'r>(&self, text: &'r str, quoting: bool) -> Reader<&'r [u8]> {
        let delimiter = if self.dialect.delimiter.is_ascii() {
            self.dialect.delimiter
        } else {
            STAND_IN
        };
        let byte = |c: char| u8::try_from(c).unwrap_or(b',');
        ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .quoting(quoting)
            .delimiter(byte(delimiter))
            .quote(byte(self.dialect.quote))
            .from_reader(text.as_bytes())
    }

    /// Whether the last record of a text holds a quote that is not closed: its last cell swallowed
    /// line ends, and its quotes do not pair.
    fn is_open(&self, written: &str, record: &StringRecord) -> bool {
        let last = record.iter().next_back().unwrap_or_default();
        let quotes = written.matches(self.dialect.quote).count();
        last.contains(['\r', '\n']) && quotes % 2 == 1
    }

    fn push(&mut self, begin: usize, end: usize, record: &StringRecord) -> Result<(), ReadError> {
        let count = u64::try_from(record.len()).unwrap_or(u64::MAX);
        let left = self.room.checked_sub(count);
        self.room = left.ok_or_else(|| ReadError::too_large("cells", self.limits.cells))?;
        let first = self.lines.at(begin);
        let last = self.lines.at(end.saturating_sub(1).max(begin));
        let cells = record.iter().map(|cell| self.cell(cell)).collect();
        self.records.push(Record { first, last, cells });
        Ok(())
    }

    /// A cell as written, with line ends as line feeds.
    fn cell(&self, cell: &str) -> String {
        let mut cell = cell.to_owned();
        if cell.contains('\r') {
            cell = cell.replace("\r\n", "\n").replace('\r', "\n");
        }
        if !self.dialect.delimiter.is_ascii() {
            cell = cell.replace(STAND_IN, &self.dialect.delimiter.to_string());
        }
        cell
    }
}

fn damaged(error: &csv::Error) -> ReadError {
    ReadError::Damaged {
        format: "CSV",
        detail: Fault::new(FaultKind::Records).cause(error),
    }
}

/// Line numbers of offsets that are asked for in ascending order.
struct LineCounter<'t> {
    lines: std::iter::Peekable<Lines<'t>>,
    number: u32,
}

impl<'t> LineCounter<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            lines: Lines::new(text).peekable(),
            number: 1,
        }
    }

    fn at(&mut self, offset: usize) -> u32 {
        while self.lines.next_if(|line| line.end <= offset).is_some() {}
        if let Some(line) = self.lines.peek() {
            self.number = line.number;
        }
        self.number
    }
}

fn line_of(text: &str, offset: usize) -> u32 {
    LineCounter::new(text).at(offset)
}
