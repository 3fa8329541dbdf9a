//! Workbooks.

use std::fmt::Write as _;

use super::{Case, case, cut, spoilt};
use crate::samples::build::{
    Xlsx, biff, compound, deflated, ods, package, raw_package, words, xlsx_sheet,
};
use crate::samples::{self, TITLE, xls_of, xlsb_of};

const LAUGHS: &str = "<!DOCTYPE s [<!ENTITY a \"hahahahaha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \
    \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>";

const OUTSIDE: &str = "<!DOCTYPE s [<!ENTITY d SYSTEM \"file:///etc/passwd\">]>";

const BASE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const OPEN: &str = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>";

/// The parts of a workbook of so many sheets, all of them in the parts `xl/s0.xml`, `xl/s1.xml`, ….
fn outline(sheets: usize) -> (String, String) {
    let (mut entries, mut targets) = (String::new(), String::new());
    for n in 0..sheets {
        write!(entries, "<sheet name=\"表{n}\" r:id=\"s{n}\"/>").unwrap();
        write!(
            targets,
            "<Relationship Id=\"s{n}\" Type=\"{BASE}/worksheet\" Target=\"s{n}.xml\"/>"
        )
        .unwrap();
    }
    (
        format!("<workbook><sheets>{entries}</sheets></workbook>"),
        format!("<Relationships>{targets}</Relationships>"),
    )
}

/// A workbook whose only sheet is packed like this and says it has that size.
fn with_sheet(packed: &[u8], declared: u32) -> Vec<u8> {
    let (workbook, relations) = outline(1);
    let size = |text: &str| u32::try_from(text.len()).unwrap();
    raw_package(&[
        ("[Content_Types].xml", 0, b"spreadsheetml.sheet.main", 24),
        ("xl/workbook.xml", 0, workbook.as_bytes(), size(&workbook)),
        (
            "xl/_rels/workbook.xml.rels",
            0,
            relations.as_bytes(),
            size(&relations),
        ),
        ("xl/s0.xml", 8, packed, declared),
    ])
}

/// A workbook of many sheets that all are the same bytes of the file.
fn overlapping(sheets: usize) -> Vec<u8> {
    let (workbook, relations) = outline(sheets);
    let sheet = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        "<row/>".repeat(150_000)
    );
    let names: Vec<String> = (0..sheets).map(|n| format!("xl/s{n}.xml")).collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"spreadsheetml.sheet.main"),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ];
    let few: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), &b"x"[..]))
        .collect();
    parts.extend(&few);
    let mut whole = package(&[("xl/s0.xml", sheet.as_bytes())]);
    let list = find(&whole, b"PK\x01\x02");
    // Every entry of the list of parts leads to the one sheet.
    let entry = whole[list..list + 46].to_vec();
    let (head, end) = (whole[..list].to_vec(), package(&parts[..3]));
    let mut file = head;
    let shift = u32::try_from(file.len()).unwrap();
    let (own, mut directory) = split(&end, shift);
    file.extend(own);
    for name in &names {
        let mut one = entry.clone();
        one[28..30].copy_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        one[30..34].fill(0);
        directory.extend(one);
        directory.extend(name.as_bytes());
    }
    whole.clear();
    let at = u32::try_from(file.len()).unwrap();
    let length = u32::try_from(directory.len()).unwrap();
    let count = u16::try_from(sheets + 3).unwrap();
    file.extend(directory);
    file.extend([b"PK\x05\x06".as_slice(), &words(&[0, 0, count, count])].concat());
    file.extend([length.to_le_bytes(), at.to_le_bytes()].concat());
    file.extend([0, 0]);
    file
}

/// The parts and the list of parts of a package that will stand so many bytes further on.
fn split(package: &[u8], shift: u32) -> (Vec<u8>, Vec<u8>) {
    let list = find(package, b"PK\x01\x02");
    let end = find(package, b"PK\x05\x06");
    let mut directory = package[list..end].to_vec();
    let mut at = 0;
    while let Some(found) = position(&directory[at..], b"PK\x01\x02") {
        let place = at + found + 42;
        let old = u32::from_le_bytes(directory[place..place + 4].try_into().unwrap());
        directory[place..place + 4].copy_from_slice(&(old + shift).to_le_bytes());
        at = place;
    }
    (package[..list].to_vec(), directory)
}

fn position(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes
        .windows(pattern.len())
        .position(|window| window == pattern)
}

fn find(bytes: &[u8], pattern: &[u8]) -> usize {
    position(bytes, pattern).unwrap()
}

