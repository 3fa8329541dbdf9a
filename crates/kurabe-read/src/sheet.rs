//! Workbooks: xlsx, xlsm, xlsb, xls and ods.
//!
//! The cells are read with our own readers of the four formats, because a page needs what
//! spreadsheet libraries do not give: what a cell displays (number formats), what is merged or
//! hidden, whether a formula was computed, and all of it without taking memory for cells that are
//! not there. `calamine` reads the values a second time ([`second`]).

mod blocks;
mod bytes;
mod face;
mod findings;
mod model;
mod number;
mod ods;
mod second;
mod value;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub(crate) use model::check_length;
pub use second::{Difference, Opinion};

use kurabe_page::{Page, Unit};
use kurabe_trace::Staged;

use crate::build::PageBuilder;
use crate::facsimile::SheetFace;
use crate::fault::{Fault, FaultKind};
use crate::format::{Packed, packed};
use crate::zip_guard::Package;
use crate::{Hint, ReadError, ole};
use model::{Book, Sheet};

/// Reads a workbook of any known format.
pub(crate) fn read(bytes: &[u8], hint: &Hint) -> Result<Staged<Page>, ReadError> {
    page(&book(bytes, hint)?, hint)
}

/// The sheets of a workbook as the file says they are.
pub(crate) fn faces(bytes: &[u8], hint: &Hint) -> Result<Vec<SheetFace>, ReadError> {
    let book = book(bytes, hint)?;
    Ok(book.sheets.into_iter().map(face::face).collect())
}

/// What a second reader says of a workbook that we can read.
pub(crate) fn opinion(bytes: &[u8], hint: &Hint) -> Result<Opinion, ReadError> {
    second::compare(bytes, &book(bytes, hint)?, hint)
}

fn book(bytes: &[u8], hint: &Hint) -> Result<Book, ReadError> {
    if bytes.starts_with(ole::SIGNATURE) {
        xls::read(bytes, hint.limits)
    } else {
        read_packed(bytes, hint)
    }
}

fn read_packed(bytes: &[u8], hint: &Hint) -> Result<Book, ReadError> {
    let mut package = Package::open(bytes, hint.limits)?;
    let packed = packed(&mut package)?;
    let name = packed.name();
    package.format = name;
    match packed {
        Packed::Xlsx | Packed::Xlsm => xlsx::read(&mut package, name),
        Packed::Xlsb => xlsb::read(&mut package),
        Packed::Ods => ods::read(&mut package),
        Packed::Docx => Err(ReadError::Damaged {
            format: name,
            detail: Fault::new(FaultKind::NoWorkbook),
        }),
    }
}

fn page(book: &Book, hint: &Hint) -> Result<Staged<Page>, ReadError> {
    let mut page = PageBuilder::new(book.format, Unit::Row);
    let mut room = hint.limits.cells;
    for sheet in &book.sheets {
        page.findings.extend(findings::damaged(sheet));
        if sheet.is_hidden && !hint.hidden {
            leave_out(&mut page, sheet);
        } else if hint.hidden {
            add(&mut page, &unhidden(sheet), hint, &mut room)?;
        } else {
            page.findings.extend(findings::hidden_lines(sheet));
            add(&mut page, sheet, hint, &mut room)?;
        }
    }
    page.finish()
}

fn add(
    page: &mut PageBuilder,
    sheet: &Sheet,
    hint: &Hint,
    room: &mut u64,
) -> Result<(), ReadError> {
    let mut covered = Vec::new();
    blocks::add(page, sheet, hint.limits, room, &mut covered)?;
    page.findings.extend(findings::troubles(sheet));
    page.findings.extend(findings::covered(sheet, &covered));
    Ok(())
}

/// Counts the rows of a hidden sheet as skipped.
fn leave_out(page: &mut PageBuilder, sheet: &Sheet) {
    for cells in sheet.cells.chunk_by(|a, b| a.row == b.row) {
        if cells.iter().any(|cell| !cell.text.trim().is_empty()) {
            page.skip("hidden_sheet", blocks::row_place(sheet, cells));
        }
    }
    page.findings.extend(findings::hidden_sheet(sheet));
}

/// The sheet with everything shown.
fn unhidden(sheet: &Sheet) -> Sheet {
    Sheet {
        is_hidden: false,
        rows: model::Hidden::default(),
        columns: model::Hidden::default(),
        ..sheet.clone()
    }
}
