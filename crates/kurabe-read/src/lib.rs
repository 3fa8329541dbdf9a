//! Bytes → [`Page`]: detects the encoding, splits the text into blocks and reads the markup that
//! was left inside cells. What stands in the source is kept as written; nothing here knows
//! municipalities or layouts.
//!
//! ```
//! use kurabe_page::Block;
//! use kurabe_read::{Hint, read};
//!
//! let staged = read("# 一覧\n\n1\t窓口の改善\n".as_bytes(), &Hint::default())?;
//! assert_eq!(staged.value.encoding, "UTF-8");
//! assert!(matches!(staged.value.blocks[1], Block::Table(_)));
//! # Ok::<(), kurabe_read::ReadError>(())
//! ```

mod build;
mod csv;
mod damage;
mod docx;
pub mod encoding;
mod error;
mod facsimile;
mod fault;
mod format;
pub mod html;
mod limits;
mod lines;
mod numeral;
mod ole;
mod pdf;
mod pieces;
mod sheet;
mod text;
mod web;
mod zip_guard;

pub use error::{Format, ReadError, Remedy};
pub use facsimile::{
    FaceCell, Facsimile, Merge, PageFace, Part, PartCell, Picture, SheetFace, facsimile,
};
pub use fault::Fault;
pub use format::{Kind, Recognised, Sign, recognise};
pub use limits::Limits;
pub use pdf::THREAD as PAGE_THREAD;
pub use sheet::{Difference, Opinion};

use std::borrow::Cow;

use damage::{DamageLog, place};
use encoding::Decoded;
use kurabe_page::Page;
use kurabe_trace::{Code, Finding, Staged};

/// What is known about a file before it is opened, usually from the profile of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hint<'a> {
    /// Name of the file; its ending is asked only where the content leaves a choice.
    pub name: Option<&'a str>,
    /// What the file is, whatever it looks like.
    pub kind: Option<Kind>,
    /// Sign between the cells of a CSV file; found from the content when absent.
    pub delimiter: Option<char>,
    /// Whether hidden sheets, rows and columns are read, too.
    pub hidden: bool,
    /// Limits on what is read.
    pub limits: Limits,
    /// Label of the character encoding, such as `shift_jis`; `None` to detect it.
    pub encoding: Option<&'a str>,
}

/// Reads a document of any known format: what it is, its content tells, not its name. A reader that
/// needs the whole file for itself takes it when it is given and copies it when it is lent.
///
/// # Errors
///
/// When nothing can be read at all: the file holds no text, is of another format, or is not in
/// the encoding that the hint names.
pub fn read<'b>(bytes: impl Into<Cow<'b, [u8]>>, hint: &Hint) -> Result<Staged<Page>, ReadError> {
    let bytes = bytes.into();
    check_size(&bytes, hint)?;
    match recognise(&bytes, hint)?.kind {
        Kind::Text => read_text(&bytes, hint),
        Kind::Csv => csv::read(&bytes, hint),
        Kind::Html => web::read(&bytes, hint),
        Kind::Workbook => sheet::read(&bytes, hint),
        Kind::Docx => docx::read(&bytes, hint),
        Kind::Pdf => pdf::read(bytes, hint),
    }
}

/// Reads a workbook a second time with another reader (`calamine`) and says where the two differ;
/// `None` for other files. The other reader may abort: call this where that takes nothing with it.
///
/// # Errors
///
/// When one of the readers cannot read it.
pub fn second_opinion(bytes: &[u8], hint: &Hint) -> Result<Option<Opinion>, ReadError> {
    check_size(bytes, hint)?;
    match recognise(bytes, hint)?.kind {
        Kind::Workbook => sheet::opinion(bytes, hint).map(Some),
        Kind::Text | Kind::Csv | Kind::Html | Kind::Docx | Kind::Pdf => Ok(None),
    }
}

fn check_size(bytes: &[u8], hint: &Hint) -> Result<(), ReadError> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > hint.limits.bytes {
        return Err(ReadError::too_large("bytes", hint.limits.bytes));
    }
    Ok(())
}

/// Whether a file is read by code of this crate alone (text, CSV), without a parser of another
/// project that unpacks or follows what the file says.
#[must_use]
pub fn is_plain(bytes: &[u8], hint: &Hint) -> bool {
    match hint.kind {
        Some(kind) => matches!(kind, Kind::Text | Kind::Csv),
        None if format::is_bound(bytes) => false,
        None => !matches!(format::recognise(bytes, hint), Ok(r) if r.kind == Kind::Html),
    }
}

fn read_text(bytes: &[u8], hint: &Hint) -> Result<Staged<Page>, ReadError> {
    let decoded = encoding::decode(bytes, hint.encoding)?;
    let mut damage = DamageLog::default();
    let (blocks, written_lines) = text::blocks(&decoded.text, &mut damage);
    if written_lines.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut findings = encoding_findings(&decoded);
    findings.extend(damage.findings());
    let page = Page {
        reader: "text".to_owned(),
        encoding: decoded.encoding.to_owned(),
        blocks,
        written_lines,
        ..Page::default()
    };
    Ok(Staged {
        value: page,
        findings,
    })
}

fn encoding_findings(decoded: &Decoded) -> Vec<Finding> {
    let mut findings = Vec::new();
    if decoded.guessed {
        findings.push(guessed(decoded.encoding));
    }
    if !decoded.replaced_lines.is_empty() {
        findings.push(replaced(decoded));
    }
    findings
}

fn guessed(encoding: &str) -> Finding {
    Finding::new(
        Code::EncodingGuessed,
        kurabe_trace::Locator::Document,
        format!("文字コードの指定がないため、内容から {encoding} と推定しました。"),
        format!("No encoding is declared; it was guessed from the bytes to be {encoding}."),
    )
    .raw(encoding)
}

fn replaced(decoded: &Decoded) -> Finding {
    let (locator, raw) = place(&decoded.replaced_lines);
    let encoding = decoded.encoding;
    Finding::new(
        Code::EncodingReplaced,
        locator,
        format!("{encoding} として読めない文字があり、U+FFFD に置き換えました。"),
        format!("Characters that are not valid {encoding} were replaced by U+FFFD."),
    )
    .raw(raw)
}
