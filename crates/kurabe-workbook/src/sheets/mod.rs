//! The sheets, a file each, in their order.

mod codes;
mod dictionary;
mod documents;
mod findings;
mod indicators;
mod intro;
mod kpis;
mod matrix;
mod measures;
mod quality;
mod surveys;
mod years;

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;

/// Writes all sheets. The first one is filled last, as it lists the others.
pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    intro::begin(book)?;
    matrix::write(book, index)?;
    measures::write(book, index)?;
    kpis::write(book, index)?;
    years::write(book, index)?;
    indicators::write(book, index)?;
    surveys::write(book, index)?;
    documents::write(book, index)?;
    quality::write(book, index)?;
    findings::write(book, index)?;
    codes::write(book, index)?;
    dictionary::write(book, index)?;
    intro::fill(book, index)
}
