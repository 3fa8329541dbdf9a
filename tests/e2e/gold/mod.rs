//! The published documents against the gold data, by the rules of `../shared/tools/score.py`.

mod figures;
mod measures;
mod schedules;
mod score;

use crate::corpus;
use crate::rows::{self, Row};
use kurabe_schema::Dataset;
use score::Scores;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use unicode_normalization::UnicodeNormalization;

/// Short name of a municipality in the gold data, its code, and its measures in the source.
const MUNICIPALITIES: &[(&str, &str, usize)] = &[
    ("yasugi", "322067", 46),
    ("matsue", "322016", 75),
    ("oe", "063240", 33),
    ("izumo", "322032", 61),
];

/// Gold measures and the measures found for them: gold key to identifier.
type Found = BTreeMap<String, String>;

/// The gold data beside the tables that are compared with it.
struct Gold<'a> {
    folder: PathBuf,
    data: &'a Dataset,
}

impl Gold<'_> {
    /// The records of one gold file.
    fn records(&self, file: &str) -> Vec<Value> {
        let path = self.folder.join(file);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    fn rows(&self, table: &str) -> Vec<Row> {
        rows::plain(self.data, table)
    }
}

#[test]
fn the_published_documents_agree_with_the_gold_data() {
    let (Some(shared), Some(data)) = (corpus::shared(), corpus::published()) else {
        println!("SKIPPED: ../shared/corpus and ../shared/gold are not there");
        return;
    };
    let gold = Gold {
        folder: shared.join("gold"),
        data,
    };
    let mut scores = Scores::default();
    let mut found = Found::new();
    for (name, code, _) in MUNICIPALITIES {
        measures::compare(&gold, name, code, &mut found, &mut scores);
    }
    for name in ["yasugi", "oe"] {
        schedules::compare(&gold, name, &found, &mut scores);
        figures::kpis(&gold, name, &found, &mut scores);
    }
    figures::outcomes(&gold, &mut scores);
    figures::procedures(&gold, &mut scores);
    scores.print();
    scores.check();
}

#[test]
fn every_measure_is_found_once_and_every_line_is_read() {
    let Some(data) = corpus::published() else {
        println!("SKIPPED: ../shared/corpus is not there");
        return;
    };
    for (name, code, expected) in MUNICIPALITIES {
        let of = |m: &&kurabe_schema::Measure| m.municipality_code == *code;
        assert_eq!(data.measures.iter().filter(of).count(), *expected, "{name}");
    }
    assert_eq!(data.coverage.len(), 5);
    for row in &data.coverage {
        assert_eq!(
            row.unread, 0,
            "{}: {:?}",
            row.document_id, row.unread_locators
        );
        assert_eq!(
            row.total,
            row.in_records + row.skipped_by_rule,
            "{}",
            row.document_id
        );
        assert!(row.skipped_by_rule * 3 < row.total, "{row:?}");
    }
    let broken = data.findings.iter().filter(|f| f.severity == "error");
    let broken: Vec<_> = broken.map(|f| (&f.code, &f.locator, &f.raw)).collect();
    assert!(broken.is_empty(), "{broken:?}");
}

/// Words as the scoring program compares them.
fn normal(text: &str) -> String {
    let nfkc: String = text.nfkc().collect();
    nfkc.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '・' | '･'))
        .collect::<String>()
        .to_lowercase()
        .replace("ボツト", "ボット")
}

/// A gold value as words, numbers too; empty when it is null or missing.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => normal(text),
        Value::Number(number) => normal(&number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// A published column in the same form.
fn column(row: &Row, name: &str) -> String {
    normal(&rows::text(row, name))
}

/// The key that joins gold files: the sequence number where there is one, else the number.
fn key(name: &str, record: &Value) -> String {
    let id = record.get("seq").unwrap_or(&record["number"]);
    match id {
        Value::String(text) => format!("{name}:{text}"),
        other => format!("{name}:{other}"),
    }
}
