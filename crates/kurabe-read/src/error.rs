//! Why a file could not be read at all.

use thiserror::Error;

/// A file format other than text, recognised by its first bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Format {
    /// Name of the format with its article, such as `a PDF file`.
    pub name: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    magic: &'static [u8],
}

const AS_TEXT: &str = "save its tables as tab-separated text in UTF-8 and read that";
const EXTRACT: &str = "extract its text (tables tab-separated, UTF-8) and read that";
const UNPACK: &str = "unpack it and read the files inside";
const PICTURE: &str = "recognise its text first (OCR) and read the result";

const FORMATS: &[Format] = &[
    Format {
        name: "a PDF file",
        remedy: EXTRACT,
        magic: b"%PDF-",
    },
    Format {
        name: "a ZIP file (.zip, .xlsx, .docx, .ods)",
        remedy: AS_TEXT,
        magic: b"PK\x03\x04",
    },
    Format {
        name: "an old Microsoft Office file (.xls, .doc)",
        remedy: AS_TEXT,
        magic: b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    },
    Format {
        name: "a PNG picture",
        remedy: PICTURE,
        magic: b"\x89PNG\r\n\x1A\n",
    },
    Format {
        name: "a JPEG picture",
        remedy: PICTURE,
        magic: b"\xFF\xD8\xFF",
    },
    Format {
        name: "a GIF picture",
        remedy: PICTURE,
        magic: b"GIF8",
    },
    Format {
        name: "a TIFF picture",
        remedy: PICTURE,
        magic: b"II*\0",
    },
    Format {
        name: "a TIFF picture",
        remedy: PICTURE,
        magic: b"MM\0*",
    },
    Format {
        name: "a gzip file",
        remedy: UNPACK,
        magic: b"\x1F\x8B\x08",
    },
    Format {
        name: "a 7z archive",
        remedy: UNPACK,
        magic: b"7z\xBC\xAF\x27\x1C",
    },
    Format {
        name: "an RTF file",
        remedy: AS_TEXT,
        magic: b"{\\rtf",
    },
    Format {
        name: "a Parquet file",
        remedy: AS_TEXT,
        magic: b"PAR1",
    },
    Format {
        name: "an SQLite database",
        remedy: AS_TEXT,
        magic: b"SQLite format 3\0",
    },
];

/// Formats that are told by what is inside, not by their first bytes.
pub(crate) mod refused {
    use super::{Format, UNPACK};

    const AS_DOCX: &str = "save it as .docx or as PDF and read that";
    const AS_WORKBOOK: &str = "open it in a spreadsheet program, save it as .xlsx and read that";
    const PLAIN: &str = "save it as PDF or as HTML and read that";

    const fn format(name: &'static str, remedy: &'static str) -> Format {
        Format {
            name,
            remedy,
            magic: &[],
        }
    }

    pub(crate) static WORD_97: Format = format("an old Microsoft Word file (.doc)", AS_DOCX);
    pub(crate) static WORD_XML: Format = format("a Word document as one XML file", AS_DOCX);
    pub(crate) static ICHITARO: Format = format("an Ichitaro file (一太郎, .jtd)", AS_DOCX);
    pub(crate) static TEXT_DOCUMENT: Format = format("an OpenDocument text (.odt)", AS_DOCX);
    pub(crate) static SLIDES: Format = format("a presentation (.ppt, .pptx, .odp)", PLAIN);
    pub(crate) static EBOOK: Format = format("an electronic book (.epub)", PLAIN);
    pub(crate) static WEB_ARCHIVE: Format = format("a web archive (MHTML, .mht)", PLAIN);
    pub(crate) static OTHER_OLE: Format = format("an OLE2 file that is no workbook", PLAIN);
    pub(crate) static ARCHIVE: Format = format("an archive of files (.zip)", UNPACK);
    pub(crate) static SHEET_XML: Format = format("a workbook as one XML file", AS_WORKBOOK);
}

impl Format {
    /// The refusal of a file of this format.
    pub(crate) fn refusal(&'static self) -> ReadError {
        ReadError::Binary {
            offset: 0,
            format: Some(self),
        }
    }

    /// The format that `bytes` begin like; `None` when they may be text.
    pub(crate) fn of(bytes: &[u8]) -> Option<&'static Self> {
        FORMATS
            .iter()
            .find(|format| bytes.starts_with(format.magic))
    }
}

/// Why nothing could be read. Each message says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The file holds no text.
    #[error("the file holds no text; fetch it again or take it out of the sources")]
    Empty,
    /// The file is not text.
    #[error("{}", binary(*offset, *format))]
    Binary {
        /// Offset of the first byte that cannot be text.
        offset: usize,
        /// The format, when the first bytes tell.
        format: Option<&'static Format>,
    },
    /// The file is of a known format and cannot be read to its end.
    #[error(
        "the {format} file is damaged ({detail}); open it in the program it was made with and save \
         it anew, or fetch it again"
    )]
    Damaged {
        /// Name of the format.
        format: &'static str,
        /// What is wrong, and where.
        detail: String,
    },
    /// The file can only be opened with a password.
    #[error("the {format} file is protected by a password; save a copy without one and read that")]
    Encrypted {
        /// Name of the format.
        format: &'static str,
    },
    /// The file, or what it unpacks to, is larger than the limits allow.
    #[error(
        "the file goes beyond the limit `limits.{limit} = {value}`; if it is sound, raise the limit \
         in the configuration"
    )]
    TooLarge {
        /// Name of the limit in the configuration.
        limit: &'static str,
        /// Its value.
        value: u64,
    },
    /// No encoding has this label.
    #[error(
        "unknown encoding `{label}`; did you mean `{nearest}`? Others are utf-8, shift_jis, \
         euc-jp, iso-2022-jp, utf-16le and utf-16be"
    )]
    UnknownEncoding {
        /// The label as given.
        label: String,
        /// The known label most like it.
        nearest: &'static str,
    },
    /// The file is in another encoding than the one named.
    #[error(
        "the file is not in the encoding `{label}`: line {line} is the first that cannot be \
         decoded; correct the label or leave it out to have the encoding detected"
    )]
    WrongEncoding {
        /// The label as given.
        label: String,
        /// First line with bytes that are not valid in the encoding.
        line: u32,
    },
}

impl ReadError {
    /// The file goes beyond a limit.
    pub(crate) fn too_large(limit: &'static str, value: u64) -> Self {
        Self::TooLarge { limit, value }
    }
}

fn binary(offset: usize, format: Option<&Format>) -> String {
    match format {
        Some(Format { name, remedy, .. }) => format!("this is {name}; {remedy}"),
        None => format!(
            "the file is not text in UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP (first \
             doubtful byte at offset {offset}); name its encoding or save it as UTF-8"
        ),
    }
}
