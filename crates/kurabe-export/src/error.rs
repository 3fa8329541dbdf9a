//! What can go wrong: each error names the file, the place in it and what to do.

use std::path::{Path, PathBuf};

use kurabe_schema::SchemaError;
use parquet::errors::ParquetError;

/// Why tables could not be written or read back.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file could not be created.
    #[error("cannot write {path}: {source}; check that its directory exists and may be written to")]
    Create {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file could not be opened.
    #[error("cannot open {path}: {source}; write the tables again, all of them belong together")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Parquet could not be written.
    #[error("cannot write {path}: {source}; check the free space on its disk")]
    WriteParquet {
        /// The file.
        path: PathBuf,
        /// What the Parquet library said.
        source: Box<ParquetError>,
    },
    /// A file is no readable Parquet file.
    #[error("cannot read {path}: {source}; it is damaged or no Parquet file: write it again")]
    ReadParquet {
        /// The file.
        path: PathBuf,
        /// What the Parquet library said.
        source: Box<ParquetError>,
    },
    /// A column of the table is not in the file.
    #[error(
        "{path}: column `{column}` is missing; the file was written by another version: write it \
         again"
    )]
    MissingColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
    },
    /// The file has a column that the table does not know.
    #[error(
        "{path}: column `{column}` is not known; the file was written by another version: write \
         it again"
    )]
    UnknownColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
    },
    /// A column of the file has another type than the table.
    #[error(
        "{path}: column `{column}` is {found} but should be {expected}; the file was written by \
         another program or version: write it again"
    )]
    ColumnType {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// Type of the table.
        expected: String,
        /// Type of the file.
        found: String,
    },
    /// A column of the file has a type that no published table has.
    #[error(
        "{path}: column `{column}` is {found}, which no published table has; name a folder that \
         kurabe wrote"
    )]
    UnknownType {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// Type of the file.
        found: String,
    },
    /// A date of the file lies outside the calendar.
    #[error(
        "{path}: column `{column}`, row {row}: {days} days from 1970 is no date; write it again"
    )]
    DateRange {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// Row, counted from 1.
        row: usize,
        /// Days since 1970-01-01.
        days: i32,
    },
    /// The rows of a file do not make records, for instance because a value is missing.
    #[error("{path}: {source}")]
    Rows {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        source: SchemaError,
    },
    /// The file of a table is not among those to describe.
    #[error("{path} is missing; write the tables before they are described")]
    NotPackaged {
        /// Path in the package.
        path: String,
    },
    /// The description could not be written as JSON.
    #[error(
        "the Data Package cannot be described: {source}; this is a mistake of the program: report it"
    )]
    Descriptor {
        /// What the JSON library said.
        source: serde_json::Error,
    },
    /// A number is infinite or no number at all.
    #[error(
        "table `{table}`, row {row}, column `{column}`: {value} is no number to publish; leave the \
         value out where it is computed"
    )]
    NotFinite {
        /// The table.
        table: &'static str,
        /// Row in published order, counted from 1.
        row: usize,
        /// The column.
        column: &'static str,
        /// The number.
        value: f64,
    },
    /// CP932 has no such character.
    #[error(
        "table `{table}`, row {row}, column `{column}`: CP932 cannot hold `{character}` \
         (U+{code:04X}); write UTF-8, or allow `〓` in its place with --lossy",
        code = u32::from(*character)
    )]
    Cp932 {
        /// The table.
        table: &'static str,
        /// Row in published order, counted from 1 below the header.
        row: usize,
        /// The column.
        column: &'static str,
        /// The character.
        character: char,
    },
}

impl ExportError {
    /// The file or folder that it is about, where it is about one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Create { path, .. }
            | Self::Open { path, .. }
            | Self::WriteParquet { path, .. }
            | Self::ReadParquet { path, .. }
            | Self::MissingColumn { path, .. }
            | Self::UnknownColumn { path, .. }
            | Self::ColumnType { path, .. }
            | Self::UnknownType { path, .. }
            | Self::DateRange { path, .. }
            | Self::Rows { path, .. } => Some(path),
            Self::NotFinite { .. }
            | Self::Cp932 { .. }
            | Self::NotPackaged { .. }
            | Self::Descriptor { .. } => None,
        }
    }

    /// Makes an error of writing that file out of what the system says.
    pub(crate) fn create(path: &Path) -> impl Fn(std::io::Error) -> Self {
        move |source| Self::Create {
            path: path.to_owned(),
            source,
        }
    }

    /// Makes an error of writing that file out of what the Parquet library says.
    pub(crate) fn write(path: &Path) -> impl Fn(ParquetError) -> Self {
        move |source| Self::WriteParquet {
            path: path.to_owned(),
            source: Box::new(source),
        }
    }

    /// Makes an error of reading that file out of what the Parquet library says.
    pub(crate) fn read(path: &Path) -> impl Fn(ParquetError) -> Self {
        move |source| Self::ReadParquet {
            path: path.to_owned(),
            source: Box::new(source),
        }
    }
}
