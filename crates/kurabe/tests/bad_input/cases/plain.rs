//! Text, CSV and formats that are not read.

use super::{Case, case, noise};
use crate::samples::build::{compound, package};
use crate::samples::{self, TITLE};

fn utf_16(text: &str, is_big: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    units
        .flat_map(|unit| {
            if is_big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

fn cp932(text: &str) -> Vec<u8> {
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

fn text() -> String {
    String::from_utf8(samples::text()).unwrap()
}

fn encodings() -> Vec<Case> {
    let long = |piece: &str, times| piece.repeat(times);
    vec![
        case("empty file", "empty.txt", Vec::new),
        case("empty file named as a workbook", "empty.xlsx", Vec::new),
        case("blanks and line ends only", "blank.txt", || {
            b" \r\n\t\n\xE3\x80\x80\n".repeat(99)
        }),
        case("byte order mark only", "mark.txt", || {
            b"\xEF\xBB\xBF".to_vec()
        }),
        case("NUL bytes only", "nul.txt", || vec![0; 4096]),
        case("NUL byte in the middle of a text", "nul-inside.txt", || {
            text().replace("その7", "その\0").into_bytes()
        }),
        case("UTF-16LE without byte order mark", "utf-16le.txt", || {
            utf_16(&text(), false)
        }),
        case("UTF-16BE without byte order mark", "utf-16be.txt", || {
            utf_16(&text(), true)
        }),
        case("UTF-16 cut off in a character", "utf-16-cut.txt", || {
            let mut bytes = utf_16(&format!("\u{feff}{}", text()), false);
            bytes.pop();
            bytes
        }),
        case("UTF-8 with lines of CP932 in it", "mixed.txt", || {
            [samples::text(), cp932("混ざった行である。\n")].concat()
        }),
        case("CP932 with lines of UTF-8 in it", "mixed-2.txt", || {
            [cp932(&text()), "混ざった行である。\n".into()].concat()
        }),
        case("CP932 under the name of UTF-8 text", "cp932.txt", || {
            cp932(&text())
        }),
        case("random bytes", "noise.txt", || noise(60_000)),
        case("random bytes named as a PDF", "noise.pdf", || noise(60_000)),
        case("one line of 6 MB", "line.txt", move || {
            long("窓口", 1 << 20).into_bytes()
        }),
        case("one cell of 3 MB in a CSV file", "cell.csv", move || {
            format!("番号,名前\r\n1,\"{}\"\r\n", long("窓口", 1 << 19)).into_bytes()
        }),
        case("CSV with a quote too many", "quotes.csv", || {
            String::from_utf8(samples::csv())
                .unwrap()
                .replace("その3と", "その3と\"")
                .into_bytes()
        }),
        case("CSV with a quote that never ends", "quote.csv", || {
            [samples::csv(), "31,\"終わらない\r\n32,x,y\r\n".into()].concat()
        }),
        case("CSV of 200 000 columns", "columns.csv", move || {
            format!("{TITLE}{}\r\n1,2\r\n", long(",", 200_000)).into_bytes()
        }),
        case(
            "tables in a cell of a text, 50 000 deep",
            "deep.txt",
            move || {
                format!(
                    "# {TITLE}\n\n1\t{}底\t総務課\n2\tB\tC\n",
                    long("<table><tr><td>", 50_000)
                )
                .into_bytes()
            },
        ),
    ]
}

fn shapes() -> Vec<Case> {
    let long = |piece: &str, times| piece.repeat(times);
    vec![
        case(
            "lists in a cell of a text, 100 000 deep",
            "deep-list.txt",
            move || {
                format!(
                    "# {TITLE}\n\n1\t{}底\t総務課\n2\tB\tC\n",
                    long("<ul><li>", 100_000)
                )
                .into_bytes()
            },
        ),
        case("text as .csv with tabs", "tabs.csv", || {
            format!("番号\t{TITLE}\n1\t窓口\n").into_bytes()
        }),
        case("CSV as .xlsx", "csv.xlsx", samples::csv),
        case("CSV as .txt", "csv.txt", samples::csv),
    ]
}

pub(super) fn cases() -> Vec<Case> {
    [encodings(), shapes()].into_iter().flatten().collect()
}

fn formats() -> Vec<Case> {
    let ole = |name: &'static str| move || compound(&[(name, &[7; 5000])]);
    let typed = |kind: &'static str| {
        move || package(&[("mimetype", kind.as_bytes()), ("content.xml", b"<x/>")])
    };
    let starting = |head: &'static [u8]| move || [head, &noise(3000)].concat();
    vec![
        case("Word 97", "plan.doc", ole("WordDocument")),
        case("Ichitaro", "plan.jtd", ole("DocumentText")),
        case("PowerPoint 97", "plan.ppt", ole("PowerPoint Document")),
        case(
            "OLE2 file of an unknown program",
            "plan.bin",
            ole("Contents"),
        ),
        case("rich text", "plan.rtf", || b"{\\rtf1\\ansi plan}".to_vec()),
        case("PowerPoint", "plan.pptx", || {
            package(&[
                ("[Content_Types].xml", b"presentationml.presentation.main"),
                ("ppt/presentation.xml", b"<p/>"),
            ])
        }),
        case(
            "OpenDocument text",
            "plan.odt",
            typed("application/vnd.oasis.opendocument.text"),
        ),
        case("e-book", "plan.epub", typed("application/epub+zip")),
        case("web archive", "plan.mht", || {
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\n"
                .to_vec()
        }),
        case("Word document as one XML file", "plan.xml", || {
            b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"/>".to_vec()
        }),
        case(
            "PNG picture",
            "scan.png",
            starting(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ),
        case(
            "JPEG picture",
            "scan.jpg",
            starting(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0"),
        ),
        case("TIFF picture", "scan.tif", starting(b"II*\0\x08\0\0\0")),
        case(
            "PNG picture named as a PDF",
            "scan.pdf",
            starting(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ),
        case(
            "7z archive",
            "plans.7z",
            starting(b"7z\xBC\xAF\x27\x1C\0\x04"),
        ),
        case("gzip file", "plans.gz", starting(b"\x1F\x8B\x08\0\0\0\0\0")),
        case(
            "SQLite database",
            "plans.db",
            starting(b"SQLite format 3\0"),
        ),
        case("Parquet file", "plans.parquet", starting(b"PAR1")),
        case("ZIP of plans", "plans.zip", || {
            package(&[("plan.txt", &samples::text())])
        }),
    ]
}

fn pictures_and_archives() -> Vec<Case> {
    vec![
        case("empty ZIP", "plans-2.zip", || {
            [b"PK\x05\x06".as_slice(), &[0; 18]].concat()
        }),
        case("ZIP whose parts lead out of it", "plans-3.zip", || {
            package(&[("../../../../plan.txt", &samples::text())])
        }),
        case(
            "ZIP in a ZIP in a ZIP, named as a workbook",
            "nested.xlsx",
            || {
                (0..3).fold(samples::xlsx(), |inner, _| {
                    package(&[("inner.zip", &inner)])
                })
            },
        ),
    ]
}

pub(super) fn other_formats() -> Vec<Case> {
    [formats(), pictures_and_archives()]
        .into_iter()
        .flatten()
        .collect()
}