/// Every part says that it is encrypted.
fn locked(mut bytes: Vec<u8>) -> Vec<u8> {
    for at in 0..bytes.len().saturating_sub(10) {
        match &bytes[at..at + 4] {
            b"PK\x03\x04" => bytes[at + 6] |= 1,
            b"PK\x01\x02" => bytes[at + 8] |= 1,
            _ => {}
        }
    }
    bytes
}

fn cells(text: &str, cells: usize, rows: usize) -> String {
    format!("<row>{}</row>", text.repeat(cells)).repeat(rows)
}

fn circular() -> Vec<u8> {
    let mut bytes = compound(&[("Workbook", &[0; 5000])]);
    let tables = bytes.len() - 512;
    for (number, at) in (0_u32..).zip((tables..bytes.len()).step_by(4)) {
        bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    bytes
}

/// Every sector is followed by the one right behind the end of the file.
fn circular_behind() -> Vec<u8> {
    let mut bytes = compound(&[("Workbook", &[0; 5000])]);
    let tables = bytes.len() - 512;
    let behind = u32::try_from(bytes.len() / 512 - 1).unwrap();
    for at in (tables..bytes.len()).step_by(4) {
        bytes[at..at + 4].copy_from_slice(&behind.to_le_bytes());
    }
    bytes
}

fn wide_ods(text: &str) -> Vec<u8> {
    let cell = format!(
        "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell \
         table:number-columns-repeated=\"16384\"><text:p>{text}</text:p></table:table-cell></table:table-row>"
    );
    ods(
        "",
        &format!("<table:table table:name=\"表\">{cell}</table:table>"),
    )
}

fn packed() -> Vec<Case> {
    let huge = 300 << 20;
    vec![
        case("xlsx with a cell of 300 MB", "cell.xlsx", move || {
            with_sheet(&deflated(OPEN, huge), u32::try_from(huge).unwrap())
        }),
        case(
            "xlsx that lies about the size of a part",
            "lie.xlsx",
            move || with_sheet(&deflated(OPEN, huge), 1000),
        ),
        case(
            "xlsx with a part of blanks packed 1 : 1000",
            "ratio.xlsx",
            || xlsx_sheet(&format!("<sheetData>{}</sheetData>", " ".repeat(8 << 20))),
        ),
        case(
            "xlsx with 450 sheets that are the same bytes",
            "overlap.xlsx",
            || overlapping(450),
        ),
        case("xlsx with 6000 sheets", "sheets.xlsx", || {
            let sheets = vec![("表", "visible", "<sheetData/>"); 6000];
            Xlsx {
                sheets: &sheets,
                strings: "",
                styles: "",
            }
            .build()
        }),
        case(
            "xlsx with one text of 100 000 characters in 100 000 cells",
            "shared.xlsx",
            || {
                let sheet = format!(
                    "<sheetData>{}</sheetData>",
                    cells("<c t=\"s\"><v>0</v></c>", 100, 1000)
                );
                let strings = format!("<si><t>{}</t></si>", "あ".repeat(100_000));
                Xlsx {
                    sheets: &[("表", "visible", &sheet)],
                    strings: &strings,
                    styles: "",
                }
                .build()
            },
        ),
        case("xlsx with two cells in far corners", "corners.xlsx", || {
            xlsx_sheet(
                "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                 <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>",
            )
        }),
        case("xlsx with 400 rows as wide as a sheet", "wide.xlsx", || {
            let row = |n| {
                format!(
                    "<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c><c r=\"XFD{n}\"><v>2</v></c></row>"
                )
            };
            xlsx_sheet(&format!(
                "<sheetData>{}</sheetData>",
                (1..=400).map(row).collect::<String>()
            ))
        }),
        case("xlsb with 400 rows as wide as a sheet", "wide.xlsb", || {
            let rows = (0..400).flat_map(|row| [(row, 0, "1"), (row, 16_383, "2")]);
            xlsb_of(&rows.collect::<Vec<_>>())
        }),
    ]
}

fn wide() -> Vec<Case> {
    vec![
        case(
            "xls with 65 000 rows as wide as a sheet",
            "wide.xls",
            || {
                let rows = (0..65_000).flat_map(|row| [(row, 0, "1"), (row, 255, "2")]);
                xls_of(&rows.collect::<Vec<_>>())
            },
        ),
        case(
            "ods with a text in every cell of a sheet",
            "full.ods",
            || wide_ods("窓口"),
        ),
        case("ods with blank cells everywhere", "blank.ods", || {
            wide_ods("")
        }),
    ]
}

pub(super) fn bombs() -> Vec<Case> {
    [packed(), wide()].into_iter().flatten().collect()
}

fn damaged_xlsx() -> Vec<Case> {
    let shared = |prolog: &'static str| {
        move || {
            let text = format!(
                "{prolog}<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&d;</t></is></c></row></sheetData></worksheet>"
            );
            let (workbook, relations) = outline(1);
            package(&[
                ("[Content_Types].xml", b"spreadsheetml.sheet.main"),
                ("xl/workbook.xml", workbook.as_bytes()),
                ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
                ("xl/s0.xml", text.as_bytes()),
            ])
        }
    };
    vec![
        case("xlsx cut off", "cut.xlsx", || cut(samples::xlsx(), 70)),
        case("xlsx with bytes changed", "spoilt.xlsx", || {
            spoilt(samples::xlsx(), 300)
        }),
        case("xlsx without its parts", "hollow.xlsx", || {
            package(&[("[Content_Types].xml", b"spreadsheetml.sheet.main")])
        }),
        case("xlsx with a sheet that is cut off", "half.xlsx", || {
            let row = format!("<row><c t=\"inlineStr\"><is><t>{TITLE}</t></is></c></row>");
            let sheet = format!(
                "<worksheet><sheetData>{row}{}",
                cells("<c><v>1</v></c>", 9, 9)
            );
            let (workbook, relations) = outline(1);
            package(&[
                ("[Content_Types].xml", b"spreadsheetml.sheet.main"),
                ("xl/workbook.xml", workbook.as_bytes()),
                ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
                ("xl/s0.xml", sheet.as_bytes()),
            ])
        }),
        case("xlsx with a password", "secret.xlsx", || {
            compound(&[
                ("EncryptedPackage", &[7; 5000]),
                ("EncryptionInfo", &[4; 300]),
            ])
        }),
        case("xlsx packed with a password", "locked.xlsx", || {
            locked(samples::xlsx())
        }),
        case("xlsx with billion laughs", "laughs.xlsx", shared(LAUGHS)),
        case(
            "xlsx with an entity outside",
            "entity.xlsx",
            shared(OUTSIDE),
        ),
        case("xlsx with elements 200 000 deep", "deep.xlsx", || {
            xlsx_sheet(&format!("{}<sheetData/>", "<x>".repeat(200_000)))
        }),
        case("xlsx whose cells hold errors", "errors.xlsx", || {
            xlsx_sheet(&format!(
                "<sheetData><row><c t=\"inlineStr\"><is><t>{TITLE}</t></is></c></row><row><c t=\"e\"><v>#REF!</v></c></row></sheetData>"
            ))
        }),
    ]
}

