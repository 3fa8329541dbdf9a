//! The tables of the files in `raw/`, pinned in `tests/golden/`.

use crate::corpus;
use crate::rows;
use kurabe_schema::{TableSpec, ValueRef};
use std::path::PathBuf;

const TABLES: &[&str] = &[
    "measures",
    "measure_departments",
    "measure_tracks",
    "schedules",
    "kpis",
    "kpi_values",
    "outcomes",
    "listings",
    "survey_results",
    "plan_items",
    "findings",
    "coverage",
];

/// Columns that are left out: what the folder says already, the English twin of a message, what the
/// rules of the codes decide, which have tests of their own.
const LEFT_OUT: &[&str] = &[
    "document_id",
    "municipality_code",
    "message_en",
    "category_hint",
];

/// Long prose of measures, left out of that table.
const PROSE: &[&str] = &[
    "summary",
    "summary_raw",
    "effect",
    "effect_raw",
    "past",
    "past_raw",
    "future",
    "future_raw",
    "note",
    "note_raw",
];

/// Cells of these tables are cut after this many characters, to keep the files small.
const CUT: &[(&str, usize)] = &[("plan_items", 24), ("findings", 90)];

#[test]
fn yasugi_action_plan() {
    check(corpus::YASUGI);
}

#[test]
fn yasugi_second_plan() {
    check(corpus::YASUGI_PLAN);
}

#[test]
fn matsue() {
    check(corpus::MATSUE);
}

#[test]
fn oe() {
    check(corpus::OE);
}

#[test]
fn izumo() {
    check(corpus::IZUMO);
}

/// What the survey says of the four municipalities, in a file of its own: it belongs to no document.
#[test]
fn national_surveys() {
    let tables = corpus::first_run().sorted_views();
    let mut views = tables.iter();
    let view = views
        .find(|view| view.spec.name == "survey_indicators")
        .unwrap();
    let header = view
        .spec
        .columns
        .iter()
        .map(|column| column.name.to_owned());
    let row =
        |row: &Vec<ValueRef<'_>>| row.iter().map(|cell| rows::cell(&(*cell).into())).collect();
    let rows = view.rows.iter().map(row);
    let now: Vec<Vec<String>> = std::iter::once(header.collect()).chain(rows).collect();
    let path = corpus::root().join("tests/golden/survey_indicators.csv");
    if is_blessing() {
        return write(&path, &now);
    }
    let told = difference("survey_indicators", &written(&path), &now);
    assert!(told.is_none(), "{}", told.unwrap_or_default());
}

fn is_blessing() -> bool {
    std::env::var_os("KURABE_BLESS").is_some_and(|value| value == "1")
}

fn check(document: &str) {
    let bless = is_blessing();
    let mut differences = Vec::new();
    for table in TABLES {
        let now = present(document, table);
        let path = corpus::root().join(format!("tests/golden/{document}/{table}.csv"));
        if bless {
            write(&path, &now);
        } else {
            differences.extend(difference(table, &written(&path), &now));
        }
    }
    assert!(
        differences.is_empty(),
        "{document} is not read as tests/golden/{document} says.\n{}\n\nIf the new rows are right \
         (read the source lines!), bless them:\n  KURABE_BLESS=1 cargo test -p kurabe --test e2e \
         golden::",
        differences.join("\n")
    );
}

/// A table as its golden file should be: the header, then the rows in published order.
fn present(document: &str, table: &str) -> Vec<Vec<String>> {
    let data = corpus::first_run();
    let tables = data.sorted_views();
    let view = tables.iter().find(|view| view.spec.name == table).unwrap();
    let owners = owners(view.spec);
    let kept: Vec<usize> = kept(view.spec);
    let header = kept
        .iter()
        .map(|i| view.spec.columns[*i].name.to_owned())
        .collect();
    let cut = CUT.iter().find(|(name, _)| *name == table);
    let belongs = |id: &str| id == document || id.starts_with(&format!("{document}-"));
    let own = view.rows.iter().filter(|row| {
        let mut ids = owners.iter().map(|i| rows::cell(&row[*i].into()));
        ids.any(|id| belongs(&id))
    });
    let rows = own.map(|row| {
        kept.iter()
            .map(|i| rows::cell(&row[*i].into()))
            .map(|cell| cut.map_or(cell.clone(), |(_, most)| shortened(&cell, *most)))
            .collect()
    });
    std::iter::once(header).chain(rows).collect()
}

/// The columns that say which document a row belongs to.
fn owners(spec: &TableSpec) -> Vec<usize> {
    let says = |name| ["document_id", "measure_id", "kpi_id"].contains(&name);
    let columns = spec.columns.iter().enumerate();
    columns
        .filter(|(_, c)| says(c.name))
        .map(|(i, _)| i)
        .collect()
}

fn kept(spec: &TableSpec) -> Vec<usize> {
    let prose = |name| spec.name == "measures" && PROSE.contains(&name);
    let columns = spec.columns.iter().enumerate();
    columns
        .filter(|(_, column)| !LEFT_OUT.contains(&column.name) && !prose(column.name))
        .map(|(index, _)| index)
        .collect()
}

fn shortened(cell: &str, most: usize) -> String {
    match cell.char_indices().nth(most) {
        // Identifiers and places stay whole.
        Some((end, _)) if !cell.is_ascii() => format!("{}…", &cell[..end]),
        _ => cell.to_owned(),
    }
}

fn write(path: &PathBuf, rows: &[Vec<String>]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    if rows.len() == 1 {
        // A table without rows has no file.
        let _ = std::fs::remove_file(path);
        return;
    }
    let mut writer = csv::Writer::from_path(path).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.flush().unwrap();
}

fn written(path: &PathBuf) -> Vec<Vec<String>> {
    let Ok(mut reader) = csv::ReaderBuilder::new().has_headers(false).from_path(path) else {
        return Vec::new();
    };
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// The first rows that differ, cell by cell.
fn difference(table: &str, golden: &[Vec<String>], now: &[Vec<String>]) -> Option<String> {
    let empty = |rows: &[Vec<String>]| rows.len() <= 1;
    if golden == now || empty(golden) && empty(now) {
        return None;
    }
    let header = &now[0];
    let mut lines = vec![format!(
        "{table}: {} rows in the golden file, {} now",
        golden.len().saturating_sub(1),
        now.len() - 1
    )];
    let shared = golden.iter().zip(now).skip(1);
    for (index, (old, new)) in shared.enumerate().filter(|(_, (a, b))| a != b).take(5) {
        lines.push(format!("  row {} ({})", index + 1, new[0]));
        for (column, (a, b)) in header.iter().zip(old.iter().zip(new)) {
            if a != b {
                lines.push(format!("    {column}: {a:?} → {b:?}"));
            }
        }
    }
    let rest = |rows: &[Vec<String>], from: usize, sign: &str| -> Vec<String> {
        let more = rows.iter().skip(from.max(1)).take(5);
        more.map(|row| format!("  {sign} {row:?}")).collect()
    };
    lines.extend(rest(golden, now.len(), "-"));
    lines.extend(rest(now, golden.len(), "+"));
    Some(lines.join("\n"))
}
