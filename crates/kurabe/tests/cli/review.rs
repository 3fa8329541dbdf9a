//! Sheets for people: out, filled in, and back.

use std::fs;

use kurabe::disk::Disk;
use kurabe::reviews::{ReplyField, Reviews};

use crate::support::Project;

/// A project with a published document.
fn project() -> Project {
    let project = Project::with_bundled_document();
    assert!(project.run("run --quiet").code < 2);
    project
}

/// A sheet as CSV: the header and the rows.
struct Sheet(Vec<Vec<String>>);

impl Sheet {
    fn read(project: &Project, name: &str) -> Self {
        let text = fs::read_to_string(project.path(name)).unwrap();
        let text = text.trim_start_matches('\u{feff}').as_bytes();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text);
        let rows = reader.records().map(|row| row.unwrap());
        Self(
            rows.map(|row| row.iter().map(str::to_owned).collect())
                .collect(),
        )
    }

    fn column(&self, header: &str) -> usize {
        self.0[0].iter().position(|cell| cell == header).unwrap()
    }

    fn cell(&self, row: usize, header: &str) -> &str {
        &self.0[row][self.column(header)]
    }

    fn set(&mut self, row: usize, header: &str, text: &str) {
        let column = self.column(header);
        text.clone_into(&mut self.0[row][column]);
    }

    /// The first row for which something holds.
    fn find(&self, holds: impl Fn(&Self, usize) -> bool) -> usize {
        (1..self.0.len()).find(|row| holds(self, *row)).unwrap()
    }

    fn write(&self, project: &Project, name: &str) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        self.0
            .iter()
            .for_each(|row| writer.write_record(row).unwrap());
        project.put_bytes(name, &writer.into_inner().unwrap());
    }
}

fn reviews(project: &Project) -> Reviews {
    Reviews::load(&project.path("reviews")).unwrap()
}

#[test]
fn one_edited_code_is_one_decision() {
    let project = project();
    project.run("review export --to sheet.csv").code(0);
    let mut sheet = Sheet::read(&project, "sheet.csv");
    let by_program = sheet.cell(2, "プログラムの主分類").to_owned();
    sheet.set(2, "主分類", "security");
    sheet.set(2, "副分類1", "自治体のＡＩの利用推進");
    sheet.set(2, "理由", "対策の強化");
    sheet.write(&project, "filled.csv");
    let import = "review import filled.csv --who 山田 --when 2026-11-20";
    project
        .run(import)
        .code(0)
        .has("1 new decisions, 0 changed")
        .has("kurabe run");
    let decided = reviews(&project).overrides;
    assert_eq!(decided.len(), 1);
    let one = &decided[0];
    assert_eq!(one.measure_id, sheet.cell(2, "施策ID"));
    assert_eq!(one.content_key, sheet.cell(2, "内容キー"));
    assert_eq!(one.primary, "security");
    assert_eq!(one.old_primary.clone().unwrap_or_default(), by_program);
    assert_eq!(one.secondary.len(), 1);
    assert_eq!(
        (&*one.who, &*one.when, &*one.why),
        ("山田", "2026-11-20", "対策の強化")
    );
    let first = project.tree("reviews");
    assert_eq!(first.keys().collect::<Vec<_>>(), ["overrides.toml"]);
    project.run(import).code(0).has("nothing new");
    assert_eq!(project.tree("reviews"), first);
    sheet.set(3, "主分類", "security");
    sheet.set(2, "副分類1", "");
    let other = sheet.cell(4, "プログラムの主分類").to_owned();
    sheet.set(2, "主分類", if other.is_empty() { "rpa" } else { &other });
    sheet.write(&project, "filled.csv");
    project
        .run(import)
        .code(0)
        .has("1 new decisions, 1 changed");
    let again = reviews(&project).overrides;
    assert_eq!(again.len(), 2);
    let changed = again.iter().find(|o| o.measure_id == one.measure_id);
    assert_eq!(changed.unwrap().old_primary.as_deref(), Some("security"));
}

