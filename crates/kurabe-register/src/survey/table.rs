//! The table as it stands: names, rows, cells, each in its line and column.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::SurveyError;

/// Cells before the first answer of a row: group and label.
pub(super) const LABELS: usize = 2;

/// A row of answers.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: u32,
    pub(super) group: String,
    pub(super) label: String,
    /// As many as there are names.
    pub(super) cells: Vec<String>,
}

/// A table with a column for every municipality.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A position as a number from 1.
pub(super) fn number(position: usize) -> u32 {
    u32::try_from(position + 1).unwrap_or(u32::MAX)
}

/// A record with the line on which it begins, from 1.
type Numbered = (u32, StringRecord);

/// The first record, and all others that are not blank. Their lines are counted here: the reader of CSV takes a record to begin
/// before the line feed of `\r\n` and before blank lines.
fn records(text: &str) -> Result<Vec<Numbered>, SurveyError> {
    let bytes = text.trim_start_matches('\u{feff}').as_bytes();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let (mut line, mut counted) = (1, 0);
    let mut all = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| SurveyError::Csv {
            detail: error.to_string(),
        })?;
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let is_end = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        let ends = bytes.iter().skip(start).take_while(is_end).count();
        let before = bytes.get(counted..start + ends).unwrap_or_default();
        line += u32::try_from(before.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0);
        counted = start + ends;
        if all.is_empty() || record.iter().any(|cell| !cell.trim().is_empty()) {
            all.push((line, record));
        }
    }
    Ok(all)
}

fn cell(record: &StringRecord, position: usize) -> &str {
    record.get(position).unwrap_or_default().trim()
}

impl Table {
    pub(super) fn parse(text: &str) -> Result<Self, SurveyError> {
        let records = records(text)?;
        let ((first, header), written) = records.split_first().ok_or(SurveyError::NoNames)?;
        let named = |position: &usize| !cell(header, *position).is_empty();
        let end = (LABELS..header.len()).rev().find(named);
        let end = end.ok_or(SurveyError::NoNames)? + 1;
        let names: Vec<String> = (LABELS..end)
            .map(|at| cell(header, at).to_owned())
            .collect();
        let rows = written
            .iter()
            .map(|record| row(record, &names, (end, header.len())));
        let rows = rows.collect::<Result<Vec<Row>, SurveyError>>()?;
        // A column without a name may stand between others only when nothing stands in it.
        let blank = names.iter().position(String::is_empty);
        match blank {
            Some(position) => Err(SurveyError::Unnamed {
                column: number(position + LABELS),
                line: *first,
                value: String::new(),
            }),
            None => Ok(Self { names, rows }),
        }
    }
}

fn row(
    (line, record): &Numbered,
    names: &[String],
    (end, width): (usize, usize),
) -> Result<Row, SurveyError> {
    let line = *line;
    let unnamed = (end..record.len()).find(|position| !cell(record, *position).is_empty());
    if let Some(position) = unnamed {
        return Err(SurveyError::Unnamed {
            column: number(position),
            line,
            value: cell(record, position).to_owned(),
        });
    }
    // A row that lacks only the blank cells at the end of the first row is whole. One whose last answer
    // is blank, too, may have lost another cell and be shifted.
    let is_whole = record.len() >= width || !cell(record, end - 1).is_empty();
    if !is_whole {
        return Err(SurveyError::Short {
            line,
            cells: record.len(),
            wanted: width,
        });
    }
    let cells = (LABELS..LABELS + names.len()).map(|at| cell(record, at).to_owned());
    Ok(Row {
        line,
        group: cell(record, 0).to_owned(),
        label: cell(record, 1).to_owned(),
        cells: cells.collect(),
    })
}

/// All cells of a table by line and column, without spaces around them. This is what published
/// values are proven with; it knows nothing of surveys.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    rows: BTreeMap<u32, StringRecord>,
    header: Option<u32>,
}

impl Cells {
    pub(super) fn new(text: &str) -> Self {
        let records = records(text).unwrap_or_default();
        let rows: BTreeMap<u32, StringRecord> = records.into_iter().collect();
        let header = rows.keys().next().copied();
        Self { rows, header }
    }

    /// The cell at a line and column, both from 1; `None` when there is none.
    #[must_use]
    pub fn at(&self, line: u32, column: u32) -> Option<&str> {
        let position = usize::try_from(column.checked_sub(1)?).ok()?;
        Some(self.rows.get(&line)?.get(position)?.trim())
    }

    /// The name over a column.
    #[must_use]
    pub fn name_over(&self, column: u32) -> Option<&str> {
        self.at(self.header?, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_file() {
        for end in ["\n", "\r\n"] {
            let text = [
                "\u{feff},,a,b",
                "",
                "g,\"l",
                "m\",1,2",
                ",,,",
                "g,n,3,4",
                "",
            ]
            .join(end);
            let cells = Cells::new(&text);
            assert_eq!(cells.name_over(3), Some("a"));
            assert_eq!(cells.at(3, 4), Some("2"));
            assert_eq!(cells.at(6, 3), Some("3"));
            assert_eq!(cells.at(4, 1), None);
        }
    }
}
