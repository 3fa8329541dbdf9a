//! Single values that were read in the sources by hand.
//!
//! `expected/*.json` holds sets of rows. The first `by` columns say which rows of the table are
//! meant, and one of these rows must hold all the other values. `loose` lets text columns among
//! the first hold more words than the expected ones. Nothing in these files comes from the
//! program's output.

use crate::corpus;
use crate::rows::{self, Row};
use kurabe_schema::{Dataset, Value as Cell};
use serde_json::Value;

struct Facts<'a> {
    table: &'a str,
    document: &'a str,
    by: usize,
    loose: bool,
    columns: Vec<&'a str>,
    rows: Vec<&'a [Value]>,
}

#[test]
fn the_bundled_documents_hold_what_was_read_in_them() {
    let mut all = Dataset::default();
    for source in corpus::bundled() {
        all.append(corpus::original(&source.document).clone());
    }
    check(&all);
}

#[test]
fn the_published_documents_hold_what_was_read_in_them() {
    let Some(all) = corpus::published() else {
        println!("SKIPPED: ../shared/corpus is not there");
        return;
    };
    check(all);
}

fn check(data: &Dataset) {
    let mut count = 0;
    let mut wrong = Vec::new();
    for name in ["matsue", "izumo", "oe", "yasugi", "yasugi-plan-2"] {
        let path = corpus::root().join(format!("tests/e2e/expected/{name}.json"));
        let json: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for set in json.as_array().unwrap() {
            let facts = parse(set);
            let table = rows::of(data, facts.table);
            for row in &facts.rows {
                count += row.len() - facts.by;
                wrong.extend(mismatch(&facts, &table, row));
            }
        }
    }
    assert!(count >= 600, "only {count} facts were compared");
    assert!(
        wrong.is_empty(),
        "{} of the expected rows are not in the tables:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn parse(set: &Value) -> Facts<'_> {
    let text = |name: &str| set[name].as_str().unwrap();
    Facts {
        table: text("table"),
        document: text("document"),
        by: usize::try_from(set["by"].as_u64().unwrap()).unwrap(),
        loose: set["loose"].as_bool().unwrap_or(false),
        columns: strings(&set["columns"]),
        rows: set["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row.as_array().unwrap().as_slice())
            .collect(),
    }
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_str().unwrap())
        .collect()
}

/// What is wrong with one expected row.
fn mismatch(facts: &Facts<'_>, table: &[Row], expected: &[Value]) -> Option<String> {
    assert_eq!(expected.len(), facts.columns.len(), "{expected:?}");
    let key = &facts.columns[..facts.by];
    let meant: Vec<&Row> = table
        .iter()
        .filter(|row| of_document(row, facts.document))
        .filter(|row| {
            key.iter()
                .zip(expected)
                .all(|(column, want)| holds(&row[*column], want, facts.loose))
        })
        .collect();
    let fits = |row: &&Row| {
        let rest = facts.columns.iter().zip(expected).skip(facts.by);
        rest.into_iter()
            .all(|(c, want)| row.get(*c).is_some_and(|is| holds(is, want, false)))
    };
    if meant.iter().any(fits) {
        return None;
    }
    let found: Vec<String> = meant.iter().map(|row| shown(facts, row)).collect();
    Some(format!(
        "{} {}: expected {}\n    found {}",
        facts.document,
        facts.table,
        Value::from(expected.to_vec()),
        if found.is_empty() {
            "no such row".to_owned()
        } else {
            found.join("\n          ")
        }
    ))
}

fn shown(facts: &Facts<'_>, row: &Row) -> String {
    let cells: Vec<String> = facts.columns.iter().map(|c| rows::text(row, c)).collect();
    format!("{cells:?}")
}

fn of_document(row: &Row, document: &str) -> bool {
    let id = ["document_id", "measure.document_id"]
        .iter()
        .find_map(|column| row.get(*column));
    id == Some(&Cell::Text(document.to_owned()))
}

/// Whether a cell holds what is expected: numbers up to rounding, words up to width and white
/// space, dates as far as the expected one goes (a month for a day).
fn holds(cell: &Cell, expected: &Value, loose: bool) -> bool {
    match (cell, expected) {
        (Cell::Null, Value::Null) => true,
        (Cell::Bool(is), Value::Bool(want)) => is == want,
        (Cell::Int(is), Value::Number(want)) => rows::close(*is as f64, want.as_f64().unwrap()),
        (Cell::Float(is), Value::Number(want)) => rows::close(*is, want.as_f64().unwrap()),
        (Cell::Date(is), Value::String(want)) => is.to_string().starts_with(want.as_str()),
        (Cell::Text(is), Value::String(want)) => {
            let (is, want) = (rows::same_width(is), rows::same_width(want));
            is == want || loose && is.contains(&want)
        }
        _ => false,
    }
}
