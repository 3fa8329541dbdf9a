//! The files in `raw/` give the records of the transcriptions that they are made of, column by
//! column: what a format changes is named here, and nothing else differs.

use crate::corpus;
use crate::rows::{self, Row};
use kurabe_schema::Dataset;

/// Columns that speak of the file: where things stand in it, what it is, how long it is.
const OF_THE_FILE: &[(&str, &[&str])] = &[
    (
        "documents",
        &[
            "path",
            "media_type",
            "encoding",
            "bytes",
            "sha256",
            "reader",
        ],
    ),
    // A heading above several columns is a row of its own.
    (
        "coverage",
        &[
            "unit",
            "total",
            "in_records",
            "skipped_by_rule",
            "skipped_rules",
        ],
    ),
];

/// Values that differ: table, a word of the row, column.
const DIFFERENT: &[(&str, &str, &str)] = &[
    // Three bullets that were typed in the text are those of the list in the Word file.
    ("measures", "063240-dx-plan-r6-1-3-1", "future"),
    // `**` of the text is bold in the web page.
    ("plan_items", "322032-dx-briefing-r5-p0024", "text_raw"),
];

fn is_of_the_file(table: &str, column: &str) -> bool {
    let mut listed = OF_THE_FILE.iter().filter(|(name, _)| *name == table);
    column.ends_with("locator") || listed.any(|(_, columns)| columns.contains(&column))
}

fn is_known(table: &str, row: &Row, column: &str) -> bool {
    let has = |word: &str| row.keys().any(|column| rows::text(row, column) == word);
    let mut known = DIFFERENT.iter();
    known.any(|(t, word, c)| *t == table && *c == column && has(word))
}

/// The rows of a table in published order.
fn published(data: &Dataset, table: &str) -> Vec<Row> {
    let views = data.sorted_views();
    let view = views.iter().find(|view| view.spec.name == table).unwrap();
    let names = || view.spec.columns.iter().map(|c| c.name.to_owned());
    let rows = view.rows.iter().map(|row| {
        let values = row.iter().map(|value| (*value).into());
        names().zip(values).collect()
    });
    rows.collect()
}

/// Findings without the places in their sentences, and without those on markup of the text, which
/// the published formats do not have.
fn findings(data: &Dataset) -> Vec<String> {
    let columns = [
        "document_id",
        "measure_id",
        "severity",
        "code",
        "raw",
        "repaired",
    ];
    let all = rows::plain(data, "findings");
    let own = all.iter().filter(|row| {
        rows::text(row, "code") != "markup_damaged"
            || rows::text(row, "document_id").starts_with("322067")
    });
    let shown = own.map(|row| columns.map(|column| rows::text(row, column)).join("|"));
    let mut shown: Vec<String> = shown.collect();
    shown.sort();
    shown
}

#[test]
fn the_published_formats_give_the_records_of_the_transcriptions() {
    let (old, new) = (corpus::transcribed(), corpus::first_run());
    let (mut compared, mut told) = (0, Vec::new());
    for (spec, _) in old.tables() {
        if spec.name == "findings" {
            continue;
        }
        let (before, after) = (published(old, spec.name), published(new, spec.name));
        assert_eq!(before.len(), after.len(), "rows of {}", spec.name);
        for (a, b) in before.iter().zip(&after) {
            for (column, value) in a.iter().filter(|(c, _)| !is_of_the_file(spec.name, c)) {
                compared += 1;
                if b.get(column) != Some(value) && !is_known(spec.name, a, column) {
                    told.push(format!(
                        "{} {column}: {value:?} | {:?}",
                        spec.name,
                        b.get(column)
                    ));
                }
            }
        }
    }
    assert!(
        told.is_empty(),
        "{} differ\n{}",
        told.len(),
        told.join("\n")
    );
    assert!(compared > 50_000, "{compared}");
    assert_eq!(findings(old), findings(new));
}

#[test]
fn the_first_run_uses_a_reader_per_format_and_leaves_nothing_unread() {
    let data = corpus::first_run();
    let readers: Vec<&str> = data
        .documents
        .iter()
        .filter_map(|d| d.reader.as_deref())
        .collect();
    for reader in ["xlsx", "docx", "html", "text"] {
        assert!(readers.contains(&reader), "{reader}: {readers:?}");
    }
    let encodings = data.documents.iter().filter_map(|d| d.encoding.as_deref());
    assert!(
        encodings
            .into_iter()
            .any(|e| e.eq_ignore_ascii_case("shift_jis"))
    );
    assert_eq!(data.coverage.iter().map(|row| row.unread).sum::<i64>(), 0);
    assert_eq!((data.measures.len(), data.kpis.len()), (215, 106));
}
