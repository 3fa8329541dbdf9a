//! `inspect` as JSON and beside the source.

mod hostile;
mod make;
mod output;
mod seen;

use std::fs;

use serde_json::Value;

use crate::support::Project;
use make::{pdf, word, workbook};
use seen::{assert_linked, assert_self_contained, left, right_texts};

/// The JSON form of a file of a project.
fn json(project: &Project, line: &str) -> Value {
    let answer = project.run(&format!("inspect {line} --format json"));
    answer.code(0);
    serde_json::from_str(&answer.out).unwrap()
}

/// The HTML form of a file of a project.
fn html(project: &Project, line: &str) -> String {
    let answer = project.run(&format!("inspect {line} --format html"));
    answer.code(0);
    answer.out
}

fn project() -> Project {
    let project = Project::new();
    project.put_bytes("plan.xlsx", &workbook());
    project.put_bytes("plan.pdf", &pdf(&["Digital plan", "Second page"]));
    project.put_bytes("plan.docx", &word());
    project.put("plan.csv", "番号,施策\n1,\"電子\n申請\"\n2,窓口\n");
    project.put(
        "plan.html",
        "<!DOCTYPE html>\n<html><body><h1>計画</h1>\n<table><tr><th colspan=2>見出し</th></tr>\n\
         <tr><td>施策一</td>\n<td>総務課</td></tr></table></body></html>\n",
    );
    project
}

#[test]
fn json_says_what_a_file_is_and_what_was_read_of_it() {
    let project = project();
    let view = json(&project, "raw/one.txt");
    assert_eq!(view["schema"], "kurabe.inspect/1");
    let document = &view["document"];
    assert_eq!(document["file"], "raw/one.txt");
    assert_eq!(document["format"], "text");
    assert_eq!(document["recognised_by"], "nothing_else");
    assert_eq!(document["encoding"], "UTF-8");
    assert_eq!(document["profiles"][0], "322067-plan");
    assert_eq!(document["counts"]["cells"], 6);
    let blocks = &view["pages"][0]["blocks"];
    assert_eq!(blocks[0]["kind"], "heading");
    assert_eq!(blocks[0]["lines"][0]["locator"], "L1");
    let cell = &blocks[1]["rows"][0]["cells"][1];
    assert_eq!(
        (&cell["locator"], &cell["text"]),
        (&"L3C2".into(), &"電子申請".into())
    );
    assert_eq!(view["findings"], Value::Array(Vec::new()));
    let again = project.run("inspect raw/one.txt --format json");
    assert_eq!(
        again.out,
        project.run("inspect raw/one.txt --format json").out
    );
}

