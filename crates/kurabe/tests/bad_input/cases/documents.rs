//! Word and HTML.

use super::{Case, case, cut, spoilt};
use crate::samples::build::{compound, deflated, package, raw_package};
use crate::samples::{self, TITLE, docx_of, paragraph};

const LAUGHS: &str = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \
    \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \
    \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">]>";

const OUTSIDE: &str = "<!DOCTYPE d [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>";

fn html(body: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html><head><meta charset=utf-8></head><body><h1>{TITLE}</h1>{body}")
        .into_bytes()
}

/// A Word file of one part that unpacks to so many bytes.
fn unpacking_to(bytes: usize) -> Vec<u8> {
    let packed = deflated("<w:document><w:body><w:p><w:r><w:t>a", bytes);
    let size = u32::try_from(bytes).unwrap();
    raw_package(&[
        (
            "[Content_Types].xml",
            0,
            b"wordprocessingml.document.main",
            30,
        ),
        ("word/document.xml", 8, &packed, size),
    ])
}

/// A Word file of so many thousand paragraphs that pack well.
fn dense(thousands: usize) -> Vec<u8> {
    docx_of(
        "",
        &paragraph(&"窓口の改善と手続の拡大".repeat(30)).repeat(thousands * 1000),
    )
}

fn word() -> Vec<Case> {
    vec![
        case("docx cut off", "cut.docx", || cut(samples::docx(), 60)),
        case("docx with bytes changed", "spoilt.docx", || {
            spoilt(samples::docx(), 300)
        }),
        case("docx without its main part", "hollow.docx", || {
            package(&[("[Content_Types].xml", b"wordprocessingml.document.main")])
        }),
        case("docx with a password", "secret.docx", || {
            compound(&[
                ("EncryptedPackage", &[7; 5000]),
                ("EncryptionInfo", &[4; 300]),
            ])
        }),
        case("docx with billion laughs", "laughs.docx", || {
            docx_of(LAUGHS, &paragraph("&f;"))
        }),
        case("docx with an entity outside", "entity.docx", || {
            docx_of(OUTSIDE, &paragraph("&f;"))
        }),
        case("docx that unpacks to 350 MB", "bomb.docx", || {
            unpacking_to(350 << 20)
        }),
        case("docx that unpacks to 1 GB", "bomb-2.docx", || {
            unpacking_to(1 << 30)
        }),
        case(
            "docx of 10 000 equal paragraphs, packed densely",
            "dense.docx",
            || dense(10),
        ),
        case("docx with tables 50 000 deep", "deep.docx", || {
            docx_of(
                "",
                &format!(
                    "{}{}{}",
                    "<w:tbl><w:tr><w:tc>".repeat(50_000),
                    paragraph("底"),
                    "</w:tc></w:tr></w:tbl>".repeat(50_000)
                ),
            )
        }),
        case("docx with a text of 1 MB in a cell", "cell.docx", || {
            docx_of(
                "",
                &format!(
                    "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
                    paragraph(&"窓口".repeat(200_000))
                ),
            )
        }),
    ]
}

fn word_sizes() -> Vec<Case> {
    let deep = |tag: &'static str, times: usize| move || html(&format!("{}底", tag.repeat(times)));
    vec![
        case("docx with spans of millions", "spans.docx", || {
            let cell = format!(
                "<w:tc><w:tcPr><w:gridSpan w:val=\"4294967295\"/></w:tcPr>{}</w:tc>",
                paragraph("窓口")
            );
            docx_of(
                "",
                &format!(
                    "{}<w:tbl>{}</w:tbl>",
                    paragraph(TITLE),
                    format!("<w:tr>{cell}</w:tr>").repeat(400)
                ),
            )
        }),
        case("HTML as .xls", "html.xls", samples::html),
        case("HTML cut off in a tag", "cut.html", || {
            cut(samples::html(), 60)
        }),
        case(
            "HTML with elements 100 000 deep",
            "deep.html",
            deep("<div>", 100_000),
        ),
        case(
            "HTML with tables 20 000 deep",
            "deep-table.html",
            deep("<table><tr><td>", 20_000),
        ),
        case(
            "HTML with marks 20 000 deep",
            "deep-mark.html",
            deep("<b><i>", 20_000),
        ),
        case("HTML with spans of 65 534", "spans.html", || {
            html(&format!(
                "<table>{}</table>",
                "<tr><td rowspan=65534 colspan=1000>窓口</tr>".repeat(2000)
            ))
        }),
        case("HTML with billion laughs", "laughs.html", || {
            [LAUGHS.as_bytes(), &html("<p>&f;")].concat()
        }),
        case("XHTML with an entity outside", "entity.html", || {
            [OUTSIDE.as_bytes(), &html("<p>&f;")].concat()
        }),
        case("HTML of scripts only", "script.html", || {
            format!(
                "<!DOCTYPE html><html><script>{}</script></html>",
                "var a = 1;\n".repeat(50_000)
            )
            .into_bytes()
        }),
        case("HTML with an attribute of 8 MB", "attribute.html", || {
            html(&format!("<p title=\"{}\">窓口", "a".repeat(8 << 20)))
        }),
    ]
}

fn web() -> Vec<Case> {
    vec![case(
        "HTML that declares a wrong encoding",
        "charset.html",
        || {
            String::from_utf8(samples::html())
                .unwrap()
                .replace("utf-8", "shift_jis")
                .into_bytes()
        },
    )]
}

pub(super) fn cases() -> Vec<Case> {
    [word(), word_sizes(), web()]
        .into_iter()
        .flatten()
        .collect()
}
