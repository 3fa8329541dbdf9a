//! Where the forms go, and what a wrong wish is told.

use kurabe::disk::Disk;

use crate::support::Project;

#[test]
fn a_file_is_written_once_and_in_one_step() {
    let project = Project::new();
    let line = "inspect raw/one.txt --format html --to view.html";
    project.run(line).code(0).has("Wrote").has("view.html");
    let first = std::fs::read(project.path("view.html")).unwrap();
    assert!(first.starts_with(b"<!DOCTYPE html>"));
    project.run(line).code(2).has("view.html").has("--force");
    project.put("view.html", "mine");
    let full = project.run_on(Disk::with_room_for(10), &format!("{line} --force"));
    full.code(3);
    assert_eq!(std::fs::read(project.path("view.html")).unwrap(), b"mine");
    let quiet = project.run(&format!("{line} --force --quiet"));
    assert_eq!((quiet.code, quiet.out.as_str()), (0, ""));
    assert_eq!(std::fs::read(project.path("view.html")).unwrap(), first);
}

#[test]
fn the_source_is_never_overwritten() {
    let project = Project::new();
    let before = std::fs::read(project.path("raw/one.txt")).unwrap();
    let answer = project.run("inspect raw/one.txt --to raw/../raw/one.txt --force");
    answer.code(2).has("--to");
    assert_eq!(std::fs::read(project.path("raw/one.txt")).unwrap(), before);
}

#[test]
fn wrong_wishes_are_told_what_is_possible() {
    let project = Project::new();
    project
        .run("inspect raw/one.txt --format xml")
        .code(2)
        .has("text, html, json");
    project
        .run("inspect raw/one.txt --pages 3-1")
        .code(2)
        .has("3-1");
    let beyond = project.run("inspect raw/one.txt --format html --pages 2-");
    beyond.code(2).has("there are 1").has("hint: ");
    let japanese = project.run("inspect raw/one.txt --pages 9 --lang ja");
    japanese.code(2).has("対処: ").has("--pages");
    project
        .run("inspect none.pdf --format json")
        .code(3)
        .has("none.pdf");
    project.put_bytes("broken.pdf", b"%PDF-1.7\nnothing");
    project
        .run("inspect broken.pdf --format html")
        .code(3)
        .has("broken.pdf");
}

#[test]
fn places_in_the_text_form_are_those_of_the_file() {
    let project = Project::new();
    project.put_bytes("plan.xlsx", &super::make::workbook());
    project
        .run("inspect plan.xlsx")
        .code(0)
        .has("一覧!C1 担当課")
        .has("一覧!A1(spans 2x1) 見出し");
}
