//! Surveys that are published as a table with a column for every municipality.
//!
//! The first row names the municipalities, by name only; the first two cells of every other row say
//! what was asked, its remaining cells are the answers. Names that are borne twice are settled by their
//! order ([`crate::order`]). Every cell becomes a row of `survey_indicators`: nothing is left out.

mod definition;
mod table;
mod value;

use jiff::civil::Date;
use kurabe_schema::SurveyIndicator;
use kurabe_trace::Locator;

use crate::order::OrderError;
use crate::register::{Entry, Register};
use crate::resolve::ResolveError;

pub use definition::{By, DefinitionError, Indicator, Plan, Survey, Unit};

use table::{LABELS, Table};

/// What is known of a table that is read.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// Fiscal year of the survey.
    pub year: i32,
    /// Day that the answers describe; names are those of that day.
    pub as_of: Option<Date>,
    /// Where the table was published.
    pub source: &'a str,
    /// The file, as it is shown.
    pub path: &'a str,
    /// How many municipalities the table must have, where that is known.
    pub municipalities: Option<usize>,
}

/// Rows of `survey_indicators`, and what is to be remarked about the table.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The rows, a municipality after another within each indicator.
    pub rows: Vec<SurveyIndicator>,
    /// What a careful reader should know.
    pub remarks: Vec<Remark>,
}

/// What is to be remarked about a table. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A row asks something that the definition of the survey does not know; it is not published.
    UnknownLabel {
        /// The line.
        line: u32,
        /// What it asks.
        label: String,
        /// The known label that is most like it.
        nearest: Option<String>,
    },
    /// Two rows ask the same; the first is published.
    Repeated {
        /// The line of the second row.
        line: u32,
        /// What it asks.
        label: String,
    },
    /// Cells of a row are no answers that the definition knows; their value is missing.
    UnknownValues {
        /// The line.
        line: u32,
        /// What it asks.
        label: String,
        /// How many cells.
        count: usize,
        /// Column of the first of them.
        column: u32,
        /// What stands there.
        value: String,
    },
}

/// Why a table cannot be read. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SurveyError {
    /// The text is no table.
    #[error("{detail}; save the table as CSV with commas")]
    Csv {
        /// What is wrong.
        detail: String,
    },
    /// There are no names in the first row.
    #[error("the first row names no municipality; names begin in its third cell")]
    NoNames,
    /// A column has answers but no name.
    #[error(
        "column {column} has no name but `{value}` in line {line}; name the municipality or clear the cell"
    )]
    Unnamed {
        /// The column.
        column: u32,
        /// The line.
        line: u32,
        /// What stands there.
        value: String,
    },
    /// A name means no municipality.
    #[error("column {column}: {error}")]
    Name {
        /// The column.
        column: u32,
        /// What is wrong with it.
        error: ResolveError,
    },
    /// A name does not stand where its code belongs.
    #[error(
        "column {column}: `{name}` does not stand in the order of the codes, between `{before}` and \
         `{after}`; put the columns in the order of the codes"
    )]
    Misplaced {
        /// The column.
        column: u32,
        /// The name.
        name: String,
        /// The name before it.
        before: String,
        /// The name behind it.
        after: String,
    },
    /// A name is borne twice, and the columns around it do not settle which one is meant.
    #[error(
        "column {column}: `{name}` can be {}; write the prefecture before the name",
        candidates.join(", ")
    )]
    Undecided {
        /// The column.
        column: u32,
        /// The name.
        name: String,
        /// All that it can be in this place.
        candidates: Vec<String>,
    },
    /// A row ends before the last named column.
    #[error("line {line} has {cells} cells, the first row {wanted}; complete the row")]
    Short {
        /// The line.
        line: u32,
        /// Its cells.
        cells: usize,
        /// The cells it should have.
        wanted: usize,
    },
    /// The table has another number of municipalities than expected.
    #[error(
        "{found} municipalities, but {wanted} are expected; complete the table or correct \
         `municipalities`"
    )]
    Count {
        /// The number of names.
        found: usize,
        /// The expected number.
        wanted: usize,
    },
}

