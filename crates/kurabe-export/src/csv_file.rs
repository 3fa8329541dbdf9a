//! CSV for spreadsheets: RFC 4180, CRLF, UTF-8 with BOM or CP932.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use csv::{ByteRecord, Terminator, Writer, WriterBuilder};
use kurabe_schema::{Dataset, TableSpec, TableView, ValueRef};

use crate::{ExportError, Written, cp932, formula};

/// Encoding of CSV files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CsvEncoding {
    /// UTF-8 with a byte order mark, by which spreadsheets recognise it.
    #[default]
    Utf8Bom,
    /// CP932 (Windows-31J, what Japanese Windows calls Shift_JIS).
    Cp932,
}

/// How CSV files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CsvOptions {
    /// The encoding.
    pub encoding: CsvEncoding,
    /// Write 〓 for characters that CP932 cannot hold, instead of giving up.
    pub lossy: bool,
}

/// A character that was written as 〓.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LossyCharacter {
    /// The table.
    pub table: &'static str,
    /// Row in published order, counted from 1 below the header.
    pub row: usize,
    /// The column.
    pub column: &'static str,
    /// The character that CP932 cannot hold.
    pub character: char,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CsvReport {
    /// The files, in the order of the tables.
    pub written: Vec<Written>,
    /// The characters that were lost, each occurrence once.
    pub lossy: Vec<LossyCharacter>,
}

/// Writes every table as `<table>.csv` into an existing directory, empty tables too.
///
/// Null is an empty cell, flags are `true` and `false`, dates ISO 8601, numbers are written in
/// full without exponent and a whole number without fraction. Text that a spreadsheet would run
/// or take for a number with a sign has an apostrophe in front.
///
/// # Errors
/// When a file cannot be written, a number is not finite, or, unless `lossy`, CP932 has no such
/// character; files written before the error are left behind.
pub fn write_csv(
    dir: &Path,
    dataset: &Dataset,
    options: CsvOptions,
) -> Result<CsvReport, ExportError> {
    let mut report = CsvReport::default();
    for view in dataset.sorted_views() {
        let path = dir.join(format!("{}.csv", view.spec.name));
        write_table(&path, &view, options, &mut report.lossy)?;
        report.written.push(Written {
            table: view.spec.name,
            rows: view.rows.len(),
            path,
        });
    }
    Ok(report)
}

fn write_table(
    path: &Path,
    view: &TableView<'_>,
    options: CsvOptions,
    lossy: &mut Vec<LossyCharacter>,
) -> Result<(), ExportError> {
    let mut out = create(path, options.encoding).map_err(ExportError::create(path))?;
    let failed = |error: csv::Error| ExportError::create(path)(error.into());
    let header = view.spec.columns.iter().map(|column| column.name);
    out.write_record(header).map_err(failed)?;
    let mut record = ByteRecord::new();
    for (index, cells) in view.rows.iter().enumerate() {
        let mut row = Row {
            spec: view.spec,
            number: index + 1,
            options,
            lossy,
        };
        record.clear();
        row.fill(&mut record, cells)?;
        out.write_byte_record(&record).map_err(failed)?;
    }
    out.flush().map_err(ExportError::create(path))
}

fn create(path: &Path, encoding: CsvEncoding) -> std::io::Result<Writer<BufWriter<File>>> {
    let mut file = BufWriter::new(File::create(path)?);
    match encoding {
        CsvEncoding::Utf8Bom => file.write_all("\u{feff}".as_bytes())?,
        CsvEncoding::Cp932 => {}
    }
    Ok(WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(file))
}

/// A row on its way to the file.
struct Row<'a> {
    spec: &'static TableSpec,
    number: usize,
    options: CsvOptions,
    lossy: &'a mut Vec<LossyCharacter>,
}

impl Row<'_> {
    fn fill(&mut self, record: &mut ByteRecord, cells: &[ValueRef<'_>]) -> Result<(), ExportError> {
        for (column, cell) in self.spec.columns.iter().zip(cells) {
            self.push(record, column.name, *cell)?;
        }
        Ok(())
    }

    fn push(
        &mut self,
        record: &mut ByteRecord,
        column: &'static str,
        cell: ValueRef<'_>,
    ) -> Result<(), ExportError> {
        match cell {
            ValueRef::Null => record.push_field(b""),
            ValueRef::Text(text) => self.push_text(record, column, text)?,
            ValueRef::Int(number) => record.push_field(number.to_string().as_bytes()),
            ValueRef::Float(value) if value.is_finite() => {
                record.push_field(number_text(value).as_bytes());
            }
            ValueRef::Float(value) => {
                let (table, row) = (self.spec.name, self.number);
                return Err(ExportError::NotFinite {
                    table,
                    row,
                    column,
                    value,
                });
            }
            ValueRef::Bool(flag) => record.push_field(if flag { b"true" } else { b"false" }),
            ValueRef::Date(date) => record.push_field(date.to_string().as_bytes()),
        }
        Ok(())
    }

    fn push_text(
        &mut self,
        record: &mut ByteRecord,
        column: &'static str,
        text: &str,
    ) -> Result<(), ExportError> {
        match self.options.encoding {
            CsvEncoding::Utf8Bom => {
                record.push_field(formula::neutralize(Cow::Borrowed(text)).as_bytes());
            }
            CsvEncoding::Cp932 => {
                let text = formula::neutralize(cp932::map(Cow::Borrowed(text)));
                let (bytes, missing) = cp932::encode(&text);
                record.push_field(&bytes);
                self.report(column, missing)?;
            }
        }
        Ok(())
    }

    /// Notes the characters that were lost, or refuses the first of them.
    fn report(&mut self, column: &'static str, missing: Vec<char>) -> Result<(), ExportError> {
        let (table, row) = (self.spec.name, self.number);
        match missing.first() {
            Some(&character) if !self.options.lossy => Err(ExportError::Cp932 {
                table,
                row,
                column,
                character,
            }),
            _ => {
                let lost = |character| LossyCharacter {
                    table,
                    row,
                    column,
                    character,
                };
                self.lossy.extend(missing.into_iter().map(lost));
                Ok(())
            }
        }
    }
}

/// Text as a reader finds it in a CSV file of that encoding.
pub(crate) fn text_in_csv(text: &str, encoding: CsvEncoding) -> Cow<'_, str> {
    let text = Cow::Borrowed(text);
    match encoding {
        CsvEncoding::Utf8Bom => formula::neutralize(text),
        CsvEncoding::Cp932 => cp932::readable(formula::neutralize(cp932::map(text))),
    }
}

/// The shortest decimal that reads back as the same number: `10`, `0.1`, never an exponent or `-0`.
fn number_text(value: f64) -> String {
    if value == 0.0 {
        "0".to_owned()
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_full() {
        let cases = [
            (10.0, "10"),
            (0.1, "0.1"),
            (-0.0, "0"),
            (-2.5, "-2.5"),
            (37_000_000.0, "37000000"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
        ];
        for (value, text) in cases {
            assert_eq!(number_text(value), text);
            assert_eq!(text.parse::<f64>().unwrap(), value);
        }
    }
}
