//! What can go wrong.

use std::path::PathBuf;

use rust_xlsxwriter::XlsxError;

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The file could not be created or written.
    #[error(
        "cannot write {path}: {source}; check that its directory exists and that no other program has it open"
    )]
    Create {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The dataset has no such edition of the national plan.
    #[error("the dataset has no edition `{edition}` of the national plan; it has: {known}")]
    Edition {
        /// The edition that was asked for.
        edition: String,
        /// Those that the dataset has.
        known: String,
    },
    /// The library that writes workbooks refused something.
    #[error(
        "cannot make the workbook: {0}; the CSV and Parquet files hold the same data, please report this"
    )]
    Library(#[from] Box<XlsxError>),
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self::Library(Box::new(error))
    }
}