#[test]
fn earlier_decisions_stand_in_the_next_sheet_but_in_no_blind_one() {
    let project = project();
    project.run("review export --to sheet.csv").code(0);
    let mut sheet = Sheet::read(&project, "sheet.csv");
    sheet.set(1, "主分類", "security");
    sheet.write(&project, "filled.csv");
    project.run("review import filled.csv --who A").code(0);
    project.run("review export --to next.csv").code(0);
    let next = Sheet::read(&project, "next.csv");
    assert_eq!(next.cell(1, "主分類"), "security");
    project
        .run("review import next.csv --who A")
        .code(0)
        .has("nothing new");
    project.run("review export --blind --to blind.csv").code(0);
    let blind = Sheet::read(&project, "blind.csv");
    let columns = ["主分類", "理由", "プログラムの主分類", "プログラムの副分類"];
    for row in 1..blind.0.len() {
        assert!(
            columns
                .iter()
                .all(|column| blind.cell(row, column).is_empty())
        );
    }
    let has_program = |sheet: &Sheet, row| !sheet.cell(row, columns[2]).is_empty();
    next.find(has_program);
}

#[test]
fn a_sheet_that_does_not_fit_is_refused_with_all_its_places() {
    let project = project();
    project.run("review export --to sheet.csv").code(0);
    let mut sheet = Sheet::read(&project, "sheet.csv");
    let gone = sheet.cell(5, "施策ID").to_owned();
    sheet.set(2, "主分類", "securty");
    sheet.set(3, "施策ID", "322067-changed");
    sheet.set(4, "副分類2", "nonsense");
    sheet.0.remove(5);
    sheet.write(&project, "filled.csv");
    project
        .run("review import filled.csv --who A")
        .code(2)
        .has("filled.csv")
        .has("row 3, column 主分類: `securty`")
        .has("did you mean `security`?")
        .has("row 4, column 施策ID")
        .has("322067-changed")
        .has("row 5, column 副分類")
        .has("row 6, column 施策ID")
        .has(&format!("`{gone}` is missing"))
        .has("nothing was changed");
    assert!(!project.path("reviews").exists());
    project
        .run("review import sheet.csv --who A --document 322067-other")
        .code(2)
        .has("322067-other");
    project
        .run("review import sheet.csv --who A --edition 1.0")
        .code(2);
    project
        .run("review import sheet.csv --who A --when 2026-13-01")
        .code(2)
        .has("2026-13-01");
    project
        .run("review import sheet.csv --who A --lang ja")
        .code(0)
        .has("新しい決定");
}

#[test]
fn a_partial_sheet_is_imported_with_the_same_conditions() {
    let project = project();
    let conditions = "--document 322067-action-plan-r5-results --municipality 322067 --edition 5.1";
    project
        .run(&format!("review export --to sheet.xlsx {conditions}"))
        .code(0);
    project
        .run(&format!("review import sheet.xlsx --who A {conditions}"))
        .code(0)
        .has("nothing new");
    project
        .run("review import sheet.xlsx --who A --edition 4.0")
        .code(2);
    project
        .run("review export --edition 0.1 --to x.csv")
        .code(2)
        .has("`0.1`")
        .has("5.1");
}

#[test]
fn sheets_are_not_overwritten_and_have_two_forms() {
    let project = project();
    project.run("review export --to sheet.csv").code(0);
    project
        .run("review export --to sheet.csv")
        .code(2)
        .has("--force");
    project.run("review export --to sheet.csv --force").code(0);
    project
        .run("review export --to sheet.ods")
        .code(2)
        .has(".xlsx");
    project
        .run("review export --to x.csv --municipality 999999")
        .code(2)
        .has("999999");
    Project::new()
        .run("review export --to x.csv")
        .code(2)
        .has("kurabe run");
}

#[test]
fn a_sheet_agrees_with_itself_and_disagreements_are_settled() {
    let project = project();
    project.run("review export --blind --to a.csv").code(0);
    let mut sheet = Sheet::read(&project, "a.csv");
    for (row, code) in [(1, "security"), (2, "security"), (3, "frontyard")] {
        sheet.set(row, "主分類", code);
    }
    sheet.write(&project, "a.csv");
    project
        .run("review agreement a.csv a.csv")
        .code(0)
        .has("both coded: 3")
        .has("kappa: 1.000")
        .has("alpha: 1.000")
        .has("no disagreements");
    sheet.set(2, "主分類", "frontyard");
    sheet.write(&project, "b.csv");
    let id = sheet.cell(2, "施策ID").to_owned();
    project
        .run("review agreement a.csv b.csv --to settle.csv")
        .code(0)
        .has("kappa: 0.400")
        .has(&id);
    let settle = Sheet::read(&project, "settle.csv");
    assert_eq!(settle.0.len(), 2);
    assert_eq!(settle.cell(1, "施策ID"), id);
    assert_eq!(settle.cell(1, "理由"), "A: security / B: frontyard");
    sheet.set(1, "内容キー", "0123456789abcdef");
    sheet.write(&project, "b.csv");
    project
        .run("review agreement a.csv b.csv")
        .code(2)
        .has("row 2, column 内容キー");
}

