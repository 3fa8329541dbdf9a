//! Parquet: plain types, zstd, the meaning of every column inside the file.

mod columns;
mod reader;
mod stored;
mod writer;

use std::path::{Path, PathBuf};

pub use reader::read_parquet;
pub use stored::{StoredColumn, StoredTable, read_stored, stored_files};
pub use writer::{ParquetOptions, write_parquet};
pub(crate) use writer::{Shape, check_numbers, write_table};

/// The file of a table.
fn file_of(dir: &Path, table: &str) -> PathBuf {
    dir.join(format!("{table}.parquet"))
}
