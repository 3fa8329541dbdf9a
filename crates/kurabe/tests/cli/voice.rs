//! What the program says, in both languages.

use std::ffi::OsString;
use std::path::PathBuf;

use kurabe::cli::{Surroundings, run};

use crate::support::Project;

fn said(variable: Option<&str>, line: &str) -> String {
    let surroundings = Surroundings {
        arguments: line.split_whitespace().map(OsString::from).collect(),
        folder: PathBuf::from("/nowhere"),
        language: variable.map(str::to_owned),
        ..Surroundings::default()
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    run(&surroundings, &mut out, &mut err);
    String::from_utf8([out, err].concat()).unwrap()
}

#[test]
fn japanese_is_usual_and_english_is_asked_for() {
    assert!(said(None, "kurabe run").starts_with("エラー: "));
    assert!(said(Some("en"), "kurabe run").starts_with("error: "));
    assert!(said(Some("en"), "kurabe run --lang ja").starts_with("エラー: "));
    assert!(said(None, "kurabe run --lang=en").starts_with("error: "));
    assert!(said(None, "kurabe --lang en rnu").starts_with("error: "));
    assert!(said(None, "kurabe --help").contains("使い方： kurabe"));
    assert!(said(None, "kurabe --help --lang en").contains("Usage: kurabe"));
    assert!(said(None, "kurabe man").contains("施策"));
}

#[test]
fn an_error_has_message_place_and_remedy() {
    let told = said(None, "kurabe run");
    let labels: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split(": ").next())
        .collect();
    assert_eq!(labels, ["エラー", "場所", "対処"]);
    assert!(told.contains("/nowhere/pipeline.toml"));
    let told = said(Some("en"), "kurabe run");
    let labels: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split(": ").next())
        .collect();
    assert_eq!(labels, ["error", "at", "hint"]);
}

#[test]
fn results_are_told_in_both_languages() {
    let project = Project::new();
    let english = project.run("run");
    english.has("322067-plan").has("measures").has("Wrote");
    assert_eq!(english.err, "");
    project.run("run --lang ja").has("施策").has("変更なし");
    let quiet = project.run("run --quiet");
    assert_eq!((quiet.out, quiet.err), (String::new(), String::new()));
    project
        .run("check")
        .has("322067-plan")
        .has("What became of every line");
    project.run("check --lang ja").has("原文の行の行き先");
}

#[test]
fn check_writes_json() {
    let project = Project::new();
    project.run("run");
    let report: serde_json::Value = serde_json::from_str(&project.run("check --json").out).unwrap();
    assert_eq!(report["is_outdated"], false);
    assert_eq!(
        report["documents"][0]["counts"]["document_id"],
        "322016-plan"
    );
    project.put(
        "raw/two.txt",
        &crate::support::document("松江市", "別の取組"),
    );
    let report: serde_json::Value = serde_json::from_str(&project.run("check --json").out).unwrap();
    assert_eq!(report["is_outdated"], true);
}

#[test]
fn inspect_shows_the_page_with_its_places() {
    let project = Project::new();
    let answer = project.run("inspect raw/one.txt");
    answer
        .code(0)
        .has("encoding UTF-8")
        .has("profile: 322067-plan");
    answer
        .has("L1 [heading 1]")
        .has("L3-4 [table 2x3]")
        .has("L3C2 電子申請");
    project.run("inspect raw/none.txt").code(3).has("none.txt");
}

#[test]
fn explain_shows_values_and_source_lines() {
    let project = Project::new();
    project.run("run");
    let answer = project.run("explain 322067-plan");
    answer
        .code(0)
        .has("title: 安来市DX計画")
        .has("Title of the document");
    project
        .run("explain 322067-plna")
        .code(2)
        .has("322067-plan");
    std::fs::remove_dir_all(project.path("out")).unwrap();
    project
        .run("explain 322067-plan")
        .code(0)
        .has("title: 安来市DX計画");
    project.run("explain 9").code(2).has("first column");
}
