//! One small document in every format that is read, made by code. Tests damage them; the fuzz
//! targets start from them.
#![allow(dead_code, reason = "each test that includes this uses a part of it")]

#[path = "../tables/build.rs"]
pub(crate) mod build;
#[path = "../pdf/make.rs"]
pub(crate) mod pdf;

use build::{
    biff, biff_text, biff12, biff12_text, compound, longs, ods, package, words, xlsx_sheet,
};

/// What the document begins with.
pub(crate) const TITLE: &str = "松江市DX計画 令和5年度";

const BASE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Endings of the formats, in the order of [`all`].
pub(crate) const ENDINGS: [&str; 9] = [
    "txt", "csv", "html", "xlsx", "xlsb", "xls", "ods", "docx", "pdf",
];

/// The document in every format.
pub(crate) fn all() -> Vec<(&'static str, Vec<u8>)> {
    let makers: [fn() -> Vec<u8>; 9] = [text, csv, html, xlsx, xlsb, xls, ods_book, docx, pdf_file];
    ENDINGS.into_iter().zip(makers.map(|make| make())).collect()
}

/// The rows of its table.
pub(crate) fn rows() -> Vec<[String; 3]> {
    let each = (1..=30).map(|n| {
        [
            n.to_string(),
            format!("窓口の改善その{n}と書かない手続の拡大"),
            "総務課".to_owned(),
        ]
    });
    each.collect()
}

pub(crate) fn text() -> Vec<u8> {
    let rows: String = rows().iter().map(|row| row.join("\t") + "\n").collect();
    format!("# {TITLE}\n\n{rows}\n本文の段落である。\n").into_bytes()
}

pub(crate) fn csv() -> Vec<u8> {
    let quoted = |row: &[String; 3]| format!("{},\"{}\",{}\r\n", row[0], row[1], row[2]);
    let rows: String = rows().iter().map(quoted).collect();
    format!("番号,{TITLE},担当課\r\n{rows}").into_bytes()
}

pub(crate) fn html() -> Vec<u8> {
    let row = |row: &[String; 3]| {
        let cells: String = row.iter().map(|cell| format!("<td>{cell}</td>")).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = rows().iter().map(row).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\"><title>計画</title></head>\n\
         <body><h1>{TITLE}</h1>\n<table>{rows}</table>\n<p>本文の段落である。</p></body></html>\n"
    )
    .into_bytes()
}

/// Rows of a sheet of Office Open XML.
fn sheet_rows() -> String {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |row: &[String; 3]| {
        format!(
            "<row>{}</row>",
            row.iter().map(|c| cell(c)).collect::<String>()
        )
    };
    let rows: String = rows().iter().map(row).collect();
    format!("<row>{}</row>{rows}", cell(TITLE))
}

pub(crate) fn xlsx() -> Vec<u8> {
    xlsx_sheet(&format!("<sheetData>{}</sheetData>", sheet_rows()))
}

pub(crate) fn ods_book() -> Vec<u8> {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let rows: String = rows()
        .iter()
        .map(|r| row(r.iter().map(|c| cell(c)).collect()))
        .collect();
    let first = row(cell(TITLE));
    ods(
        "",
        &format!("<table:table table:name=\"表\">{first}{rows}</table:table>"),
    )
}

/// A sheet of BIFF8 with these cells of text, in a compound file.
pub(crate) fn xls_of(cells: &[(u16, u16, &str)]) -> Vec<u8> {
    let start = |kind: u16| biff(0x0809, &[&words(&[0x0600, kind, 0, 0]), &longs(&[0, 0])]);
    let end = || biff(0x000A, &[]);
    let head = |at: u32| {
        let entry = biff(0x0085, &[&longs(&[at]), &[0, 0], &biff_text("表", true)]);
        [start(0x05), biff(0x00E0, &[&[0; 20]]), entry, end()].concat()
    };
    let mut stream = head(head(0).len() as u32);
    stream.extend(start(0x10));
    for (row, column, text) in cells {
        let at = words(&[*row, *column, 0]);
        stream.extend(biff(0x0204, &[&at, &biff_text(text, false)]));
    }
    stream.extend(end());
    compound(&[("Workbook", &stream)])
}

pub(crate) fn xls() -> Vec<u8> {
    let rows = rows();
    let mut cells: Vec<(u16, u16, &str)> = vec![(0, 0, TITLE)];
    for (at, row) in (1..).zip(&rows) {
        cells.extend(
            (0..)
                .zip(row)
                .map(|(column, text)| (at, column, text.as_str())),
        );
    }
    xls_of(&cells)
}

/// A binary workbook with these cells of text, row by row.
pub(crate) fn xlsb_of(cells: &[(u32, u32, &str)]) -> Vec<u8> {
    let types = b"<Types><Override ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>";
    let relations = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{BASE}/worksheet\" Target=\"worksheets/sheet1.bin\"/>\
         </Relationships>"
    );
    let root = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{BASE}/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>"
    );
    let entry = biff12(
        156,
        &[&longs(&[0, 1]), &biff12_text("rId1"), &biff12_text("表")],
    );
    let workbook = [
        biff12(131, &[]),
        biff12(143, &[]),
        entry,
        biff12(144, &[]),
        biff12(132, &[]),
    ];
    let mut sheet = [biff12(129, &[]), biff12(145, &[])].concat();
    let mut last = None;
    for (row, column, text) in cells {
        if last != Some(row) {
            sheet.extend(biff12(0, &[&longs(&[*row, 0]), &[0; 5], &longs(&[0])]));
            last = Some(row);
        }
        sheet.extend(biff12(6, &[&longs(&[*column, 0]), &biff12_text(text)]));
    }
    sheet.extend([biff12(146, &[]), biff12(130, &[])].concat());
    package(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.bin", &workbook.concat()),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}

pub(crate) fn xlsb() -> Vec<u8> {
    let rows = rows();
    let mut cells: Vec<(u32, u32, &str)> = vec![(0, 0, TITLE)];
    for (at, row) in (1..).zip(&rows) {
        cells.extend(
            (0..)
                .zip(row)
                .map(|(column, text)| (at, column, text.as_str())),
        );
    }
    xlsb_of(&cells)
}

/// A Word file with this body, and what stands before its root element.
pub(crate) fn docx_of(prolog: &str, body: &str) -> Vec<u8> {
    let root = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
         Id=\"r\" Type=\"{BASE}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
    );
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>{prolog}<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    package(&[
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

/// A paragraph of a Word file.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

pub(crate) fn docx() -> Vec<u8> {
    let row = |row: &[String; 3]| {
        let cells = row
            .iter()
            .map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell)));
        format!("<w:tr>{}</w:tr>", cells.collect::<String>())
    };
    let rows: String = rows().iter().map(row).collect();
    let body = format!(
        "{}<w:tbl>{rows}</w:tbl>{}",
        paragraph(TITLE),
        paragraph("本文の段落である。")
    );
    docx_of("", &body)
}

pub(crate) fn pdf_pages() -> Vec<pdf::Sheet> {
    let page = |rows: &[[String; 3]]| {
        let top = pdf::Sheet::default().text(50.0, 50.0, 16.0, TITLE);
        let lines = rows.iter().enumerate();
        lines.fold(top, |page, (at, row)| {
            let y = 90.0 + 24.0 * at as f64;
            page.text(50.0, y, 10.0, &row[0])
                .text(80.0, y, 10.0, &row[1])
        })
    };
    rows().chunks(15).map(page).collect()
}

pub(crate) fn pdf_file() -> Vec<u8> {
    pdf::packed(&pdf_pages())
}
