//! What a file is: its first bytes tell, then its structure, and its name only where both leave a
//! choice.

mod markup;

use std::borrow::Cow;

use crate::error::refused;
use crate::ole::{self, Compound};
use crate::zip_guard::Package;
use crate::{Hint, ReadError, csv, encoding};

/// The kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain text with tables of tab-separated lines.
    Text,
    /// Records with a delimiter and quotes (RFC 4180 and its relatives).
    Csv,
    /// An HTML document, under whatever name.
    Html,
    /// A workbook: xlsx, xlsm, xlsb, xls, ods.
    Workbook,
    /// A Word document (Office Open XML).
    Docx,
    /// A PDF file.
    Pdf,
}

impl Kind {
    /// The words that name kinds in profiles and on the command line.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("text", Self::Text),
        ("csv", Self::Csv),
        ("html", Self::Html),
        ("workbook", Self::Workbook),
        ("docx", Self::Docx),
        ("pdf", Self::Pdf),
    ];

    /// The kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, kind)| *kind)
    }
}

/// How much of a text is looked at.
const SAMPLE: usize = 1 << 16;

/// How far into a file the signature of a PDF may stand (ISO 32000, annex H.3).
const PDF_HEAD: usize = 1024;

/// Whether a file has a format that its first bytes name, so that detecting it means opening it.
pub(crate) fn is_bound(bytes: &[u8]) -> bool {
    is_pdf(bytes) || bytes.starts_with(ole::SIGNATURE) || bytes.starts_with(b"PK")
}

/// What a file is, and what told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognised {
    /// What it is.
    pub kind: Kind,
    /// What told.
    pub by: Sign,
}

/// What told what a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The hint says so.
    Stated,
    /// Its first bytes and what is packed in it.
    Signature,
    /// Its markup.
    Markup,
    /// The ending of its name, where the content leaves a choice.
    Name,
    /// Lines with the same delimiters.
    Delimiters,
    /// Nothing: what is nothing else is plain text.
    Nothing,
}

impl Sign {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Signature => "signature",
            Self::Markup => "markup",
            Self::Name => "name",
            Self::Delimiters => "delimiters",
            Self::Nothing => "nothing_else",
        }
    }

    fn of(self, kind: Kind) -> Recognised {
        Recognised { kind, by: self }
    }
}

/// Tells what a file is.
///
/// # Errors
///
/// When it is of a format that is not read.
pub fn recognise(bytes: &[u8], hint: &Hint) -> Result<Recognised, ReadError> {
    if let Some(kind) = hint.kind {
        return Ok(Sign::Stated.of(kind));
    }
    if is_pdf(bytes) {
        return Ok(Sign::Signature.of(Kind::Pdf));
    }
    if bytes.starts_with(ole::SIGNATURE) {
        return compound(bytes).map(|kind| Sign::Signature.of(kind));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let mut package = Package::open(bytes, hint.limits)?;
        return packed(&mut package).map(|packed| Sign::Signature.of(packed.kind()));
    }
    let Some(sample) = sample(bytes, hint) else {
        return Ok(Sign::Nothing.of(Kind::Text));
    };
    if let Some(kind) = markup::detect(&sample)? {
        return Ok(Sign::Markup.of(kind));
    }
    if has_ending(hint, &[".csv", ".tsv"]) {
        return Ok(Sign::Name.of(Kind::Csv));
    }
    if csv::looks_delimited(&sample) {
        return Ok(Sign::Delimiters.of(Kind::Csv));
    }
    Ok(Sign::Nothing.of(Kind::Text))
}

/// Whether the file has one of these endings.
pub(crate) fn has_ending(hint: &Hint, endings: &[&str]) -> bool {
    let name = hint.name.unwrap_or_default().to_lowercase();
    endings.iter().any(|ending| name.ends_with(ending))
}

/// The beginning of a text; `None` when the bytes are none, which its reader will tell.
fn sample<'b>(bytes: &'b [u8], hint: &Hint) -> Option<Cow<'b, str>> {
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    encoding::decode(head, hint.encoding)
        .ok()
        .map(|decoded| decoded.text)
}

/// A signature at the very start; after junk it has to be followed by objects.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..PDF_HEAD).unwrap_or(bytes);
    let Some(at) = head.windows(5).position(|window| window == b"%PDF-") else {
        return false;
    };
    let after = bytes.get(at..).unwrap_or_default();
    let near = after.get(..4 * PDF_HEAD).unwrap_or(after);
    let has_version = near.get(5).is_some_and(u8::is_ascii_digit);
    at == 0 || has_version && near.windows(4).any(|window| window == b" obj")
}

