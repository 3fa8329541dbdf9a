//! The version of the dataset, `CHANGES.md`, and `kurabe diff`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

use crate::support::{Answer, BUNDLED_RAW, Project, profile, published, tree};

const REGION: &str = "[[region]]\nname = \"measures\"\nstarts = '^施策一覧$'\n[[region.table]]\n\
    record = \"measure\"\nheader = [\"番号\", \"施策名\"]\n[region.table.columns]\n\
    number = [\"番号\"]\ntitle = [\"施策名\"]\ndepartments = [\"担当課\"]\n";

/// Measures of the document of a municipality: number, title, department.
fn list(name: &str, rows: &[(&str, &str)]) -> String {
    let mut text = format!("# {name}DX計画 令和5年度\n\n# 施策一覧\n\n番号\t施策名\t担当課\n");
    for (number, (title, department)) in (1..).zip(rows) {
        text += &format!("{number}\t{title}\t{department}\n");
    }
    text
}

const ROWS: [(&str, &str); 2] = [("電子申請の推進", "総務課"), ("テレワークの推進", "人事課")];

/// A published dataset of one document with two measures.
fn project() -> Project {
    let project = Project::empty();
    project.put("pipeline.toml", "raw = \"raw\"\n");
    write(&project, "a", &list("安来市", &ROWS));
    project.run("run").code(0).has("1.0.0");
    project
}

/// Puts other bytes into a file that may be there.
fn overwrite(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
    let mut file = fs::File::create(path).unwrap();
    file.write_all(bytes.as_ref()).unwrap();
}

/// Writes a raw document and its profile, over those that may be there.
fn write(project: &Project, name: &str, text: &str) {
    let (code, town) = match name {
        "a" => ("322067", "安来市"),
        _ => ("322016", "松江市"),
    };
    let files = [
        (format!("raw/{name}.txt"), text.to_owned()),
        (
            format!("municipalities/{name}/plan.toml"),
            profile(code, town, "plan", REGION),
        ),
    ];
    for (path, text) in files {
        let path = project.path(&path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        overwrite(path, text);
    }
}

/// Runs, and gives the version that the record then states.
fn version(project: &Project) -> String {
    let answer = project.run("run --force");
    assert!(answer.code < 2, "{answer:#?}");
    let record = fs::read(project.path("out/run.json")).unwrap();
    let record: Value = serde_json::from_slice(&record).unwrap();
    let version = record["version"].as_str().unwrap().to_owned();
    answer.has(&version);
    version
}

fn changes(project: &Project) -> String {
    fs::read_to_string(project.path("out/CHANGES.md")).unwrap()
}

#[track_caller]
fn tells(text: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
}

/// Keeps what is published now beside the project's folder of output.
fn keep(project: &Project, name: &str) {
    for (path, bytes) in tree(&project.path("out")) {
        project.put_bytes(&format!("{name}/{path}"), &bytes);
    }
}

/// Writes a Parquet file anew without a column, or with words in it.
fn reshape(project: &Project, table: &str, column: &str, is_removed: bool) {
    let path = project.path(&format!("out/parquet/{table}.parquet"));
    let file = fs::File::open(&path).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let batches: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
    let rows = |batch: &RecordBatch| {
        let (mut fields, mut arrays) = (Vec::new(), Vec::<ArrayRef>::new());
        for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
            if field.name() != column {
                fields.push(field.as_ref().clone());
                arrays.push(array.clone());
            } else if !is_removed {
                fields.push(Field::new(column, DataType::Utf8, field.is_nullable()));
                arrays.push(Arc::new(StringArray::from(vec!["1"; batch.num_rows()])));
            }
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap()
    };
    let batches: Vec<RecordBatch> = batches.iter().map(rows).collect();
    let file = fs::File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batches[0].schema(), None).unwrap();
    for batch in &batches {
        writer.write(batch).unwrap();
    }
    writer.close().unwrap();
}

