//! The published documents in other formats: the records of every file equal those of the text of
//! the same document, in every column that the rendering carries.

use crate::corpus;
use crate::rows::{self, Row};
use kurabe_schema::Dataset;
use std::collections::BTreeMap;

/// The documents by their texts, with the tables and columns that their renderings leave out, or
/// carry better than the text.
const DOCUMENTS: [Document; 3] = [
    Document {
        id: "322016-phase1-review-r4",
        formats: &["xlsx", "xls", "ods", "csv", "html", "pdf"],
        without: &[],
        // A slip of one character that the renderings put right.
        put_right: &["people-leaders-1/past"],
    },
    Document {
        id: "322067-action-plan-r5-results",
        formats: &["xlsx", "ods", "html", "pdf"],
        // The list pages are not rendered (parts, the readings of a second page), spans are told
        // instead of guessed, and tables inside cells became running text.
        without: &[
            "measures.part",
            "schedules.is_span_certain",
            "schedules.span_basis",
            "outcomes",
        ],
        put_right: &[
            "42-k1/actual/2020",
            "42-k1/actual/2021",
            "42-k1/actual/2022",
            "14/note",
        ],
    },
    Document {
        id: "063240-dx-plan-r6",
        formats: &["html", "docx", "pdf"],
        // Lines are broken before every ・, so that items of that list cannot be told from words.
        without: &["listings"],
        put_right: &[],
    },
];

struct Document {
    id: &'static str,
    formats: &'static [&'static str],
    /// Tables and columns (`table.column`) that are not compared.
    without: &'static [&'static str],
    /// Ends of keys that may differ.
    put_right: &'static [&'static str],
}

/// Tables of facts, with the columns that name a row.
const TABLES: [(&str, &[&str]); 8] = [
    ("measures", &["position"]),
    ("measure_departments", &["measure_id", "position"]),
    ("measure_tracks", &["measure_id", "position"]),
    (
        "schedules",
        &["measure_id", "position", "fiscal_year", "phase_raw"],
    ),
    ("kpis", &["kpi_id"]),
    ("kpi_values", &["kpi_id", "role", "fiscal_year", "position"]),
    ("outcomes", &["outcome_id"]),
    ("listings", &["list", "position"]),
];

/// Whether a column is compared: places and printed forms differ by nature.
fn is_compared(document: &Document, table: &str, column: &str) -> bool {
    let is_place = column.ends_with("locator") || column == "document_id";
    let is_print = column.ends_with("_raw");
    let name = format!("{table}.{column}");
    !is_place && !is_print && !document.without.contains(&name.as_str())
}

/// The rows of a document under their keys, the identifier of the document taken out of them.
fn keyed(
    data: &Dataset,
    document: &Document,
    id: &str,
    table: &str,
    key: &[&str],
) -> BTreeMap<String, Vec<(String, String)>> {
    let shown = |row: &Row, column: &str| {
        let text = rows::same_width(&rows::text(row, column));
        text.replace(&format!("{id}-"), "").replace('・', "")
    };
    let belongs = |row: &Row| {
        let owner = ["measure_id", "kpi_id", "outcome_id", "document_id"];
        let owner = owner.iter().map(|column| rows::text(row, column));
        owner
            .into_iter()
            .any(|text| text == id || text.starts_with(&format!("{id}-")))
    };
    let columns = |row: &Row| -> Vec<(String, String)> {
        let names = row.keys().filter(|c| is_compared(document, table, c));
        names.map(|c| (c.clone(), shown(row, c))).collect()
    };
    let own = rows::plain(data, table)
        .into_iter()
        .filter(|row| belongs(row));
    own.map(|row| {
        let key: Vec<String> = key.iter().map(|column| shown(&row, column)).collect();
        (key.join("/"), columns(&row))
    })
    .collect()
}

/// What differs between the records of a rendering and those of the text, and how many values were
/// compared.
fn differences(
    text: &Dataset,
    other: &Dataset,
    document: &Document,
    format: &str,
) -> (Vec<String>, usize) {
    let own = format!("{}-{format}", document.id);
    let (mut found, mut compared) = (Vec::new(), 0);
    for (table, key) in TABLES {
        if document.without.contains(&table) {
            continue;
        }
        let expected = keyed(text, document, document.id, table, key);
        let mut rows = keyed(other, document, &own, table, key);
        for (key, expected) in &expected {
            let is_excused = |end: &str| document.put_right.contains(&end);
            match rows.remove(key) {
                None if document.put_right.iter().any(|e| key.starts_with(e)) => {}
                None => found.push(format!("{table} {key}: missing")),
                Some(row) => {
                    compared += expected.len();
                    let id = expected
                        .iter()
                        .find(|(c, _)| c == "measure_id" || c == "kpi_id");
                    let id = id.map_or("", |(_, id)| id.as_str());
                    let pairs = expected.iter().zip(&row).filter(|(a, b)| a != b);
                    found.extend(
                        pairs
                            .filter(|((column, _), _)| !is_excused(&format!("{id}/{column}")))
                            .map(|((c, a), (_, b))| format!("{table} {key} {c}: {a} | {b}")),
                    );
                }
            }
        }
        found.extend(
            rows.keys()
                .map(|key| format!("{table} {key}: not in the text")),
        );
    }
    (found, compared)
}

#[test]
fn every_format_gives_the_records_of_the_text() {
    let Some(shared) = corpus::shared() else {
        println!("skipped: ../shared is absent");
        return;
    };
    if !shared.join("corpus-formats").is_dir() {
        println!("skipped: ../shared/corpus-formats is absent");
        return;
    }
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let texts = corpus::published_by("--config tests/real/pipeline.toml", folders[0].path());
    let others = corpus::published_by("--config tests/formats/pipeline.toml", folders[1].path());
    let mut told = Vec::new();
    for document in &DOCUMENTS {
        for format in document.formats {
            let (found, compared) = differences(&texts, &others, document, format);
            println!(
                "{} {format}: {compared} values, {} differ",
                document.id,
                found.len()
            );
            assert!(compared > 500, "{} {format}: {compared}", document.id);
            told.extend(
                found
                    .into_iter()
                    .map(|line| format!("{} {format}: {line}", document.id)),
            );
        }
    }
    assert!(
        told.is_empty(),
        "{} differences\n{}",
        told.len(),
        told.join("\n")
    );
    let unread: i64 = others.coverage.iter().map(|row| row.unread).sum();
    assert_eq!(unread, 0);
}
