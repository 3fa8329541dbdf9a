//! Tables as rows of named values, whatever their record type.

use kurabe_schema::{Dataset, Value};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// A row: column name and value.
pub(crate) type Row = BTreeMap<String, Value>;

/// The rows of one table; `measure.number` and the like are added where a row names a measure
/// or an indicator, so that expectations need no identifiers.
pub(crate) fn of(data: &Dataset, table: &str) -> Vec<Row> {
    let mut rows = plain(data, table);
    if rows.iter().any(|row| row.contains_key("kpi_id")) && table != "kpis" {
        join(&mut rows, "kpi_id", ("kpi", "kpi_id"), &plain(data, "kpis"));
        for row in &mut rows {
            let measure = row["kpi.measure_id"].clone();
            row.insert("measure_id".to_owned(), measure);
        }
    }
    if table == "measures" {
        let firsts = rows.clone();
        join(&mut rows, "repeat_of", ("first", "measure_id"), &firsts);
    } else if rows.iter().any(|row| row.contains_key("measure_id")) {
        let measures = plain(data, "measures");
        join(
            &mut rows,
            "measure_id",
            ("measure", "measure_id"),
            &measures,
        );
    }
    rows
}

/// The rows of one table with its own columns only.
pub(crate) fn plain(data: &Dataset, table: &str) -> Vec<Row> {
    let tables = data.tables();
    let (spec, rows) = tables
        .into_iter()
        .find(|(spec, _)| spec.name == table)
        .unwrap_or_else(|| panic!("no table {table}"));
    let names = || spec.columns.iter().map(|column| column.name.to_owned());
    rows.into_iter()
        .map(|row| names().zip(row).collect())
        .collect()
}

/// Adds the columns of the row that a column refers to, under a name of their own.
fn join(rows: &mut [Row], column: &str, (name, key): (&str, &str), others: &[Row]) {
    let by_id: BTreeMap<&Value, &Row> = others.iter().map(|other| (&other[key], other)).collect();
    for row in rows {
        let Some(other) = by_id.get(&row[column]) else {
            continue;
        };
        for (column, value) in *other {
            row.insert(format!("{name}.{column}"), value.clone());
        }
    }
}

/// A value as a cell of a CSV file.
pub(crate) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
    }
}

/// The text of a column, empty when there is none.
pub(crate) fn text(row: &Row, column: &str) -> String {
    row.get(column).map(cell).unwrap_or_default()
}

/// The number in a column.
pub(crate) fn number(row: &Row, column: &str) -> Option<f64> {
    match row.get(column)? {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::Null | Value::Text(_) | Value::Bool(_) | Value::Date(_) => None,
    }
}

/// Whether a flag is set.
pub(crate) fn flag(row: &Row, column: &str) -> bool {
    row.get(column) == Some(&Value::Bool(true))
}

/// Words without what width, case and white space make different: NFKC.
pub(crate) fn same_width(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Equal up to rounding, as in the scoring program.
pub(crate) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * b.abs().max(1.0)
}