fn damaged_others() -> Vec<Case> {
    let entity = |prolog: &'static str| {
        move || {
            package(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", format!("{prolog}<office:document-content><office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>&d;</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:document-content>").as_bytes()),
        ])
        }
    };
    vec![
        case("xlsb cut off", "cut.xlsb", || cut(samples::xlsb(), 70)),
        case("xls cut off", "cut.xls", || cut(samples::xls(), 40)),
        case("xls with bytes changed", "spoilt.xls", || {
            spoilt(samples::xls(), 700)
        }),
        case("xls with sectors in a circle", "circle.xls", circular),
        case(
            "xls with sectors in a circle behind its end",
            "behind.xls",
            circular_behind,
        ),
        case("xls with a password", "secret.xls", || {
            let book = [
                biff(0x0809, &[&words(&[0x0600, 5, 0, 0, 0, 0, 0, 0])]),
                biff(0x002F, &[&words(&[1])]),
            ];
            compound(&[("Workbook", &book.concat())])
        }),
        case("xls that is its signature only", "head.xls", || {
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()
        }),
        case("ods cut off", "cut.ods", || cut(samples::ods_book(), 70)),
        case("ods with a password", "secret.ods", || {
            package(&[
                (
                    "mimetype",
                    b"application/vnd.oasis.opendocument.spreadsheet",
                ),
                ("META-INF/manifest.xml", b"<manifest:encryption-data/>"),
                ("content.xml", &[7; 300]),
            ])
        }),
        case("ods with billion laughs", "laughs.ods", entity(LAUGHS)),
        case("ods with an entity outside", "entity.ods", entity(OUTSIDE)),
    ]
}

pub(super) fn damage() -> Vec<Case> {
    [damaged_xlsx(), damaged_others()]
        .into_iter()
        .flatten()
        .collect()
}
