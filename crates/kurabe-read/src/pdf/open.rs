//! Opens a file and interprets its pages.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::content::Content;
use super::forms;
use super::ink::Ink;
use super::unpack::{self, Survey, find};
use crate::fault::{Fault, FaultKind};
use crate::{Limits, ReadError};

/// Name of the format in messages.
const FORMAT: &str = "PDF";

/// A page as interpreted.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) ink: Ink,
    /// What is wrong with it.
    pub(super) damage: Vec<Damage>,
}

impl Drawn {
    /// A page that could not be interpreted.
    pub(super) fn lost() -> Self {
        Self {
            damage: vec![Damage::NotInterpreted],
            ..Self::default()
        }
    }
}

/// What is wrong with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Damage {
    /// Its instructions are missing or cannot be unpacked.
    ContentLost,
    /// Its instructions are broken: unknown words, strings without end.
    ContentBroken,
    /// It names fonts or pictures that are not there.
    ResourceLost,
    /// Some of its text was not drawn: a font that it uses cannot be read.
    FontLost,
    /// The interpreter gave up.
    NotInterpreted,
    /// It is more than is read of one page.
    TooMuch,
    /// Much of its text stands outside of the page or has no size.
    TextHidden,
}

/// A file that was opened.
pub(super) struct Document {
    pdf: Pdf,
    /// Streams of the file and how many of them are corrupt.
    pub(super) survey: Survey,
    /// Pages that the file says it has.
    pub(super) promised: Option<usize>,
    /// Whether the end of the file is where its table of objects says, or missing.
    pub(super) is_cut: bool,
    has_nested_fonts: bool,
}

impl Document {
    /// Opens a file after checking what it unpacks to.
    ///
    /// # Errors
    ///
    /// When it goes beyond a limit, is encrypted, or has no pages.
    pub(super) fn open(bytes: Cow<'_, [u8]>, limits: &Limits) -> Result<Self, ReadError> {
        let mut survey = unpack::survey(&bytes, limits)?;
        let is_encrypted = find(&bytes, b"/Encrypt", 0).is_some();
        let is_cut = is_cut(&bytes);
        let bytes = bytes.into_owned();
        let opened = catch_unwind(|| Pdf::new(bytes));
        let pdf = match opened {
            Ok(Ok(pdf)) => pdf,
            Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => {
                return Err(ReadError::Encrypted { format: FORMAT });
            }
            Ok(Err(LoadPdfError::Decryption(_))) => {
                return Err(damaged(FaultKind::Encryption));
            }
            Ok(Err(LoadPdfError::Invalid)) | Err(_) => {
                return Err(damaged(FaultKind::NoObjects));
            }
        };
        let count = pdf.pages().len();
        if count == 0 {
            return Err(damaged(FaultKind::NoPages));
        }
        if u64::try_from(count).unwrap_or(u64::MAX) > limits.pages {
            return Err(ReadError::too_large("pages", limits.pages));
        }
        if is_encrypted {
            survey_decrypted(&pdf, limits, &mut survey)?;
        }
        let whole = catch_unwind(AssertUnwindSafe(|| {
            (promised(&pdf), forms::has_nested_fonts(pdf.objects()))
        }));
        let (promised, has_nested_fonts) = whole.unwrap_or((None, true));
        Ok(Self {
            pdf,
            survey,
            promised,
            is_cut,
            has_nested_fonts,
        })
    }

    /// Whether characters that are drawn by instructions can hold others.
    pub(super) fn has_nested_fonts(&self) -> bool {
        self.has_nested_fonts
    }

    /// The file.
    pub(super) fn pdf(&self) -> &Pdf {
        &self.pdf
    }
}

fn damaged(kind: FaultKind) -> ReadError {
    ReadError::Damaged {
        format: FORMAT,
        detail: Fault::new(kind),
    }
}

/// Counts what the streams of an encrypted file unpack to, which its bytes do not tell.
fn survey_decrypted(pdf: &Pdf, limits: &Limits, survey: &mut Survey) -> Result<(), ReadError> {
    for object in pdf.objects() {
        if let Object::Stream(stream) = object {
            let dictionary = stream.dict().data();
            survey.add(dictionary, &stream.raw_data(), limits, true)?;
        }
    }
    Ok(())
}

/// The number of pages that the root of the pages names.
fn promised(pdf: &Pdf) -> Option<usize> {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let pages = root.get::<Dict<'_>>("Pages")?;
    usize::try_from(pages.get::<i32>("Count")?).ok()
}

/// Whether the end of a file is missing, or its table of objects is not where it says.
fn is_cut(bytes: &[u8]) -> bool {
    let tail = bytes
        .get(bytes.len().saturating_sub(2048)..)
        .unwrap_or_default();
    let marker = tail.windows(9).rposition(|w| w == b"startxref");
    let Some(marker) = marker else {
        return true;
    };
    let rest = tail.get(marker + 9..).unwrap_or_default();
    let digits = rest.iter().skip_while(|b| b.is_ascii_whitespace());
    let digits = digits.take_while(|b| b.is_ascii_digit());
    let offset = digits.fold(0_usize, |sum, digit| {
        sum.saturating_mul(10)
            .saturating_add(usize::from(digit - b'0'))
    });
    let start = find(bytes, b"%PDF-", 0).unwrap_or(0);
    let is_table = |at: usize| is_table(bytes.get(at..).unwrap_or_default());
    let has_end = tail.windows(5).any(|w| w == b"%%EOF");
    !has_end || !(is_table(offset) || is_table(offset.saturating_add(start)))
}

/// Whether a table of objects begins here: `xref`, or `12 0 obj` of a stream that holds one.
fn is_table(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let mut words = start.split(u8::is_ascii_whitespace);
    let mut next_is_number = || {
        let word = words.next().unwrap_or_default();
        !word.is_empty() && word.iter().all(u8::is_ascii_digit)
    };
    let is_object = next_is_number() && next_is_number();
    start.starts_with(b"xref") || (is_object && words.next().is_some_and(|w| w.starts_with(b"obj")))
}

/// What is wrong with the instructions of a page.
pub(super) fn contents(page: &Page<'_>, content: &Content) -> Vec<Damage> {
    let mut damage = Vec::new();
    if !are_whole(page) {
        damage.push(Damage::ContentLost);
    }
    if content.is_broken {
        damage.push(Damage::ContentBroken);
    }
    if content.has_unknown_names {
        damage.push(Damage::ResourceLost);
    }
    damage
}

/// Whether all streams that a page names as its instructions are there and can be unpacked.
fn are_whole(page: &Page<'_>) -> bool {
    let has_no_subtype = |stream: &Stream<'_>| {
        let subtype = stream.dict().get::<Object<'_>>("Subtype");
        subtype.is_none()
    };
    if let Some(stream) = page.raw().get::<Stream<'_>>("Contents") {
        return has_no_subtype(&stream) && page.page_stream().is_some();
    }
    let Some(list) = page.raw().get::<Array<'_>>("Contents") else {
        return false;
    };
    let named = list.raw_iter().count();
    let found = list
        .iter::<Stream<'_>>()
        .filter(|s| has_no_subtype(s) && s.decoded_data().is_ok())
        .count();
    found >= named
}
