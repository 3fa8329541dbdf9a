//! A made-up dataset that fills every table: several rows each, references that hold, closed
//! words in turn, some values missing, and texts with every character that has to be escaped.

use std::path::PathBuf;

use kurabe_database::Load;
use kurabe_schema::{ColumnSpec, ColumnType, Dataset, TableSpec, Value};

/// Rows of each table.
pub(crate) const ROWS: usize = 7;

/// What a text has to stand.
const TEXTS: [&str; 7] = [
    "窓口の\t改善",
    "行1\n行2\r\n行3",
    "it's \"quoted\"",
    "\\N \\ \\t",
    "𠮷野家・髙島屋～－",
    ";--,|",
    " 空白 ",
];

/// The dataset; another `seed` gives other values under the same keys.
pub(crate) fn dataset(seed: usize) -> Dataset {
    sized(seed, ROWS)
}

/// The same with that number of rows in each table.
pub(crate) fn sized(seed: usize, rows: usize) -> Dataset {
    let tables = Dataset::specs().iter().map(|spec| {
        let rows = (0..rows).map(|row| values(spec, seed, row)).collect();
        (spec.name, rows)
    });
    let mut made = Dataset::from_tables(tables.collect::<Vec<(_, Vec<_>)>>()).unwrap();
    made.sort();
    made
}

fn values(spec: &TableSpec, seed: usize, row: usize) -> Vec<Value> {
    spec.columns
        .iter()
        .enumerate()
        .map(|(at, column)| value(spec, column, seed, row, at))
        .collect()
}

fn value(spec: &TableSpec, column: &ColumnSpec, seed: usize, row: usize, at: usize) -> Value {
    let is_first_key = spec.sort_by.first() == Some(&column.name);
    if column.nullable && (row + at).is_multiple_of(3) {
        return Value::Null;
    }
    let salt = if column.key { 0 } else { seed };
    let number = i64::try_from(row * 10 + at + salt).unwrap();
    match column.kind {
        ColumnType::Text if column.references.is_some() || is_first_key => {
            Value::Text(format!("id-{row:06}"))
        }
        ColumnType::Text if !column.values.is_empty() => {
            Value::Text(column.values[(row + at + salt) % column.values.len()].to_owned())
        }
        ColumnType::Text if column.key => Value::Text(format!("key {row}")),
        ColumnType::Text => Value::Text(TEXTS[(row + at + salt) % TEXTS.len()].to_owned()),
        ColumnType::Int32 | ColumnType::Int64 => Value::Int(number),
        ColumnType::Float => Value::Float([0.1, -1.5e-9, 1e300, 12.0][(row + at + salt) % 4]),
        ColumnType::Bool => Value::Bool((row + at + salt).is_multiple_of(2)),
        ColumnType::Date => Value::Date(date(number)),
    }
}

fn date(number: i64) -> jiff::civil::Date {
    let day = i8::try_from(number % 28 + 1).unwrap();
    jiff::civil::date(2024, 2, day)
}

/// The dataset as it is handed over.
pub(crate) fn load(dataset: &Dataset) -> Load<'_> {
    Load {
        dataset,
        version: Some("1.2.3"),
        program: "kurabe test",
        run_key: "key",
    }
}

/// The command line of DuckDB, where there is one: `KURABE_DUCKDB` names it, else it is on the
/// path.
pub(crate) fn duckdb() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("KURABE_DUCKDB") {
        return Some(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).map(|folder| folder.join("duckdb"));
    let found = places.find(|file| file.is_file());
    if found.is_none() {
        eprintln!("SKIPPED: no duckdb on the path and no KURABE_DUCKDB");
    }
    found
}
