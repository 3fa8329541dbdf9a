//! Writes the published tables: one module per target.
//!
//! [`write_parquet`] and [`read_parquet`] for programs, [`write_csv`] for spreadsheets,
//! [`write_partitioned`] for those who read one municipality at a time; [`read_stored`] reads a table
//! as its file says, whatever version wrote it. All of them write into a
//! directory that the caller gives, in the order of `Dataset::specs()`, rows sorted by key, and
//! give the same bytes for the same data. [`data_package`] describes what was written.

mod cp932;
mod csv_file;
mod error;
mod formula;
mod package;
mod parquet_file;
mod partition;

use std::path::PathBuf;

pub use csv_file::{CsvEncoding, CsvOptions, CsvReport, LossyCharacter, write_csv};
pub use error::ExportError;
pub use formula::neutralize;
pub use package::{
    Both, Contributor, License, Package, PackageFile, Places, Source, data_package,
    is_relative_or_web,
};
pub use parquet_file::{
    ParquetOptions, StoredColumn, StoredTable, read_parquet, read_stored, stored_files,
    write_parquet,
};
pub use partition::{DEFAULT_PARTITION, PARTITION_COLUMN, write_partitioned};

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