#[test]
fn the_same_input_keeps_its_version() {
    let project = project();
    let first = changes(&project);
    tells(
        &first,
        &["## 1.0.0", "最初の公開", "First publication", "施策2"],
    );
    let before = published(&project.path("out"));
    assert_eq!(version(&project), "1.0.0");
    assert_eq!(published(&project.path("out")), before);
}

#[test]
fn a_changed_value_is_a_patch() {
    let project = project();
    write(
        &project,
        "a",
        &list("安来市", &[ROWS[0], (ROWS[1].0, "総務課")]),
    );
    assert_eq!(version(&project), "1.0.1");
    let sentences = [
        "1.0.0 からの変更。値の変更だけがある。",
        "施策2「テレワークの推進」の担当部署が「人事課」から「総務課」に変わった（L7）",
        "departments changed from \"人事課\" to \"総務課\" (L7)",
    ];
    tells(&changes(&project), &sentences);
}

#[test]
fn an_added_measure_and_an_added_document_are_minor() {
    let project = project();
    let more = [ROWS[0], ROWS[1], ("窓口の予約", "市民課")];
    write(&project, "a", &list("安来市", &more));
    assert_eq!(version(&project), "1.1.0");
    tells(
        &changes(&project),
        &["施策3「窓口の予約」が加わった", "\"窓口の予約\" was added"],
    );
    write(&project, "b", &list("松江市", &ROWS));
    assert_eq!(version(&project), "1.2.0");
    let file = changes(&project);
    tells(
        &file,
        &["松江市「松江市DX計画」が加わった（施策2件、指標0件）"],
    );
    let places = ["## 1.2.0", "## 1.1.0", "## 1.0.0"].map(|heading| file.find(heading));
    assert!(places.is_sorted() && places[0].is_some(), "{file}");
}

#[test]
fn what_can_be_cited_and_is_gone_is_major() {
    let project = project();
    write(&project, "b", &list("松江市", &ROWS));
    assert_eq!(version(&project), "1.1.0");
    write(&project, "a", &list("安来市", &ROWS[..1]));
    assert_eq!(version(&project), "2.0.0");
    tells(
        &changes(&project),
        &["施策2「テレワークの推進」がなくなった", "was removed"],
    );
    fs::remove_file(project.path("raw/b.txt")).unwrap();
    assert_eq!(version(&project), "3.0.0");
    let sentences = [
        "「松江市DX計画」がなくなった",
        "なくなったもの、意味の変わったものがある",
    ];
    tells(&changes(&project), &sentences);
}

#[test]
fn columns_that_come_go_or_change_their_type() {
    let project = project();
    reshape(&project, "measures", "title", true);
    assert_eq!(version(&project), "1.1.0");
    tells(
        &changes(&project),
        &["の列 title", "が加わった", "the column title was added"],
    );
    keep(&project, "old");
    reshape(&project, "measures", "title", true);
    project
        .run("diff old out")
        .code(1)
        .has("the column title was removed")
        .has("(major)");
    let project = self::project();
    reshape(&project, "measures", "position", false);
    let answer = project
        .run("diff out out --format json")
        .code(0)
        .out
        .clone();
    assert!(answer.contains("\"level\": null"), "{answer}");
    assert_eq!(version(&project), "2.0.0");
    tells(&changes(&project), &["の型が", "changed its type"]);
}

#[test]
fn a_damaged_former_dataset_costs_no_run_and_is_told() {
    let project = project();
    let path = project.path("out/parquet/measures.parquet");
    let bytes = fs::read(&path).unwrap();
    overwrite(&path, &bytes[..bytes.len() / 2]);
    assert_eq!(version(&project), "2.0.0");
    let sentences = [
        "1.0.0 のデータ（parquet/measures.parquet）を読めなかった",
        "is not known",
    ];
    tells(&changes(&project), &sentences);
    fs::remove_dir_all(project.path("out/parquet")).unwrap();
    assert_eq!(version(&project), "3.0.0");
    tells(
        &changes(&project),
        &["2.0.0 のデータ（parquet）を読めなかった", "## 1.0.0"],
    );
}