#[test]
fn a_reply_becomes_decisions_and_facts() {
    let project = project();
    project
        .run("review reply export --municipality 322067 --to reply.csv")
        .code(0);
    let mut sheet = Sheet::read(&project, "reply.csv");
    let item =
        |field: &'static str| move |sheet: &Sheet, row: usize| sheet.cell(row, "項目") == field;
    let (stage, primary) = (sheet.find(item("段階")), sheet.find(item("主分類")));
    let (value, year) = (sheet.find(item("値")), sheet.find(item("年度")));
    let title = sheet.find(item("施策名"));
    sheet.set(title, "回答", "正しい");
    sheet.set(stage, "訂正後の内容", "中止・取りやめ");
    sheet.set(primary, "回答", "訂正");
    sheet.set(primary, "訂正後の内容", "security");
    sheet.set(value, "訂正後の内容", "12.5％");
    sheet.set(value, "備考", "見直しのため");
    sheet.set(year, "訂正後の内容", "令和9年度");
    sheet.write(&project, "filled.csv");
    let import =
        "review reply import filled.csv --municipality 322067 --who 安来市 --when 2026-11-20";
    project
        .run(import)
        .code(0)
        .has("4 corrected, 1 confirmed")
        .has("Codes: 1 new")
        .has("Other facts: 3 new");
    let found = reviews(&project);
    assert_eq!(found.overrides.len(), 1);
    assert_eq!(found.overrides[0].source.as_str(), "municipality_reply");
    assert_eq!(found.overrides[0].measure_id, sheet.cell(primary, "ID"));
    let facts: Vec<_> = found
        .replies
        .iter()
        .map(|one| (one.field, one.new.as_deref().unwrap()))
        .collect();
    assert_eq!(facts.len(), 3);
    for fact in [
        (ReplyField::Stage, "withdrawn"),
        (ReplyField::Value, "12.5％"),
        (ReplyField::Year, "2027"),
    ] {
        assert!(facts.contains(&fact), "{facts:?}");
    }
    let remarked = found.replies.iter().find(|one| one.remark.is_some());
    assert_eq!(remarked.unwrap().id, sheet.cell(value, "ID"));
    let files = project.tree("reviews");
    assert!(files.contains_key("replies/322067.toml"), "{files:?}");
    project.run(import).code(0).has("nothing new");
    assert_eq!(project.tree("reviews"), files);
}

#[test]
fn a_reply_that_does_not_fit_is_refused() {
    let project = project();
    project
        .run("review reply export --municipality 322067 --to reply.csv")
        .code(0);
    let mut sheet = Sheet::read(&project, "reply.csv");
    sheet.set(3, "訂正後の内容", "終わりました");
    sheet.0.remove(1);
    sheet.write(&project, "filled.csv");
    project
        .run("review reply import filled.csv --municipality 322067 --who A")
        .code(2)
        .has("row 3, column 訂正後の内容")
        .has("is missing");
    assert!(!project.path("reviews").exists());
}

#[test]
fn a_full_disk_leaves_the_decisions_as_they_were() {
    let project = project();
    project.run("review export --to sheet.csv").code(0);
    let mut sheet = Sheet::read(&project, "sheet.csv");
    sheet.set(1, "主分類", "security");
    sheet.write(&project, "filled.csv");
    project.run("review import filled.csv --who A").code(0);
    let before = reviews(&project);
    sheet.set(2, "主分類", "security");
    sheet.write(&project, "filled.csv");
    let full = Disk::with_room_for(10);
    project
        .run_on(full, "review import filled.csv --who A")
        .code(3)
        .has("overrides.toml");
    assert_eq!(reviews(&project).overrides, before.overrides);
}

#[test]
fn help_is_in_the_chosen_language_down_to_the_last_command() {
    let project = Project::empty();
    project
        .run("review reply export --help")
        .code(0)
        .has("Usage: kurabe review reply export")
        .has("Options:");
    project
        .run("review --help --lang ja")
        .code(0)
        .has("使い方： kurabe review")
        .has("コマンド:");
    project.run("review").code(2).has("no command was given");
    project.run("review imprt").code(2).has("`import`");
    project.run("review import x.csv").code(2).has("--who");
}
