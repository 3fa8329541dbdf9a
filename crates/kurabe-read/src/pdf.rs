//! PDF files.
//!
//! A PDF says where every character is drawn and knows no lines, paragraphs or tables. They are
//! rebuilt in layers: characters and ruling lines (`device`), lines (`line`), ruled tables
//! (`lattice`, `table`), the order of reading (`arrange`), paragraphs and headings (`flow`). What
//! the fonts give back is folded to what was written (`fold`).

mod arrange;
mod booktab;
mod bullet;
mod compact;
mod content;
mod device;
mod document;
mod flow;
mod fold;
mod forms;
mod furniture;
mod geometry;
mod ink;
mod join;
mod lattice;
mod line;
#[cfg(test)]
#[allow(dead_code, reason = "shared with the tests in tests/pdf")]
#[path = "../tests/pdf/make.rs"]
mod make;
mod open;
mod pages;
mod picture;
mod remark;
#[cfg(test)]
#[allow(clippy::print_stdout, reason = "a test may say how far it came")]
mod second;
mod shade;
mod sheet;
mod split;
mod stroke;
mod table;
mod unpack;
mod unruled;
mod workers;

use std::borrow::Cow;
use std::ops::RangeInclusive;

use kurabe_page::{Page, Unit};
use kurabe_trace::Staged;

use crate::build::PageBuilder;
use crate::facsimile::PageFace;
use crate::{Hint, ReadError};

pub use workers::THREAD;

/// Reads such a file.
///
/// # Errors
///
/// When the file is protected by a password, is damaged so that nothing can be read, goes beyond
/// a limit, or holds no text at all.
pub(crate) fn read(bytes: Cow<'_, [u8]>, hint: &Hint) -> Result<Staged<Page>, ReadError> {
    let document = open::Document::open(bytes, &hint.limits)?;
    let sheets = pages::sheets(&document);
    let cells = sheets.iter().map(sheet::Sheet::cells).sum::<u64>();
    if cells > hint.limits.cells {
        return Err(ReadError::too_large("cells", hint.limits.cells));
    }
    let findings = remark::findings(&document, &sheets);
    if sheets.iter().all(|sheet| !sheet.has_text()) {
        return Err(remark::without_text(&sheets));
    }
    let mut builder = PageBuilder::new("pdf", Unit::Line);
    builder.findings = findings;
    document::write(sheets, &mut builder);
    builder.finish()
}

/// The pages of such a file as they look; those in the range, from 1, are drawn.
///
/// # Errors
///
/// As of [`read`].
pub(crate) fn faces(
    bytes: &[u8],
    hint: &Hint,
    drawn: &RangeInclusive<usize>,
) -> Result<Vec<PageFace>, ReadError> {
    let document = open::Document::open(Cow::Borrowed(bytes), &hint.limits)?;
    Ok(picture::faces(&document, drawn))
}
