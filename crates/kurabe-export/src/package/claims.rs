//! What may be claimed of the cells of the CSV files.
//!
//! A validator reads the CSV file, and text in it can differ from the text in the table: what
//! looks like a formula has an apostrophe in front, and CP932 has one sign where Unicode has two.
//! So keys are compared as they stand in the file. A value that is found in the referred column
//! is found there in the file, too, as both were written by the same rule.

use std::collections::BTreeSet;

use kurabe_schema::{ColumnSpec, ColumnType, TableSpec, TableView, ValueRef};

use crate::CsvEncoding;
use crate::csv_file::text_in_csv;

/// What holds for a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Claims {
    /// Whether no two rows have the same key.
    pub(super) is_key_unique: bool,
    /// What holds for each column.
    pub(super) columns: Vec<Claim>,
}

/// What holds for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Claim {
    /// Whether no cell is empty.
    pub(super) is_required: bool,
    /// Whether all words are of its closed list.
    pub(super) is_closed: bool,
    /// Whether all values are found in the column that it refers to.
    pub(super) is_found: bool,
}

/// What holds for each table, in the order of the tables.
pub(super) fn of(views: &[TableView<'_>], encoding: CsvEncoding) -> Vec<Claims> {
    let of_view = |view: &TableView<'_>| Claims {
        is_key_unique: is_key_unique(view, encoding),
        columns: view
            .spec
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| Claim {
                is_required: !column.nullable && is_filled(view, index, column.kind),
                is_closed: !column.values.is_empty() && is_closed(view, index, column),
                is_found: is_found(view, index, column, views),
            })
            .collect(),
    };
    views.iter().map(of_view).collect()
}

/// Text of a cell; `None` where there is none.
fn text<'a>(cell: &ValueRef<'a>) -> Option<&'a str> {
    if let ValueRef::Text(text) = cell {
        Some(text)
    } else {
        None
    }
}

/// Whether no text is empty; values of other types never are.
fn is_filled(view: &TableView<'_>, index: usize, kind: ColumnType) -> bool {
    kind != ColumnType::Text || view.rows.iter().all(|row| text(&row[index]) != Some(""))
}

fn is_closed(view: &TableView<'_>, index: usize, column: &ColumnSpec) -> bool {
    let mut texts = view.rows.iter().filter_map(|row| text(&row[index]));
    texts.all(|word| column.values.contains(&word))
}

/// Positions of the key columns, in the order of the key.
pub(super) fn key_of(spec: &TableSpec) -> Vec<usize> {
    let columns = spec.sort_by.iter().filter_map(|name| spec.column(name));
    columns.map(|(index, _)| index).collect()
}

/// Whether the keys differ in the CSV file. Rows are sorted by key, so that equal keys are
/// neighbours; only where writing changes a text are all keys compared.
fn is_key_unique(view: &TableView<'_>, encoding: CsvEncoding) -> bool {
    let key = key_of(view.spec);
    let differs = |row: &[ValueRef<'_>]| key.iter().any(|&i| is_changed(&row[i], encoding));
    let is_same = |pair: &[Vec<ValueRef<'_>>]| key.iter().all(|&i| pair[0][i] == pair[1][i]);
    if view.rows.windows(2).any(is_same) {
        return false;
    }
    if !view.rows.iter().any(|row| differs(row)) {
        return true;
    }
    let written = |row: &Vec<ValueRef<'_>>| -> Vec<String> {
        key.iter().map(|&i| written(&row[i], encoding)).collect()
    };
    let all: BTreeSet<Vec<String>> = view.rows.iter().map(written).collect();
    all.len() == view.rows.len()
}

/// Whether a text stands otherwise in the file than in the table.
fn is_changed(cell: &ValueRef<'_>, encoding: CsvEncoding) -> bool {
    text(cell).is_some_and(|text| text_in_csv(text, encoding) != text)
}

/// A cell of a key as it is compared.
fn written(cell: &ValueRef<'_>, encoding: CsvEncoding) -> String {
    match cell {
        ValueRef::Text(text) => text_in_csv(text, encoding).into_owned(),
        ValueRef::Null => String::new(),
        ValueRef::Int(_) | ValueRef::Float(_) | ValueRef::Bool(_) | ValueRef::Date(_) => {
            format!("{cell:?}")
        }
    }
}

/// Whether every value of a column that refers to another one is found there.
fn is_found(
    view: &TableView<'_>,
    index: usize,
    column: &ColumnSpec,
    views: &[TableView<'_>],
) -> bool {
    let referred = column.references.and_then(|(table, name)| {
        let other = views.iter().find(|other| other.spec.name == table)?;
        let (position, _) = other.spec.column(name)?;
        Some((other, position))
    });
    let Some((other, position)) = referred else {
        return false;
    };
    let mut known: Vec<&str> = other
        .rows
        .iter()
        .filter_map(|row| text(&row[position]))
        .collect();
    known.sort_unstable();
    let mut last = None;
    let mut texts = view.rows.iter().filter_map(|row| text(&row[index]));
    texts.all(|value| {
        let is_known = last == Some(value) || known.binary_search(&value).is_ok();
        last = Some(value);
        is_known && !value.is_empty()
    })
}
