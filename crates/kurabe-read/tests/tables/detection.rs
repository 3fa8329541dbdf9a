//! What a file is, by its content.

use kurabe_read::{Hint, Kind, ReadError, read};

use crate::build::{compound, ods, package, xlsx_sheet};
use crate::detect;

/// Name and content of a part of a package.
type Part<'a> = (&'a str, &'a [u8]);

/// The sentence that a file is refused with.
fn refusal(bytes: &[u8]) -> String {
    detect(bytes).unwrap_err().to_string()
}

/// The name of the reader that took a file.
fn reader(bytes: &[u8], name: Option<&str>) -> String {
    let hint = Hint {
        name,
        ..Hint::default()
    };
    read(bytes, &hint).unwrap().value.reader
}

#[test]
fn packages_are_told_apart_by_their_parts() {
    let cell = "<sheetData><row><c t=\"inlineStr\"><is><t>表</t></is></c></row></sheetData>";
    assert_eq!(reader(&xlsx_sheet(cell), Some("a.zip")), "xlsx");
    let sheet = "<table:table table:name=\"表\"><table:table-row><table:table-cell><text:p>x</text:p>\
                 </table:table-cell></table:table-row></table:table>";
    assert_eq!(reader(&ods("", sheet), None), "ods");
    let refused: [(&[Part], &str); 6] = [
        (
            &[("a.csv", b"1,2")],
            "an archive of files (.zip); unpack it",
        ),
        (&[("ppt/presentation.xml", b"<p/>")], "a presentation"),
        (
            &[(
                "[Content_Types].xml",
                b"presentationml.presentation.main+xml",
            )],
            "a presentation",
        ),
        (
            &[("mimetype", b"application/vnd.oasis.opendocument.text")],
            "(.odt); save it as .docx",
        ),
        (&[("mimetype", b"application/epub+zip")], "(.epub)"),
        (
            &[("mimetype", b"application/x-other")],
            "an archive of files",
        ),
    ];
    for (parts, words) in refused {
        let said = refusal(&package(parts));
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn compound_files_are_told_apart_by_their_streams() {
    let refused = [
        ("WordDocument", "(.doc); save it as .docx or as PDF"),
        ("DocumentText", "(一太郎, .jtd); save it as .docx or as PDF"),
        ("JSRV_SegmentInformation", "(一太郎, .jtd)"),
        ("PowerPoint Document", "a presentation"),
        ("Contents", "an OLE2 file that is no workbook"),
        ("EncryptedPackage", "protected by a password"),
    ];
    for (stream, words) in refused {
        let said = refusal(&compound(&[("Other", b"x"), (stream, b"x")]));
        assert!(said.contains(words), "{stream}: {said}");
    }
}

#[test]
fn protected_workbooks_are_named_as_such() {
    let manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let parts: [(&str, &[u8]); 3] = [
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"\x01\x02"),
    ];
    let error = detect(&package(&parts)).unwrap_err();
    assert_eq!(error, ReadError::Encrypted { format: "ods" });
}

#[test]
fn markup_is_known_under_any_name() {
    let pages = [
        "<!DOCTYPE html><html><body><p>本文</p></body></html>",
        "\u{feff}\n  <HTML>\n<head></head></HTML>",
        "<?xml version=\"1.0\"?>\n<!-- x > y -->\n<html xmlns=\"x\"></html>",
        "<table border=1><tr><td>A</td></tr></table>",
        "<meta charset=\"utf-8\"><table></table>",
    ];
    for page in pages {
        for name in [None, Some("a.xls"), Some("a.txt"), Some("a.csv")] {
            let hint = Hint {
                name,
                ..Hint::default()
            };
            let page_is_text = read(page.as_bytes(), &hint)
                .is_ok_and(|staged| matches!(staged.value.reader.as_str(), "text" | "csv" | "tsv"));
            assert!(!page_is_text, "{name:?} {page}");
        }
    }
}

#[test]
fn text_with_markup_inside_stays_text() {
    let texts = [
        "# 一覧\n<table>の使い方\n",
        "番号\t<table><tr><td>A</td></tr></table>\n",
        "<KPI>\n目標,実績\n",
        "<tables>\n",
        "これは %PDF-1.7 の説明です。\n",
    ];
    for text in texts {
        assert_eq!(reader(text.as_bytes(), None), "text", "{text}");
    }
}

#[test]
fn other_markup_is_refused_with_a_remedy() {
    let refused = [
        (
            "<?xml version=\"1.0\"?>\r\n<?mso-application progid=\"Excel.Sheet\"?>\r\n<Workbook/>",
            "save it as .xlsx",
        ),
        (
            "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"></Workbook>",
            "save it as .xlsx",
        ),
        (
            "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>",
            "save it as .docx",
        ),
        (
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\n",
            "MHTML",
        ),
    ];
    for (text, words) in refused {
        let said = refusal(text.as_bytes());
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn delimited_text_is_known_by_its_records() {
    let cases: [(&str, Option<&str>, &str); 13] = [
        ("番号,施策\n1,窓口\n2,学校\n", None, "csv"),
        ("番号;施策\n1;窓口\n2;学校\n", None, "csv"),
        ("番号\t施策\n1\t窓口\n2\t学校\n", None, "text"),
        ("番号\t施策\n1\t\"窓口\nの改善\"\n2\t学校\n", None, "tsv"),
        ("番号\t施策\n1\t窓口\n", Some("a.tsv"), "tsv"),
        ("番号\t施策\n1\t窓口\n", Some("A.CSV"), "tsv"),
        ("番号,施策,課\n1,窓口,市民課\n", Some("a.txt"), "csv"),
        (
            "- 窓口, 市民課\n- 学校, 教育課\n- 道路, 土木課\n",
            None,
            "text",
        ),
        ("a\nb\n", Some("a.csv"), "csv"),
        (
            "これは、本文です。\n次の行です, はい。\nおわり\n",
            None,
            "text",
        ),
        ("# 見出し\n\n本文, です\n- 項目\n- 項目\n", None, "text"),
        ("一行だけ,の文\n", None, "text"),
        ("本文\n", None, "text"),
    ];
    for (text, name, expected) in cases {
        assert_eq!(reader(text.as_bytes(), name), expected, "{text}");
    }
}

#[test]
fn a_hint_settles_the_kind() {
    let hint = Hint {
        kind: Some(Kind::Text),
        ..Hint::default()
    };
    assert_eq!(read(b"a,b\nc,d\n", &hint).unwrap().value.reader, "text");
    for kind in [Kind::Workbook, Kind::Csv] {
        let hint = Hint {
            kind: Some(kind),
            ..Hint::default()
        };
        assert!(read(b"PK\x03\x04", &hint).is_err());
    }
}
