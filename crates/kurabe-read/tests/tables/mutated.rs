//! Damaged files: whatever is changed in them, they are read or refused.

use std::time::{Duration, Instant};

use kurabe_read::{Hint, Kind, read};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::build::{ods, xlsx_sheet};
use crate::{binary_sheets, shared};

/// Damaged files that are made of each file.
const EACH: u32 = 320;

/// All of them together have to be read in this time.
const TIME: Duration = Duration::from_secs(20);

/// A sequence of numbers that is the same in every run (Marsaglia, xorshift64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// The file with a few bytes changed, left out or doubled.
fn mutated(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.next(12) {
        if bytes.is_empty() {
            break;
        }
        let at = numbers.next(bytes.len());
        match numbers.next(8) {
            0 => bytes.truncate(at),
            1 => {
                let end = (at + numbers.next(64)).min(bytes.len());
                bytes.drain(at..end);
            }
            2 => {
                let end = (at + numbers.next(64)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            3 => bytes[at] = 0xFF,
            4 => bytes[at] = 0,
            _ => bytes[at] = numbers.next(256) as u8,
        }
    }
    bytes
}

/// The unpacked parts of a package, each changed and packed anew: damage behind the checksums.
fn repacked(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let chosen = numbers.next(archive.len());
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if index == chosen {
            content = mutated(&content, numbers);
        }
        parts.push((file.name().unwrap().into_owned(), content));
    }
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(n, c)| (n.as_str(), c.as_slice()))
        .collect();
    crate::build::package(&parts)
}

fn survive(name: &str, bytes: &[u8], kind: Kind, damage: fn(&[u8], &mut Numbers) -> Vec<u8>) {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let start = Instant::now();
    let mut read_anyway = 0;
    for _ in 0..EACH {
        let damaged = damage(bytes, &mut numbers);
        // Every other file is read as what it is detected to be.
        let hint = Hint {
            kind: Some(kind).filter(|_| numbers.next(2) == 0),
            ..Hint::default()
        };
        read_anyway += u32::from(read(&damaged, &hint).is_ok());
        assert!(start.elapsed() < TIME, "{name} takes too long");
    }
    println!(
        "{name}: {read_anyway} of {EACH} damaged files were read, {:?}",
        start.elapsed()
    );
}

fn small_ods() -> Vec<u8> {
    let cells = "<table:table-cell><text:p>窓口</text:p></table:table-cell>".repeat(4);
    let row =
        format!("<table:table-row table:number-rows-repeated=\"2\">{cells}</table:table-row>");
    ods(
        "",
        &format!("<table:table table:name=\"表\">{row}{row}</table:table>"),
    )
}

fn small_xlsx() -> Vec<u8> {
    let row = "<row><c t=\"inlineStr\"><is><t>窓口</t></is></c><c s=\"1\"><v>45383</v></c></row>";
    xlsx_sheet(&format!(
        "<sheetData>{}</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>",
        row.repeat(5)
    ))
}

#[test]
fn damaged_xlsx() {
    let bytes = shared("corpus-formats/matsue.xlsx").unwrap_or_else(small_xlsx);
    survive("xlsx", &bytes, Kind::Workbook, mutated);
    survive("xlsx, parts", &small_xlsx(), Kind::Workbook, repacked);
}

#[test]
fn damaged_ods() {
    let bytes = shared("corpus-formats/matsue.ods").unwrap_or_else(small_ods);
    survive("ods", &bytes, Kind::Workbook, mutated);
    survive("ods, parts", &small_ods(), Kind::Workbook, repacked);
}

#[test]
fn damaged_xls() {
    let bytes = shared("corpus-formats/matsue.xls").unwrap_or_else(binary_sheets::xls_book);
    survive(
        "xls, made",
        &binary_sheets::xls_book(),
        Kind::Workbook,
        mutated,
    );
    survive("xls", &bytes, Kind::Workbook, mutated);
}

#[test]
fn damaged_xlsb() {
    survive("xlsb", &binary_sheets::xlsb(), Kind::Workbook, mutated);
    survive(
        "xlsb, parts",
        &binary_sheets::xlsb(),
        Kind::Workbook,
        repacked,
    );
}

#[test]
fn damaged_csv() {
    let made = || {
        "番号,施策\r\n1,\"窓口\r\nの\"\"改善\"\r\n,\r\n2,<p>学校\r\n"
            .repeat(9)
            .into_bytes()
    };
    let bytes = shared("corpus-formats/matsue-cp932.csv").unwrap_or_else(made);
    let head = bytes.get(..8000).unwrap_or(&bytes);
    survive("csv", head, Kind::Csv, mutated);
    survive("csv, made", &made(), Kind::Csv, mutated);
}

proptest! {
    #[test]
    fn random_bytes_never_panic(head in 0_usize..5, bytes in vec(any::<u8>(), 0..600)) {
        let heads: [&[u8]; 5] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"a,b\n", b"<"];
        let bytes = [heads[head], &bytes].concat();
        for kind in [None, Some(Kind::Workbook), Some(Kind::Csv)] {
            let _ = read(&bytes, &Hint { kind, ..Hint::default() });
        }
    }

    #[test]
    fn no_cell_of_a_csv_is_lost(cells in vec(vec("[a-c\"',;\t\n\r あ<>]{0,6}", 1..5), 1..8)) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let rows = cells.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(","));
        let text = rows.collect::<Vec<_>>().join("\n");
        let hint = Hint { kind: Some(Kind::Csv), delimiter: Some(','), ..Hint::default() };
        let count = |text: &str| text.matches('あ').count();
        if let Ok(staged) = read(text.as_bytes(), &hint) {
            crate::assert_accounted(&staged.value);
            let tables: String = crate::tables(&staged.value).into_iter().map(crate::grid).collect();
            let found = count(&tables) + count(&crate::paragraphs(&staged.value).concat());
            prop_assert_eq!(found, count(&text));
        } else {
            prop_assert_eq!(count(&text), 0);
        }
    }

    #[test]
    fn any_number_format_is_taken(code in "[#0?.,%ymdhsgeaE+@;\\[\\]\"_* \\-/$<>=1]{0,14}", value in any::<f64>()) {
        let escaped = code.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let styles = format!(
            "<numFmts><numFmt numFmtId=\"200\" formatCode=\"{escaped}\"/></numFmts>\
             <cellXfs><xf numFmtId=\"200\"/></cellXfs>"
        );
        let sheet = format!("<sheetData><row><c><v>{value:e}</v></c></row></sheetData>");
        let book = crate::build::Xlsx { sheets: &[("表", "visible", &sheet)], strings: "", styles: &styles };
        let _ = crate::detect(&book.build());
    }
}