fn compound(bytes: &[u8]) -> Result<Kind, ReadError> {
    let file = Compound::open(bytes)?;
    let has = |names: &[&str]| names.iter().any(|name| file.has(name));
    if has(&["EncryptedPackage"]) {
        let format = "Office";
        return Err(ReadError::Encrypted { format });
    }
    if has(&["Workbook", "Book"]) {
        return Ok(Kind::Workbook);
    }
    let is_ichitaro = |name: &str| name == "DocumentText" || name.starts_with("JSRV");
    Err(if has(&["WordDocument"]) {
        refused::WORD_97.refusal()
    } else if file.names().any(is_ichitaro) {
        refused::ICHITARO.refusal()
    } else if has(&["PowerPoint Document"]) {
        refused::SLIDES.refusal()
    } else {
        refused::OTHER_OLE.refusal()
    })
}

/// What a file packed in ZIP is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packed {
    /// A workbook of Office Open XML.
    Xlsx,
    /// The same with macros.
    Xlsm,
    /// A binary workbook.
    Xlsb,
    /// A workbook of OpenDocument.
    Ods,
    /// A Word document.
    Docx,
}

impl Packed {
    /// Name of the format.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Xlsb => "xlsb",
            Self::Ods => "ods",
            Self::Docx => "docx",
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Docx => Kind::Docx,
            Self::Xlsx | Self::Xlsm | Self::Xlsb | Self::Ods => Kind::Workbook,
        }
    }
}

/// How much of a part that describes the file is looked at.
const DESCRIPTION: u64 = 1 << 20;

/// What a file packed in ZIP is.
///
/// # Errors
///
/// When it is of a format that is not read, or protected by a password.
pub(crate) fn packed(package: &mut Package) -> Result<Packed, ReadError> {
    let types = text_of(package, "[Content_Types].xml");
    if let Some(packed) = office(&types)? {
        return Ok(packed);
    }
    let mimetype = text_of(package, "mimetype");
    if let Some(packed) = open_document(package, &mimetype)? {
        return Ok(packed);
    }
    let by_part = [
        ("xl/workbook.xml", Packed::Xlsx),
        ("xl/workbook.bin", Packed::Xlsb),
        ("word/document.xml", Packed::Docx),
    ];
    let known = by_part.into_iter().find(|(part, _)| package.has(part));
    match known {
        Some((_, packed)) => Ok(packed),
        None if package.names().any(|name| name.starts_with("ppt/")) => {
            Err(refused::SLIDES.refusal())
        }
        None => Err(refused::ARCHIVE.refusal()),
    }
}

fn text_of(package: &mut Package, part: &str) -> String {
    let head = package.head(part, DESCRIPTION);
    String::from_utf8_lossy(&head).into_owned()
}

/// Formats of Office Open XML by the type of their main part (ECMA-376).
fn office(types: &str) -> Result<Option<Packed>, ReadError> {
    let holds = |word: &str| types.contains(word);
    Ok(if holds("sheet.binary.macroEnabled.main") {
        Some(Packed::Xlsb)
    } else if holds("ms-excel.sheet.macroEnabled.main")
        || holds("ms-excel.template.macroEnabled.main")
    {
        Some(Packed::Xlsm)
    } else if holds("spreadsheetml.sheet.main") || holds("spreadsheetml.template.main") {
        Some(Packed::Xlsx)
    } else if holds("wordprocessingml.document.main")
        || holds("wordprocessingml.template.main")
        || holds("ms-word.document.macroEnabled.main")
    {
        Some(Packed::Docx)
    } else if holds("presentationml") || holds("ms-powerpoint") {
        return Err(refused::SLIDES.refusal());
    } else {
        None
    })
}

/// Formats of OpenDocument, and others that name themselves in a part `mimetype`.
fn open_document(package: &mut Package, mimetype: &str) -> Result<Option<Packed>, ReadError> {
    let Some(kind) = mimetype.trim().strip_prefix("application/") else {
        let content = package.has("content.xml") && is_spreadsheet(package);
        return Ok(content.then_some(Packed::Ods));
    };
    let is = |name: &str| {
        kind.strip_prefix("vnd.oasis.opendocument.")
            .is_some_and(|k| k.starts_with(name))
    };
    if is("spreadsheet") {
        let manifest = text_of(package, "META-INF/manifest.xml");
        if manifest.contains("encryption-data") {
            return Err(ReadError::Encrypted { format: "ods" });
        }
        return Ok(Some(Packed::Ods));
    }
    Err(if is("text") {
        refused::TEXT_DOCUMENT.refusal()
    } else if is("presentation") {
        refused::SLIDES.refusal()
    } else if kind.starts_with("epub") {
        refused::EBOOK.refusal()
    } else {
        refused::ARCHIVE.refusal()
    })
}

fn is_spreadsheet(package: &mut Package) -> bool {
    text_of(package, "content.xml").contains("<office:spreadsheet")
}
