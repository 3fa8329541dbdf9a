//! Makes small files to look at.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A workbook with a merged cell, a hidden row, far apart notes and a hidden sheet.
pub(crate) fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("一覧").unwrap();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 1, "見出し", &plain).unwrap();
    sheet.write(0, 2, "担当課").unwrap();
    for (row, texts) in [
        (1, ["1", "電子申請", "総務課"]),
        (2, ["2", "秘密の行", "市民課"]),
    ] {
        for (column, text) in (0..).zip(texts) {
            sheet.write(row, column, text).unwrap();
        }
    }
    sheet.set_row_hidden(2).unwrap();
    for (column, text) in (0..).zip(["3", "窓口", "税務課"]) {
        sheet.write(4, column, text).unwrap();
    }
    sheet.write(39, 0, "※注記").unwrap();
    let hidden = book.add_worksheet();
    hidden.set_name("控え").unwrap().set_hidden(true);
    hidden.write(0, 0, "控えの値").unwrap();
    book.save_to_buffer().unwrap()
}

/// A PDF of A4 pages, each with a line of text and a ruled table.
pub(crate) fn pdf(titles: &[&str]) -> Vec<u8> {
    let kids: String = (0..titles.len())
        .map(|i| format!("{} 0 R ", 4 + 2 * i))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", titles.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    for (index, title) in titles.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R \
             >> >> /Contents {} 0 R >>",
            5 + 2 * index
        ));
        let content = content(title);
        let length = content.len();
        objects.push(format!(
            "<< /Length {length} >>\nstream\n{content}\nendstream"
        ));
    }
    file(&objects)
}

/// A PDF with text in a Japanese font that is not in the file.
pub(crate) fn pdf_without_font(text: &str) -> Vec<u8> {
    let codes: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
    let content = format!("BT /J 20 Tf 60 700 Td <{codes}> Tj ET");
    let length = content.len();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [5 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /UniJIS-UCS2-H \
         /DescendantFonts [4 0 R] >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /DW 1000 /CIDSystemInfo \
         << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>"
            .to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /J 3 0 R >> \
         >> /Contents 6 0 R >>"
            .to_owned(),
        format!("<< /Length {length} >>\nstream\n{content}\nendstream"),
    ];
    file(&objects)
}

fn content(title: &str) -> String {
    let mut content = format!("BT /F 14 Tf 60 780 Td ({title}) Tj ET\n");
    for x in [60, 200, 340] {
        writeln!(content, "{x} 700 m {x} 640 l S").unwrap();
    }
    for y in [700, 670, 640] {
        writeln!(content, "60 {y} m 340 {y} l S").unwrap();
    }
    for (x, y, text) in [
        (70, 680, "No"),
        (210, 680, "Title"),
        (70, 650, "1"),
        (210, 650, "Counter"),
    ] {
        writeln!(content, "BT /F 10 Tf {x} {y} Td ({text} {title}) Tj ET").unwrap();
    }
    content
}

fn file(objects: &[String]) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        writeln!(table, "{:010} 00000 n ", out.len()).unwrap();
        write!(out, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let (at, size) = (out.len(), objects.len() + 1);
    write!(
        out,
        "{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"
    )
    .unwrap();
    out.into_bytes()
}

/// A Word file with two paragraphs and a table.
pub(crate) fn word() -> Vec<u8> {
    word_of(
        "<w:p><w:r><w:t>計画の目的</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan \
         w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>施策一覧</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc>\
         <w:p><w:r><w:t>電子申請</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>総務課</w:t></w:r>\
         </w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>おわりに</w:t></w:r></w:p>",
    )
}

/// A Word file with that body.
pub(crate) fn word_of(body: &str) -> Vec<u8> {
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.\
                 openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{body}</w:body></w:document>"
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", types),
        ("word/document.xml", &document),
    ] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
