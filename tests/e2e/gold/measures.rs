//! Measures: found or not, and column by column.

use super::score::Scores;
use super::{Found, Gold, column, key, normal, words};
use crate::rows::{self, Row};
use serde_json::Value;
use std::collections::BTreeSet;

const STAGES: &[(&str, &str)] = &[
    ("運用中", "operating"),
    ("着手中", "build"),
    ("調査・研究中", "study"),
    ("取り下げ", "withdrawn"),
];

/// Compares the measures of one municipality and adds the pairs to `found`.
pub(super) fn compare(
    gold: &Gold<'_>,
    name: &str,
    code: &str,
    found: &mut Found,
    scores: &mut Scores,
) {
    let mut rows = gold.rows("measures");
    rows.retain(|row| rows::text(row, "municipality_code") == code);
    let tracks = gold.rows("measure_tracks");
    let records = gold.records(&format!("{name}/measures.jsonl"));
    let mut used = BTreeSet::new();
    let mut pairs = Vec::new();
    for record in &records {
        let hit = find(name, record, &rows, &used);
        scores.count(format!("{name}.measures.recall"), hit.is_some(), || {
            record["title"].to_string()
        });
        if let Some(row) = hit {
            let id = rows::text(row, "measure_id");
            used.insert(id.clone());
            found.insert(key(name, record), id);
            pairs.push((record, row));
        }
    }
    precision(name, &rows, &records, &used, scores);
    for (record, row) in pairs {
        common(name, record, row, scores);
        match name {
            "yasugi" => yasugi(record, row, scores),
            "matsue" => matsue(record, row, &tracks, found, scores),
            "oe" => oe(record, row, scores),
            _ => izumo(record, row, scores),
        }
    }
}

/// The first measure that is not taken yet: by title, then by number alone.
fn find<'a>(
    name: &str,
    record: &Value,
    rows: &'a [Row],
    used: &BTreeSet<String>,
) -> Option<&'a Row> {
    let number = words(&record["number"]);
    let free = || {
        rows.iter()
            .filter(|row| !used.contains(&rows::text(row, "measure_id")))
    };
    let by_title = free().find(|row| {
        column(row, "title") == words(&record["title"])
            && (name != "matsue" || rows::flag(row, "is_repeat") == record["is_repeat"])
            && (name == "matsue" || name == "oe" || column(row, "number") == number)
    });
    by_title.or_else(|| {
        free().find(|row| {
            bare(&column(row, "number")) == bare(&number)
                && (name != "matsue"
                    || column(row, "section") == words(&record["section"])
                        && column(row, "part") == words(&record["part"]))
        })
    })
}

/// `(1)-1-1` without the brackets at its ends.
fn bare(number: &str) -> &str {
    number.trim_matches(['(', ')'])
}

/// The gold data covers part of a document: what lies between its first and last line and is
/// no measure of the gold data was not in the source.
fn precision(
    name: &str,
    rows: &[Row],
    records: &[Value],
    used: &BTreeSet<String>,
    scores: &mut Scores,
) {
    let lines: Vec<u64> = records
        .iter()
        .filter_map(|r| r["line"].as_u64().or(r["line_start"].as_u64()))
        .collect();
    let (first, last) = (lines.iter().min(), lines.iter().max());
    let (Some(first), Some(last)) = (first, last) else {
        panic!("{name}: gold measures without lines");
    };
    for row in rows {
        let locator = rows::text(row, "locator");
        let line = kurabe_trace::Locator::parse(&locator)
            .and_then(|l| l.line_span())
            .map(|(line, _)| u64::from(line));
        if line.is_some_and(|line| (first..=last).contains(&&line)) {
            let hit = used.contains(&rows::text(row, "measure_id"));
            scores.count(format!("{name}.measures.precision"), hit, || {
                format!("{locator} {}", rows::text(row, "title"))
            });
        }
    }
}

fn common(name: &str, record: &Value, row: &Row, scores: &mut Scores) {
    let mut field = |field: &str, hit: bool| count(scores, name, field, hit, record, row);
    field("title", column(row, "title") == words(&record["title"]));
    let number = words(&record["number"]);
    field("number", bare(&column(row, "number")) == bare(&number));
    if name == "izumo" {
        return;
    }
    let listed = rows::text(row, "departments");
    let is: Vec<String> = listed
        .split(';')
        .map(normal)
        .filter(|d| !d.is_empty())
        .collect();
    let want: Vec<String> = list(&record["departments"]).iter().map(words).collect();
    field("departments", is == want);
}

fn count(scores: &mut Scores, name: &str, field: &str, hit: bool, record: &Value, row: &Row) {
    scores.count(format!("{name}.{field}"), hit, || {
        format!("{}: {record}", rows::text(row, "measure_id"))
    });
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn year(row: &Row, column: &str) -> Option<i64> {
    rows::text(row, column).parse().ok()
}

fn yasugi(record: &Value, row: &Row, scores: &mut Scores) {
    let mut field = |field: &str, hit: bool| count(scores, "yasugi", field, hit, record, row);
    field("section", column(row, "section") == words(&record["field"]));
    let start = record["start_fiscal_year"].as_i64();
    field("start_fiscal_year", year(row, "start_fiscal_year") == start);
}

fn matsue(record: &Value, row: &Row, tracks: &[Row], found: &Found, scores: &mut Scores) {
    let mut field = |field: &str, hit: bool| count(scores, "matsue", field, hit, record, row);
    for name in ["section", "part"] {
        field(name, column(row, name) == words(&record[name]));
    }
    for name in ["is_new", "is_repeat"] {
        field(name, rows::flag(row, name) == record[name]);
    }
    let mut want: Vec<String> = list(&record["status"]).iter().map(stage).collect();
    if let [only] = want.as_slice() {
        field("stage", rows::text(row, "stage") == *only);
    } else {
        let id = rows::text(row, "measure_id");
        let own = tracks.iter().filter(|t| rows::text(t, "measure_id") == id);
        let mut is: Vec<String> = own.map(|t| rows::text(t, "stage")).collect();
        is.sort();
        want.sort();
        field("tracks", is == want);
    }
    let start = &record["operation_start"];
    if let (Some(first), Some(last)) = (start["earliest"].as_str(), start["latest"].as_str()) {
        let month = |name: &str| rows::text(row, name).chars().take(7).collect::<String>();
        let hit =
            month("operation_start_earliest") == first && month("operation_start_latest") == last;
        field("operation_start", hit);
    }
    if let Some(first) = record["repeat_of_seq"].as_u64() {
        let want = found.get(&format!("matsue:{first}"));
        field("repeat_of", want == Some(&rows::text(row, "repeat_of")));
    }
}

fn stage(status: &Value) -> String {
    let known = STAGES.iter().find(|(word, _)| status == word);
    known
        .unwrap_or_else(|| panic!("unknown status in the gold data: {status}"))
        .1
        .to_owned()
}

fn oe(record: &Value, row: &Row, scores: &mut Scores) {
    let mut field = |field: &str, hit: bool| count(scores, "oe", field, hit, record, row);
    field(
        "part",
        column(row, "part").contains(&words(&record["goal"])),
    );
    field(
        "section",
        column(row, "section").contains(&words(&record["field"])),
    );
}

fn izumo(record: &Value, row: &Row, scores: &mut Scores) {
    let is = (year(row, "term_start"), year(row, "term_end"));
    let want = (
        record["start_fiscal_year"].as_i64(),
        record["end_fiscal_year"].as_i64(),
    );
    count(scores, "izumo", "term", is == want, record, row);
}