#[test]
fn the_version_outlives_a_broken_record() {
    let project = project();
    write(&project, "b", &list("松江市", &ROWS));
    assert_eq!(version(&project), "1.1.0");
    overwrite(project.path("out/run.json"), "{ broken");
    assert_eq!(version(&project), "1.1.0");
    fs::remove_file(project.path("out/CHANGES.md")).unwrap();
    assert_eq!(version(&project), "1.1.0");
    tells(
        &changes(&project),
        &["この版の変更の記録は失われた", "was lost"],
    );
}

#[test]
fn notes_of_that_name_are_kept() {
    let project = project();
    overwrite(project.path("out/CHANGES.md"), "# 会議のメモ\n");
    assert_eq!(version(&project), "1.0.0");
    let kept = fs::read_to_string(project.path("out/CHANGES.old.md")).unwrap();
    assert_eq!(kept, "# 会議のメモ\n");
    tells(&changes(&project), &["## 1.0.0"]);
}

#[test]
fn a_changed_kpi_value_is_told_with_both_values() {
    let project = Project::with_bundled_document();
    project.run("run");
    let raw = project.path(BUNDLED_RAW);
    let text = fs::read_to_string(&raw).unwrap();
    let changed = text.replace(
        "保護者の保育システム利用率：98%",
        "保護者の保育システム利用率：97%",
    );
    assert_ne!(text, changed);
    overwrite(raw, changed);
    assert_eq!(version(&project), "1.0.1");
    tells(
        &changes(&project),
        &["### 指標と値", "#### KPIs and their values", "「98", "「97"],
    );
}

/// Two datasets that differ in one department.
fn differing() -> Project {
    let project = project();
    keep(&project, "old");
    write(
        &project,
        "a",
        &list("安来市", &[ROWS[0], (ROWS[1].0, "総務課")]),
    );
    project.run("run").code(0);
    project
}

#[test]
fn diff_shows_every_form_and_says_by_its_exit_code_whether_something_differs() {
    let project = differing();
    project
        .run("diff out out")
        .code(0)
        .has("There is no difference.");
    project.run("diff old/parquet old").code(0);
    let told = "departments changed from \"人事課\" to \"総務課\" (L7)";
    project
        .run("diff old out")
        .code(1)
        .has("1.0.0 → 1.0.1")
        .has("(patch)")
        .has(told);
    project
        .run("diff old out --format md")
        .code(1)
        .has("## Measures")
        .has("| table |");
    let rows = project
        .run("diff old out --table measures")
        .code(1)
        .out
        .clone();
    tells(&rows, &["~ 322067-plan", "人事課 → 総務課"]);
    let csv = project.run("diff old out --format csv").code(1).out.clone();
    assert!(
        csv.starts_with("table,key,change,column,old,new\r\n"),
        "{csv}"
    );
    tells(&csv, &["measures,322067-plan", ",人事課,総務課\r\n"]);
    let json = project
        .run("diff old out --format json")
        .code(1)
        .out
        .clone();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["level"], &json["old_version"]),
        (&"patch".into(), &"1.0.0".into())
    );
    let sentences = json["sentences"]["measures"].as_array().unwrap();
    tells(
        sentences[0]["ja"].as_str().unwrap(),
        &["「人事課」から「総務課」に変わった"],
    );
}

#[test]
fn diff_gives_the_same_bytes_twice() {
    let project = differing();
    for form in ["text", "md", "json", "csv"] {
        let line = format!("diff old out --format {form}");
        let [first, second]: [Answer; 2] = [project.run(&line), project.run(&line)];
        assert_eq!((first.code, first.out), (second.code, second.out), "{form}");
    }
}

#[test]
fn diff_refuses_what_it_cannot_read_with_a_hint() {
    let project = differing();
    project
        .run("diff nowhere out")
        .code(2)
        .has("holds no dataset")
        .has("kurabe run");
    let unknown = project.run("diff old out --table mesures");
    unknown.code(2).has("`mesures`").has("measures");
    overwrite(project.path("old/parquet/measures.parquet"), "PAR1");
    let damaged = project.run("diff old out");
    assert!(damaged.code >= 2, "{damaged:#?}");
    damaged.has("measures.parquet").has("hint");
}
