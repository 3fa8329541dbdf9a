//! Word files.

use std::io::{Cursor, Write};

use kurabe_page::Node;
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use crate::document::{Grid, Merged, Piece, Slot};
use crate::error::TaskError;
use crate::recipe::Recipe;
use crate::xml::Markup;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Width of the text on a page, in twentieths of a point.
const TEXT_WIDTH: usize = 9_600;

/// Makes a Word file.
pub(crate) fn make(pieces: &[Piece], recipe: &Recipe) -> Result<Vec<u8>, TaskError> {
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", properties(recipe)),
        ("word/document.xml", document(pieces)),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/styles.xml", styles()),
        ("word/numbering.xml", numbering()),
    ];
    pack(&parts).map_err(|error| TaskError::Make {
        file: recipe.file.clone(),
        detail: error.to_string(),
    })
}

/// The parts in a zip file. Its entries carry no time, so that the same parts give the same bytes.
fn pack(parts: &[(&str, String)]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types() -> String {
    let part =
        |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    let parts = [
        part("word/document.xml", &format!("{TYPES}.document.main+xml")),
        part("word/styles.xml", &format!("{TYPES}.styles+xml")),
        part("word/numbering.xml", &format!("{TYPES}.numbering+xml")),
        part(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
        ),
    ];
    format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}</Types>",
        parts.concat()
    )
}

fn relations(parts: &[(&str, &str)]) -> String {
    let parts = (1..).zip(parts).map(|(id, (kind, target))| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
    });
    let parts: String = parts.collect();
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{parts}</Relationships>")
}

fn package_relations() -> String {
    relations(&[
        (&format!("{OFFICE}/officeDocument"), "word/document.xml"),
        (
            &format!("{PACKAGE}/relationships/metadata/core-properties"),
            "docProps/core.xml",
        ),
    ])
}

fn document_relations() -> String {
    relations(&[
        (&format!("{OFFICE}/styles"), "styles.xml"),
        (&format!("{OFFICE}/numbering"), "numbering.xml"),
    ])
}

fn properties(recipe: &Recipe) -> String {
    let mut part = Markup::default();
    part.raw(HEAD)
        .raw(&format!(
            "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
        ))
        .element("dc:title", &recipe.title)
        .element("dc:creator", &recipe.author)
        .raw("</cp:coreProperties>");
    part.finish()
}

fn styles() -> String {
    format!(
        "{HEAD}<w:styles {WORD}>\
         <w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Century\" w:eastAsia=\"ＭＳ 明朝\"/>\
         <w:sz w:val=\"21\"/></w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"a1\"><w:name w:val=\"List Bullet\"/>\
         <w:basedOn w:val=\"a\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
         </w:styles>"
    )
}

fn numbering() -> String {
    format!(
        "{HEAD}<w:numbering {WORD}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">\
         <w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"・\"/>\
         <w:pPr><w:ind w:left=\"420\" w:hanging=\"210\"/></w:pPr></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    )
}

fn document(pieces: &[Piece]) -> String {
    let mut body = Markup::default();
    body.raw(HEAD)
        .raw(&format!("<w:document {WORD}><w:body>\n"));
    for piece in pieces {
        match piece {
            Piece::Heading(_, text) => paragraph(&mut body, "", &[text.as_str()]),
            Piece::Paragraph(lines) => paragraph(&mut body, "", lines),
            Piece::Item(lines) => item(&mut body, lines),
            Piece::Table(grid) => table(&mut body, grid),
        }
        body.raw("\n");
    }
    body.raw("<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>");
    body.finish()
}

/// A paragraph of a style with its lines.
fn paragraph<T: AsRef<str>>(body: &mut Markup, style: &str, lines: &[T]) {
    body.raw("<w:p>");
    if !style.is_empty() {
        body.raw(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"));
    }
    body.raw("<w:r>");
    for (at, line) in lines.iter().enumerate() {
        body.raw(if at > 0 { "<w:br/>" } else { "" })
            .raw("<w:t xml:space=\"preserve\">")
            .text(line.as_ref())
            .raw("</w:t>");
    }
    body.raw("</w:r></w:p>");
}

/// An item, whose bullet is the one of the list style.
fn item<T: AsRef<str>>(body: &mut Markup, lines: &[T]) {
    let mut lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    if let Some(first) = lines.first_mut() {
        *first = first.strip_prefix('・').unwrap_or(first);
    }
    paragraph(body, "a1", &lines);
}

fn table(body: &mut Markup, grid: &Grid) {
    let columns = grid.rows.first().map_or(1, Vec::len).max(1);
    body.raw("<w:tbl><w:tblPr><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        body.raw(&format!("<w:{side} w:val=\"single\" w:sz=\"4\"/>"));
    }
    body.raw("</w:tblBorders></w:tblPr><w:tblGrid>");
    let width = TEXT_WIDTH / columns;
    body.raw(&format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns));
    body.raw("</w:tblGrid>\n");
    // Rows that the cell of a column still reaches down to.
    let mut below = vec![0; columns];
    for (at, row) in grid.rows.iter().enumerate() {
        body.raw("<w:tr>");
        if at < grid.header_rows {
            body.raw("<w:trPr><w:tblHeader/></w:trPr>");
        }
        for (slot, below) in row.iter().zip(&mut below) {
            add_slot(body, slot, below);
        }
        body.raw("</w:tr>\n");
    }
    body.raw("</w:tbl>");
}

fn add_slot(body: &mut Markup, slot: &Slot, below: &mut usize) {
    match slot {
        Slot::Cell(cell) => {
            *below = cell.down - 1;
            add_cell(body, cell);
        }
        Slot::Covered if *below > 0 => {
            *below -= 1;
            body.raw("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>");
        }
        Slot::Covered => {}
    }
}

fn add_cell(body: &mut Markup, cell: &Merged) {
    body.raw("<w:tc><w:tcPr>");
    if cell.across > 1 {
        body.raw(&format!("<w:gridSpan w:val=\"{}\"/>", cell.across));
    }
    if cell.down > 1 {
        body.raw("<w:vMerge w:val=\"restart\"/>");
    }
    body.raw("</w:tcPr>");
    for node in &cell.content {
        let lines: Vec<&str> = node.text().unwrap_or_default().lines().collect();
        match node {
            Node::Item(_) => item(body, &lines),
            Node::Text(_) | Node::Paragraph(_) | Node::ListText(_) | Node::Table(_) => {
                paragraph(body, "", &lines);
            }
        }
    }
    if cell.content.is_empty() {
        body.raw("<w:p/>");
    }
    body.raw("</w:tc>");
}
