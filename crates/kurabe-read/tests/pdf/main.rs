//! Tests of the PDF reader: small files made here, damaged files, renderings of real documents.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail and say how far it came"
)]

mod corpus;
mod damaged;
mod make;
mod pages;

use kurabe_page::Page;
use kurabe_read::{Hint, Kind, ReadError, read};
use kurabe_trace::Staged;

/// Reads `bytes` as a PDF file.
fn pdf(bytes: &[u8]) -> Result<Staged<Page>, ReadError> {
    let kind = Some(Kind::Pdf);
    read(
        bytes,
        &Hint {
            kind,
            ..Hint::default()
        },
    )
}