#[test]
fn json_of_a_workbook_has_sheets_spans_and_what_is_hidden() {
    let project = project();
    let view = json(&project, "plan.xlsx");
    assert_eq!(view["document"]["recognised_by"], "signature");
    assert_eq!(view["document"]["encoding"], Value::Null);
    let names: Vec<&Value> = view["pages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["name"])
        .collect();
    assert_eq!(names, ["一覧", "控え"]);
    assert_eq!(view["pages"][1]["is_hidden"], true);
    let rows = &view["pages"][0]["blocks"][0]["rows"];
    assert_eq!(rows[0]["locator"], "一覧!A1:C1");
    assert_eq!(rows[0]["cells"][0]["column_span"], 2);
    assert_eq!(rows[1]["cells"][0]["locator"], "一覧!A2");
    assert_eq!(view["pages"][0]["skipped"][0]["rule"], "hidden_row");
    let one = json(&project, "plan.xlsx --pages 2");
    assert_eq!(one["pages"].as_array().unwrap().len(), 1);
    assert_eq!(one["document"]["counts"]["pages"], 2);
}

#[test]
fn json_of_a_pdf_has_the_size_of_pages_and_boxes() {
    let view = json(&project(), "plan.pdf");
    let page = &view["pages"][1];
    assert_eq!(
        (&page["kind"], &page["number"]),
        (&"page".into(), &2.into())
    );
    assert_eq!(page["size"], serde_json::json!([595.0, 842.0]));
    let place = page["blocks"][0]["lines"][0]["locator"].as_str().unwrap();
    assert!(place.starts_with("p2["), "{place}");
}

#[test]
fn every_text_stands_once_on_the_right_and_is_tied_to_the_left() {
    let project = project();
    for file in [
        "plan.xlsx",
        "plan.pdf",
        "plan.docx",
        "plan.csv",
        "plan.html",
        "raw/one.txt",
    ] {
        let view = json(&project, file);
        let page = html(&project, file);
        assert_self_contained(&page);
        assert_linked(&page);
        assert_eq!(right_texts(&page), seen::texts_of(&view), "{file}");
    }
}

#[test]
fn a_sheet_is_shown_as_it_is_laid_out() {
    let page = html(&project(), "plan.xlsx");
    let sheet = left(&page);
    for expected in [
        "<th>A</th><th>B</th><th>C</th>",
        "rowspan=\"1\" colspan=\"2\" class=\"span\" tabindex=\"0\" data-k=\"S1R1C1\"",
        "<tr class=\"hidden\"><th class=\"hidden\"",
        "秘密の行",
        "rows 6 to 39 are blank",
        "The sheet is hidden.",
    ] {
        assert!(sheet.contains(expected), "{expected}: {sheet}");
    }
}

#[test]
fn pages_of_a_pdf_are_drawn_and_have_boxes() {
    let project = project();
    let page = html(&project, "plan.pdf");
    let pictures = seen::pictures(&page);
    assert_eq!(pictures.len(), 2);
    for picture in &pictures {
        assert!(
            picture.starts_with("<svg") && picture.contains("<use"),
            "{picture}"
        );
        for banned in [
            "<script",
            "<text",
            "<foreignObject",
            "<a ",
            "onload",
            "href=\"http",
        ] {
            assert!(!picture.contains(banned), "{banned}: {picture}");
        }
    }
    assert!(left(&page).contains("class=\"box\" style=\"left:"));
    let second = html(&project, "plan.pdf --pages 2");
    assert_eq!(seen::pictures(&second), pictures[1..]);
    assert!(second.contains("Only pages 2 to 2 of 2 are shown."));
}

#[test]
fn characters_whose_font_is_missing_are_still_seen() {
    let project = Project::empty();
    project.put_bytes("old.pdf", &make::pdf_without_font("電子申請"));
    let pictures = seen::pictures(&html(&project, "old.pdf"));
    assert_eq!(pictures[0].matches("<text ").count(), 4, "{pictures:?}");
    assert!(pictures[0].contains(">電</text>"));
}

#[test]
fn lines_of_one_record_are_tied_together() {
    let page = html(&project(), "plan.csv");
    assert!(page.contains("data-k=\"L2 L3\" title=\"L2C2\""), "{page}");
}

#[test]
fn the_page_speaks_both_languages() {
    let project = project();
    let japanese = html(&project, "plan.pdf --lang ja");
    assert!(japanese.contains("<html lang=\"ja\">") && japanese.contains("読み取り結果"));
    let english = html(&project, "plan.pdf");
    assert!(english.contains("<html lang=\"en\">") && english.contains("As read"));
}

#[test]
fn published_documents_are_shown_whole() {
    let shared = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/corpus-formats"
    );
    let project = Project::empty();
    for file in [
        "matsue.pdf",
        "matsue.xlsx",
        "oe.docx",
        "oe.html",
        "matsue-cp932.csv",
        "yasugi.ods",
    ] {
        let Ok(bytes) = fs::read(format!("{shared}/{file}")) else {
            println!("skipped: ../shared is absent");
            return;
        };
        project.put_bytes(file, &bytes);
        let view = json(&project, &format!("{file} --pages 1-3"));
        let page = html(&project, &format!("{file} --pages 1-3"));
        assert_self_contained(&page);
        assert_linked(&page);
        assert_eq!(right_texts(&page), seen::texts_of(&view), "{file}");
    }
}
