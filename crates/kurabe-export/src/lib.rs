//! Writes the published tables: one module per target.
//!
//! [`write_parquet`] and [`read_parquet`] for programs, [`write_csv`] for spreadsheets;
//! [`read_stored`] reads a table as its file says, whatever version wrote it. All of
//! them write into a directory that the caller gives, in the order of `Dataset::specs()`, rows
//! sorted by key, and give the same bytes for the same data.

mod cp932;
mod csv_file;
mod error;
mod formula;
mod parquet_file;

use std::path::PathBuf;

pub use csv_file::{CsvEncoding, CsvOptions, CsvReport, LossyCharacter, write_csv};
pub use error::ExportError;
pub use formula::neutralize;
pub use parquet_file::{
    ParquetOptions, StoredColumn, StoredTable, read_parquet, read_stored, stored_files,
    write_parquet,
};

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Name of the table.
    pub table: &'static str,
    /// Number of its rows.
    pub rows: usize,
    /// The file.
    pub path: PathBuf,
}
