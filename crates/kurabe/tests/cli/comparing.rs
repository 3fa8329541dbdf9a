//! `kurabe compare` and `kurabe gaps`, and the queries of the benchmark tables.

use std::path::{Path, PathBuf};

use kurabe_benchmark::{QUERIES, recompute};
use kurabe_schema::Dataset;

use kurabe::disk::Disk;
use tempfile::TempDir;

use crate::support::{Answer, Project, run_in};

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}

/// The bundled files, published into a temporary folder.
struct Bundled(TempDir);

impl Bundled {
    fn run(&self, line: &str) -> Answer {
        let folder = self.0.path().display();
        let line = format!("{line} --normalized {folder}/n --out {folder}/out");
        run_in(&home(), Disk::default(), &line)
    }

    fn published(&self) -> Dataset {
        kurabe_export::read_parquet(&self.0.path().join("out/parquet")).unwrap()
    }
}

fn bundled() -> Bundled {
    let bundled = Bundled(tempfile::tempdir().unwrap());
    assert!(bundled.run("run").code < 2);
    bundled
}

/// The statements printed for the tables, in their order.
fn printed() -> Vec<String> {
    let page = std::fs::read_to_string(home().join("docs/reference/benchmarks.md")).unwrap();
    let parts = page.split("```sql\n").skip(1);
    parts
        .map(|part| part.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_printed_queries_give_the_published_tables() {
    let project = bundled();
    let mut published = project.published();
    published.sort();
    let statements = printed();
    assert_eq!(statements.len(), QUERIES.len());
    let mut rows = 0;
    for (query, statement) in QUERIES.iter().zip(&statements) {
        let made = recompute(&published, query, statement).unwrap();
        let of = |dataset: &Dataset| {
            let mut tables = dataset.tables().into_iter();
            tables
                .find(|(spec, _)| spec.name == query.table.name)
                .unwrap()
                .1
        };
        assert_eq!(of(&made), of(&published), "{}", query.table.name);
        rows += of(&made).len();
    }
    assert!(rows > 300, "{rows}");
}

#[test]
fn categories_stand_side_by_side_and_fit_the_terminal() {
    let project = bundled();
    let answer = project.run("compare --lang ja");
    answer
        .code(0)
        .has("分類別の施策")
        .has("安来市")
        .has("大江町");
    for line in answer
        .out
        .lines()
        .filter(|line| line.starts_with(['│', '┌', '└', '╞']))
    {
        let columns: usize = line
            .chars()
            .map(|c| if c < '\u{2600}' { 1 } else { 2 })
            .sum();
        assert!(columns <= 100, "{columns}: {line}");
    }
    let one = project.run("compare --category telework --lang en");
    one.code(0)
        .has("Measures")
        .has("Share")
        .has("Operating")
        .code(0);
}

#[test]
fn a_comparison_is_json_csv_and_markdown_too() {
    let project = bundled();
    let json = project.run("compare --category frontyard --municipality 安来市 --format json");
    let value: serde_json::Value = serde_json::from_str(&json.code(0).out).unwrap();
    let measures = &value["rows"][0];
    assert_eq!(measures["row"], "measures");
    let document = measures
        .as_object()
        .unwrap()
        .keys()
        .find(|key| key.starts_with("322067"))
        .unwrap();
    assert!(measures[document].as_i64().unwrap() > 0);
    let csv = project.run("compare --municipality 322067,322016 --format csv");
    let mut reader = csv::Reader::from_reader(csv.code(0).out.as_bytes());
    assert_eq!(reader.headers().unwrap().len(), 4);
    assert!(reader.records().all(|row| row.is_ok()));
    project
        .run("compare --format md --lang ja")
        .code(0)
        .has("| ID |")
        .has("| --- |");
    project
        .run("compare --year 2023 --lang ja")
        .code(0)
        .has("2023年度");
}

#[test]
fn an_indicator_shows_values_ranks_and_the_survey() {
    let project = bundled();
    let answer = project.run("compare --indicator line-friends --format json");
    let value: serde_json::Value = serde_json::from_str(&answer.code(0).out).unwrap();
    let rows = value["rows"].as_array().unwrap();
    assert!(rows.len() >= 2, "{rows:#?}");
    assert!(rows.iter().all(|row| row["target"]["value"].is_number()));
}

#[test]
fn what_is_unknown_is_refused_with_what_there_is() {
    let project = bundled();
    for (line, near) in [
        ("compare --category nowhere", "telework"),
        ("compare --indicator nowhere", "line-friends"),
        ("compare --peer nowhere", "nation"),
        ("compare --municipality 府中市", "322067"),
        ("compare --edition 9.9", "5.1"),
        ("gaps 999999", "322067"),
    ] {
        project.run(line).code(2).has(near);
    }
    Project::new().run("compare").code(2).has("kurabe run");
}

#[test]
fn gaps_name_the_measures_they_rest_on() {
    let project = bundled();
    let answer = project.run("gaps 322067 --format json");
    let value: serde_json::Value = serde_json::from_str(&answer.code(0).out).unwrap();
    let rows = value["rows"].as_array().unwrap();
    assert!(rows.len() > 3, "{rows:#?}");
    let with_measures = rows.iter().filter(|row| {
        row["measure_ids"]
            .as_array()
            .is_some_and(|ids| !ids.is_empty())
            || row["peer_measure_ids"]
                .as_array()
                .is_some_and(|ids| !ids.is_empty())
    });
    assert!(with_measures.count() > 2, "{rows:#?}");
    let published = project.published();
    for row in rows {
        for id in row["measure_ids"].as_array().into_iter().flatten() {
            let id = id.as_str().unwrap();
            assert!(
                published
                    .measures
                    .iter()
                    .any(|measure| measure.measure_id == id),
                "{id}"
            );
        }
    }
    project
        .run("gaps 安来市 --lang en")
        .code(0)
        .has("Where 安来市 stands out");
}
