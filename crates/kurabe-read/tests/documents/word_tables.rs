//! Tables of Word files, and files that are refused.

use kurabe_page::{Block, Node};
use kurabe_read::{Hint, Kind, Limits, ReadError, read};

use crate::word::{docx, p, pp, r, read_docx, zip};
use crate::{hint, show};

/// A cell with these properties.
fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

fn cell(text: &str) -> String {
    tc("", &p(text))
}

fn span(columns: u8, text: &str) -> String {
    tc(&format!("<w:gridSpan w:val=\"{columns}\"/>"), &p(text))
}

fn tr(properties: &str, cells: &[String]) -> String {
    format!(
        "<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>",
        cells.concat()
    )
}

fn tbl(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat())
}

/// The only block of a document, which is a table.
fn table(rows: &[String]) -> String {
    let blocks = docx(&tbl(rows)).blocks();
    assert_eq!(blocks.len(), 1, "{blocks:?}");
    blocks[0].trim_start_matches("t ").replace("p:", "")
}

const BEGINS: &str = "<w:vMerge w:val=\"restart\"/>";
const GOES_ON: &str = "<w:vMerge/>";

#[test]
fn spans_make_a_full_grid() {
    let rows = [
        tr("", &[span(2, "A"), tc(BEGINS, &p("B"))]),
        tr("", &[cell("C"), cell("D"), tc(GOES_ON, "<w:p/>")]),
        tr(
            "<w:gridBefore w:val=\"1\"/>",
            &[cell("E"), tc("<w:vMerge w:val=\"continue\"/>", "<w:p/>")],
        ),
        tr("<w:gridAfter w:val=\"2\"/>", &[cell("F")]),
    ];
    assert_eq!(table(&rows), "A{2x1}|_|B{1x3}; C|D|_; _|E|_; F|_|_");
}

#[test]
fn merged_cells_end_where_the_next_begins() {
    let rows = [
        tr("", &[tc(BEGINS, &p("A"))]),
        tr("", &[tc(GOES_ON, &p(""))]),
        tr("", &[tc(BEGINS, &p("B"))]),
        tr("", &[cell("C")]),
        tr("", &[tc(GOES_ON, &p("D"))]),
    ];
    assert_eq!(table(&rows), "A{1x2}; _; B; C; D");
    let left = |value: &str, text: &str| tc(&format!("<w:hMerge w:val=\"{value}\"/>"), &p(text));
    let rows = [tr(
        "",
        &[left("restart", "A"), left("continue", ""), cell("B")],
    )];
    assert_eq!(table(&rows), "A{2x1}|_|B");
}

#[test]
fn cells_hold_paragraphs_items_and_tables() {
    let numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/>\
                     <w:lvlText w:val=\"●\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let item = pp("<w:numPr><w:numId w:val=\"1\"/></w:numPr>", "項目");
    let heading = pp("<w:outlineLvl w:val=\"0\"/>", "見出し");
    let inner = tbl(&[tr("", &[cell("内"), cell("側")])]);
    let content = format!(
        "{}{item}{heading}{inner}<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>",
        p("段落")
    );
    let document = docx(&tbl(&[tr("", &[tc("", &content), tc("", "<w:p/>")])])).with(
        "numbering",
        "numbering",
        numbering,
    );
    let page = document.staged().value;
    assert_eq!(
        show::page(&page),
        ["t p:段落 -:項目 p:見出し (p:内|p:側) p:一 / 二|_"]
    );
    let Block::Table(outer) = &page.blocks[0] else {
        panic!()
    };
    let outer = &outer.rows[0].cells[0];
    assert_eq!(outer.raw, "段落\n項目\n見出し\n一\n二");
    let Node::Table(inner) = &outer.content[3] else {
        panic!()
    };
    assert!(inner.is_grid && inner.rows[0].line == 1);
}

#[test]
fn content_controls_around_rows_and_cells_do_not_matter() {
    let rows = format!(
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:tr><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>{}</w:tr>",
        tr("", &[cell("A"), cell("B")]),
        cell("C"),
        cell("D")
    );
    assert_eq!(table(&[rows]), "A|B; C|D");
}

