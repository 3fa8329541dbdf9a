//! Why a file could not be read at all.

use thiserror::Error;

use crate::fault::Fault;

/// What to do about a file that is not read as it is. `Display` says it in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Remedy {
    /// Save the tables as text.
    #[error("save its tables as tab-separated text in UTF-8 and read that")]
    AsText,
    /// Extract the text.
    #[error("extract its text (tables tab-separated, UTF-8) and read that")]
    Extract,
    /// Unpack the archive.
    #[error("unpack it and read the files inside")]
    Unpack,
    /// Recognise the text of a picture.
    #[error("recognise its text first (OCR) and read the result")]
    Recognise,
    /// Save as a Word document or as PDF.
    #[error("save it as .docx or as PDF and read that")]
    AsDocx,
    /// Save as an Excel workbook.
    #[error("open it in a spreadsheet program, save it as .xlsx and read that")]
    AsWorkbook,
    /// Save as PDF or as HTML.
    #[error("save it as PDF or as HTML and read that")]
    AsPdf,
}

/// A file format other than text, recognised by its first bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Format {
    /// Name of the format with its article, such as `a PDF file`.
    pub name: &'static str,
    /// Its name in Japanese.
    pub name_ja: &'static str,
    /// What to do about it.
    pub remedy: Remedy,
    magic: &'static [u8],
}

const FORMATS: &[Format] = &[
    Format {
        name: "a PDF file",
        name_ja: "PDF",
        remedy: Remedy::Extract,
        magic: b"%PDF-",
    },
    Format {
        name: "a ZIP file (.zip, .xlsx, .docx, .ods)",
        name_ja: "ZIP（.zip、.xlsx、.docx、.ods）",
        remedy: Remedy::AsText,
        magic: b"PK\x03\x04",
    },
    Format {
        name: "an old Microsoft Office file (.xls, .doc)",
        name_ja: "旧形式の Office 文書（.xls、.doc）",
        remedy: Remedy::AsText,
        magic: b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    },
    Format {
        name: "a PNG picture",
        name_ja: "PNG 画像",
        remedy: Remedy::Recognise,
        magic: b"\x89PNG\r\n\x1A\n",
    },
    Format {
        name: "a JPEG picture",
        name_ja: "JPEG 画像",
        remedy: Remedy::Recognise,
        magic: b"\xFF\xD8\xFF",
    },
    Format {
        name: "a GIF picture",
        name_ja: "GIF 画像",
        remedy: Remedy::Recognise,
        magic: b"GIF8",
    },
    Format {
        name: "a TIFF picture",
        name_ja: "TIFF 画像",
        remedy: Remedy::Recognise,
        magic: b"II*\0",
    },
    Format {
        name: "a TIFF picture",
        name_ja: "TIFF 画像",
        remedy: Remedy::Recognise,
        magic: b"MM\0*",
    },
    Format {
        name: "a gzip file",
        name_ja: "gzip 圧縮",
        remedy: Remedy::Unpack,
        magic: b"\x1F\x8B\x08",
    },
    Format {
        name: "a 7z archive",
        name_ja: "7z 書庫",
        remedy: Remedy::Unpack,
        magic: b"7z\xBC\xAF\x27\x1C",
    },
    Format {
        name: "an RTF file",
        name_ja: "RTF 文書",
        remedy: Remedy::AsText,
        magic: b"{\\rtf",
    },
    Format {
        name: "a Parquet file",
        name_ja: "Parquet",
        remedy: Remedy::AsText,
        magic: b"PAR1",
    },
    Format {
        name: "an SQLite database",
        name_ja: "SQLite データベース",
        remedy: Remedy::AsText,
        magic: b"SQLite format 3\0",
    },
];

/// Formats that are told by what is inside, not by their first bytes.
pub(crate) mod refused {
    use super::{Format, Remedy};

    const fn format(name: &'static str, name_ja: &'static str, remedy: Remedy) -> Format {
        Format {
            name,
            name_ja,
            remedy,
            magic: &[],
        }
    }

    pub(crate) static WORD_97: Format = format(
        "an old Microsoft Word file (.doc)",
        "旧形式の Word 文書（.doc）",
        Remedy::AsDocx,
    );
    pub(crate) static WORD_XML: Format = format(
        "a Word document as one XML file",
        "XML ひとつで保存した Word 文書",
        Remedy::AsDocx,
    );
    pub(crate) static ICHITARO: Format = format(
        "an Ichitaro file (一太郎, .jtd)",
        "一太郎文書（.jtd）",
        Remedy::AsDocx,
    );
    pub(crate) static TEXT_DOCUMENT: Format = format(
        "an OpenDocument text (.odt)",
        "OpenDocument 文書（.odt）",
        Remedy::AsDocx,
    );
    pub(crate) static SLIDES: Format = format(
        "a presentation (.ppt, .pptx, .odp)",
        "スライド（.ppt、.pptx、.odp）",
        Remedy::AsPdf,
    );
    pub(crate) static EBOOK: Format = format(
        "an electronic book (.epub)",
        "電子書籍（.epub）",
        Remedy::AsPdf,
    );
    pub(crate) static WEB_ARCHIVE: Format = format(
        "a web archive (MHTML, .mht)",
        "Web アーカイブ（MHTML、.mht）",
        Remedy::AsPdf,
    );
    pub(crate) static OTHER_OLE: Format = format(
        "an OLE2 file that is no workbook",
        "表計算でない OLE2 文書",
        Remedy::AsPdf,
    );
    pub(crate) static ARCHIVE: Format = format(
        "an archive of files (.zip)",
        "ZIP 書庫（.zip）",
        Remedy::Unpack,
    );
    pub(crate) static SHEET_XML: Format = format(
        "a workbook as one XML file",
        "XML ひとつで保存した表計算文書",
        Remedy::AsWorkbook,
    );
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
        detail: Fault,
    },
    /// The file can only be opened with a password.
    #[error("the {format} file is protected by a password; save a copy without one and read that")]
    Encrypted {
        /// Name of the format.
        format: &'static str,
    },
    /// The pages of the file are pictures without text.
    #[error(
        "the pages of the PDF file are pictures without text (scanned); recognise their text first \
         (OCR) and read the result"
    )]
    Scanned,
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
    /// There is not enough memory to read the file.
    #[error(
        "reading the file takes more memory than there is; if it is sound, raise the limit \
         `limits.memory_bytes` in the configuration, or else save it anew in the program it was made with"
    )]
    OutOfMemory,
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
