//! `kurabe report`: one folder, put in place of the former one or not at all.

use std::fs;

use kurabe::disk::Disk;
use serde_json::Value;

use crate::support::Project;

const DONE: u8 = 0;
const USAGE: u8 = 2;
const FAILED: u8 = 3;

fn published() -> Project {
    let project = Project::new();
    project.run("run --quiet");
    project
}

/// What a data file hands to the pages.
fn data(project: &Project, folder: &str, key: &str) -> Value {
    let text = fs::read_to_string(project.path(folder).join(format!("data/{key}.js"))).unwrap();
    let call = text.trim_end().strip_prefix("kurabe.receive(").unwrap();
    let value = call.split_once(',').unwrap().1.strip_suffix(");").unwrap();
    serde_json::from_str(value).unwrap()
}

#[test]
fn the_report_holds_the_pages_the_data_and_the_files() {
    let project = Project::with_bundled_document();
    project.run("run --quiet");
    project.run("report").code(DONE).has("index.html");
    let index = data(&project, "report", "index");
    assert_eq!(index["version"], "1.0.0");
    assert_eq!(index["totals"]["measures"], 46);
    assert_eq!(index["lang"], "en");
    let page = project.tree("report")["index.html"].clone();
    assert!(String::from_utf8(page).unwrap().contains("assets/js/"));
    let town = data(&project, "report", "municipality/322067");
    assert_eq!(town["measures"].as_array().unwrap().len(), 46);
    let (out, report) = (project.tree("out"), project.tree("report"));
    let downloads = index["downloads"].as_array().unwrap();
    assert_eq!(downloads[0]["path"], "downloads/kurabe.xlsx");
    for file in downloads {
        let path = file["path"].as_str().unwrap();
        let bytes = &out[path.strip_prefix("downloads/").unwrap()];
        assert_eq!(&report[path], bytes, "{path}");
        assert_eq!(file["bytes"], bytes.len(), "{path}");
        assert!(file["ja"].as_str().unwrap() != file["en"].as_str().unwrap());
    }
    // All files of the dataset but its record, which tells of one run.
    assert_eq!(downloads.len(), out.len() - 2, "{:?}", out.keys());
    let codes = data(&project, "report", "quality")["codes"].clone();
    assert!(codes["file_unclaimed"][0].as_str().unwrap().ends_with('。'));
}

#[test]
fn the_same_dataset_gives_the_same_report() {
    let project = published();
    project.run("report --quiet --to a");
    project.run("report --quiet --to b");
    assert!(project.tree("a") == project.tree("b"));
    let names = project
        .run("report --to b --no-downloads")
        .code(DONE)
        .out
        .clone();
    assert!(!names.is_empty());
    assert!(!project.path("b/downloads").exists());
}

#[test]
fn a_report_is_replaced_and_what_lies_beside_stays() {
    let project = published();
    project.run("report");
    project.put("report/notes.txt", "ours to keep");
    project.put("report/data/left-over.js", "old");
    project.run("report").code(DONE);
    let files = project.tree("report");
    assert_eq!(files["notes.txt"], b"ours to keep");
    assert!(!files.contains_key("data/left-over.js"));
    assert!(!project.path("report.new.tmp").exists());
}

#[test]
fn no_other_folder_is_replaced() {
    let project = published();
    project.put("mine/data/thesis.txt", "years of work");
    project.put("file", "no folder");
    for (to, told) in [
        ("mine", "is no report of kurabe"),
        ("file", "is no folder"),
        ("raw", "raw"),
        ("raw/report", "raw"),
        (".", "raw"),
        ("out", "out"),
        ("municipalities", "municipalities"),
    ] {
        let before = project.tree("");
        let answer = project.run(&format!("report --to {to}"));
        answer.code(USAGE).has(told).has("hint: ");
        assert!(project.tree("") == before, "{to}");
    }
}

#[test]
fn a_report_that_fails_leaves_the_former_one() {
    let project = published();
    project.run("report");
    let before = project.tree("report");
    project
        .run_on(Disk::with_room_for(1000), "report")
        .code(FAILED)
        .has("hint: ");
    project
        .run("report --edition 9.9")
        .code(USAGE)
        .has("9.9")
        .has("5.1");
    assert!(project.tree("report") == before);
    assert!(!project.path("report.new.tmp").exists());
}

#[test]
fn without_a_dataset_nothing_is_written() {
    let project = Project::new();
    project.run("report").code(USAGE).has("kurabe run");
    assert!(!project.path("report").exists());
}

#[test]
fn the_edition_and_the_folder_can_be_chosen() {
    let project = published();
    project.put("pipeline.toml", "raw = \"raw\"\nreport = \"pages\"\n");
    project.run("report --edition 3.0 --lang ja").code(DONE);
    let index = data(&project, "pages", "index");
    assert_eq!(index["edition"], "3.0");
    assert_eq!(index["lang"], "ja");
}