#[test]
fn what_is_covered_is_left_out_and_counted() {
    let rows = [
        tr("", &[tc(BEGINS, &p("A"))]),
        tr("", &[tc(GOES_ON, &p("覆"))]),
    ];
    let page = docx(&tbl(&rows)).staged().value;
    assert_eq!(show::page(&page), ["t p:A{1x2}; _"]);
    assert_eq!(show::skipped(&page), ["hidden"]);
}

#[test]
fn limits_hold() {
    let bytes = docx(&(p(&"あ".repeat(100_000)) + &tbl(&[tr("", &[span(200, "A")])]))).bytes();
    let try_read = |limits| {
        let hint = Hint {
            limits,
            ..hint(Kind::Docx)
        };
        read(&bytes, &hint).map(|_| ())
    };
    let usual = Limits::default();
    assert_eq!(try_read(usual), Ok(()));
    let too_large = |limit, value| Err(ReadError::TooLarge { limit, value });
    assert_eq!(
        try_read(Limits {
            unpacked_bytes: 300_000,
            ..usual
        }),
        too_large("unpacked_bytes", 300_000)
    );
    assert_eq!(
        try_read(Limits { depth: 4, ..usual }),
        too_large("depth", 4)
    );
    assert_eq!(
        try_read(Limits {
            cells: 100,
            ..usual
        }),
        too_large("cells", 100)
    );
    assert_eq!(
        try_read(Limits {
            cell_characters: 0,
            ..usual
        }),
        too_large("cell_characters", 0)
    );
    let bomb = docx(&p(&"あ".repeat(2_000_000))).bytes();
    let hint = Hint {
        limits: Limits { ratio: 20, ..usual },
        ..hint(Kind::Docx)
    };
    assert_eq!(read(&bomb, &hint).map(|_| ()), too_large("ratio", 20));
}

#[test]
fn damaged_files_are_named() {
    let whole = docx(&p("本文")).bytes();
    let broken = |content: &str| zip(&[("word/document.xml", content.as_bytes())]);
    let entities = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><d>&b;</d>";
    for (bytes, words) in [
        (b"PK\x03\x04".to_vec(), "its list of parts cannot be read: "),
        (
            whole[..whole.len() / 2].to_vec(),
            "its list of parts cannot be read: ",
        ),
        (
            zip(&[("a", b"b")]),
            "word/document.xml: this part is missing",
        ),
        (broken("<a/>"), "it is no text document"),
        (broken("<a><b></a>"), "word/document.xml: "),
        (
            broken("<a><b>"),
            "word/document.xml: it ends before its elements do",
        ),
        (
            broken(entities),
            "word/document.xml: it declares a document type",
        ),
        (
            broken("<a>&b;</a>"),
            "word/document.xml: its markup cannot be read: unknown entity `&b;`",
        ),
        (
            zip(&[("word/document.xml", b"<a>\xFF</a>")]),
            "word/document.xml: it is not valid in its encoding: UTF-8",
        ),
    ] {
        let error = read_docx(&bytes).unwrap_err();
        assert!(
            matches!(error, ReadError::Damaged { format: "Word", .. }),
            "{error}"
        );
        assert!(error.to_string().contains(words), "{error}");
    }
    assert_eq!(docx("<w:p/>").bytes().len().min(1), 1);
    assert_eq!(
        read_docx(&docx("<w:p/>").bytes()).unwrap_err(),
        ReadError::Empty
    );
}

#[test]
fn names_of_parts_may_differ_by_case_and_text_may_be_wide() {
    let document = format!(
        "<w:document xmlns:w=\"{}\"><w:body>{}</w:body></w:document>",
        crate::word::W,
        r("x")
    );
    let document = document
        .replace("<w:r>", "<w:p><w:r>")
        .replace("</w:r>", "</w:r></w:p>");
    let wide: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(document.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let page = read_docx(&zip(&[("Word\\Document.xml", &wide)]))
        .unwrap()
        .value;
    assert_eq!(show::page(&page), ["p x"]);
}
