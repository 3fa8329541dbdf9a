//! One workbook for people: the published tables as a spreadsheet that explains itself.
//!
//! [`write_workbook`] puts a dataset into an Excel file (`.xlsx`) with a first sheet of
//! explanations, a comparison of municipalities by national category, lists with filters and links
//! to the sources, and the closed words with what they are called. No formulas, no macros; the same
//! dataset gives the same bytes.
//!
//! Limits of the file format are met by rule, and the first sheet says where one applied: a list
//! that is longer than a sheet goes on in the next one, a text that is longer than a cell is cut
//! with a remark, and links stop where a sheet may hold no more.

mod book;
mod cell;
mod error;
mod index;
mod lang;
mod limits;
mod list;
mod sheets;
mod style;
mod text;

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::Path;

use kurabe_schema::Dataset;

use book::Book;
use index::Index;

pub use error::WorkbookError;
pub use lang::Lang;
pub use limits::Limits;

/// How a workbook is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkbookOptions {
    /// Language of everything that is not a quotation from a document.
    pub lang: Lang,
    /// Version of the dataset, for the first sheet.
    pub version: Option<String>,
    /// Edition of the national plan that measures are compared by; the newest published one when
    /// absent.
    pub edition: Option<String>,
    /// What a sheet may hold.
    pub limits: Limits,
}

/// A sheet that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenSheet {
    /// Its name.
    pub name: String,
    /// Number of its rows below the header.
    pub rows: usize,
}

/// Writes the workbook to that file, over one that is there.
///
/// # Errors
/// When the file cannot be written, or when `options` names an edition that the dataset does not
/// have.
pub fn write_workbook(
    path: &Path,
    dataset: &Dataset,
    options: &WorkbookOptions,
) -> Result<Vec<WrittenSheet>, WorkbookError> {
    let (mut book, sheets) = make(dataset, options)?;
    let create = |source| WorkbookError::Create {
        path: path.to_owned(),
        source,
    };
    let mut file = BufWriter::new(File::create(path).map_err(create)?);
    book.save(&mut file)?;
    file.flush().map_err(create)?;
    Ok(sheets)
}

/// Writes the workbook to whatever takes bytes.
///
/// # Errors
/// When the bytes cannot be written, or when `options` names an edition that the dataset does not
/// have.
pub fn write_workbook_to<W: Write + Seek + Send>(
    writer: W,
    dataset: &Dataset,
    options: &WorkbookOptions,
) -> Result<Vec<WrittenSheet>, WorkbookError> {
    let (mut book, sheets) = make(dataset, options)?;
    book.save(writer)?;
    Ok(sheets)
}

fn make(
    dataset: &Dataset,
    options: &WorkbookOptions,
) -> Result<(Book, Vec<WrittenSheet>), WorkbookError> {
    let index = Index::of(dataset, options)?;
    let mut book = Book::new(options)?;
    sheets::write(&mut book, &index)?;
    let written = book.written();
    Ok((book, written))
}