impl From<OrderError> for SurveyError {
    fn from(error: OrderError) -> Self {
        let column = |position: usize| table::number(position + LABELS);
        match error {
            OrderError::Name { position, error } => Self::Name {
                column: column(position),
                error,
            },
            OrderError::Misplaced {
                position,
                name,
                before,
                after,
            } => Self::Misplaced {
                column: column(position),
                name,
                before,
                after,
            },
            OrderError::Undecided {
                position,
                name,
                candidates,
            } => Self::Undecided {
                column: column(position),
                name,
                candidates,
            },
        }
    }
}

impl Survey {
    /// Reads a table of this survey.
    ///
    /// # Errors
    /// When its columns cannot be told apart, or cells are missing: then nothing of it can be trusted.
    pub fn read(
        &self,
        text: &str,
        register: &Register,
        edition: &Edition<'_>,
    ) -> Result<Reading, SurveyError> {
        let table = Table::parse(text)?;
        let names: Vec<&str> = table.names.iter().map(String::as_str).collect();
        let entries = register.in_order(&names, edition.as_of)?;
        if let Some(wanted) = edition.municipalities.filter(|n| *n != entries.len()) {
            let found = entries.len();
            return Err(SurveyError::Count { found, wanted });
        }
        let mut reading = Reading::default();
        let mut seen: Vec<&str> = Vec::new();
        for row in &table.rows {
            let Some(indicator) = self.indicator(&row.group, &row.label) else {
                reading.remarks.push(Remark::UnknownLabel {
                    line: row.line,
                    label: row.label.clone(),
                    nearest: self.nearest(&row.label),
                });
                continue;
            };
            if seen.contains(&indicator.id.as_str()) {
                reading.remarks.push(Remark::Repeated {
                    line: row.line,
                    label: row.label.clone(),
                });
                continue;
            }
            seen.push(&indicator.id);
            let asked = Asked {
                survey: self,
                indicator,
                edition,
                line: row.line,
            };
            asked.answers(&table.names, &entries, &row.cells, &mut reading);
        }
        Ok(reading)
    }
}

/// A row of a table with what its answers share.
struct Asked<'a> {
    survey: &'a Survey,
    indicator: &'a Indicator,
    edition: &'a Edition<'a>,
    line: u32,
}

impl Asked<'_> {
    fn answers(
        &self,
        names: &[String],
        entries: &[&Entry],
        cells: &[String],
        reading: &mut Reading,
    ) {
        let mut unknown: Vec<(u32, &str)> = Vec::new();
        for (position, ((name, entry), cell)) in names.iter().zip(entries).zip(cells).enumerate() {
            let column = table::number(position + LABELS);
            let value = self.survey.value(self.indicator.unit, cell);
            if value.is_err() {
                unknown.push((column, cell));
            }
            reading.rows.push(SurveyIndicator {
                municipality_code: entry.code.clone(),
                indicator: self.indicator.id.clone(),
                survey: self.survey.id.clone(),
                year: self.edition.year,
                value: value.unwrap_or_default(),
                value_raw: Some(cell.clone()).filter(|cell| !cell.is_empty()),
                source: self.edition.source.to_owned(),
                unit: self.indicator.unit.as_str().to_owned(),
                group: self.indicator.group.clone(),
                label: self.indicator.label.clone(),
                name_raw: name.clone(),
                as_of: self.edition.as_of,
                path: self.edition.path.to_owned(),
                locator: Locator::cell(self.line, column).to_string(),
            });
        }
        if let Some((column, value)) = unknown.first() {
            reading.remarks.push(Remark::UnknownValues {
                line: self.line,
                label: self.indicator.label.clone(),
                count: unknown.len(),
                column: *column,
                value: (*value).to_owned(),
            });
        }
    }
}

/// The cell at a line and column of a table, without spaces around it; used to prove a published value.
#[must_use]
pub fn cells(text: &str) -> Cells {
    Cells::new(text)
}

pub use table::Cells;
