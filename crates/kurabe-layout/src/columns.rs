//! Header rows: which column holds what.

use crate::profile::{ColumnRole, TableSpec};
use kurabe_page::{Cell, Row, Table};
use kurabe_text::{era, width};
use std::collections::BTreeMap;

/// The columns of a table as its header names them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    /// Column of each role.
    pub(crate) roles: BTreeMap<ColumnRole, usize>,
    /// Columns that are headed by a fiscal year.
    pub(crate) years: Vec<(usize, i32)>,
    /// Headings of all columns, as printed; of several header rows, the lowest.
    pub(crate) labels: Vec<String>,
    /// Headings of the first header row.
    pub(crate) top: Vec<String>,
    /// Headings that no specification names.
    pub(crate) unknown: Vec<(usize, String)>,
}

impl Columns {
    /// Column with a heading.
    pub(crate) fn labelled(&self, label: &str) -> Option<usize> {
        let key = width::key(label);
        self.labels.iter().position(|l| width::key(l) == key)
    }
}

/// Number of header rows at `at`, and the columns they name; `None` when no header is there.
pub(crate) fn header(table: &Table, at: usize, spec: &TableSpec) -> Option<(usize, Columns)> {
    let row = table.rows.get(at)?;
    if spec.header.is_empty() || !spec.header.iter().all(|word| has_cell(row, word)) {
        return None;
    }
    let mut labels: Vec<String> = row.cells.iter().map(|c| width::tidy(&c.text())).collect();
    let top = labels.clone();
    let mut rows = 1;
    while let Some(next) = table.rows.get(at + rows).filter(|r| names_columns(r, spec)) {
        second_row(&mut labels, next);
        rows += 1;
    }
    Some((
        rows,
        Columns {
            top,
            ..columns(labels, spec)
        },
    ))
}

fn has_cell(row: &Row, word: &str) -> bool {
    let key = width::key(word);
    row.cells
        .iter()
        .any(|c| !c.is_blank() && width::key(&c.text()) == key)
}

/// Whether every written cell of a row is a heading that the specification knows.
fn names_columns(row: &Row, spec: &TableSpec) -> bool {
    let mut written = row.cells.iter().filter(|c| !c.is_blank()).peekable();
    let is_known = |label: &str| role_of(label, spec).is_some() || names_figure(label, spec);
    written.peek().is_some() && written.all(|c| is_known(&c.text()))
}

/// Whether a heading stands above a column of figures.
fn names_figure(label: &str, spec: &TableSpec) -> bool {
    let key = width::key(label);
    let named = |name: &Option<String>| name.as_ref().is_some_and(|name| width::key(name) == key);
    spec.metrics.iter().any(|m| {
        [&m.before, &m.after, &m.change, &m.rate, &m.note]
            .into_iter()
            .any(named)
    })
}

/// A second header row names the columns below a heading that spans several.
fn second_row(labels: &mut Vec<String>, row: &Row) {
    for (column, cell) in row.cells.iter().enumerate().filter(|(_, c)| !c.is_blank()) {
        if labels.len() <= column {
            labels.resize(column + 1, String::new());
        }
        labels[column] = width::tidy(&cell.text());
    }
}

fn columns(labels: Vec<String>, spec: &TableSpec) -> Columns {
    let mut columns = Columns::default();
    for (column, label) in labels.iter().enumerate().filter(|(_, l)| !l.is_empty()) {
        if let Some(role) = role_of(label, spec) {
            columns.roles.entry(role).or_insert(column);
        } else if let Some(year) = era::fiscal_year(label) {
            columns.years.push((column, year));
        } else {
            columns.unknown.push((column, label.clone()));
        }
    }
    columns.labels = labels;
    columns
}

fn role_of(label: &str, spec: &TableSpec) -> Option<ColumnRole> {
    let key = width::key(label);
    spec.columns
        .iter()
        .find(|(_, names)| names.iter().any(|n| width::key(n) == key))
        .map(|(role, _)| *role)
}

/// Columns of fiscal years in a row of headings.
pub(crate) fn years(cells: &[Cell]) -> Vec<(usize, i32)> {
    cells
        .iter()
        .enumerate()
        .filter_map(|(column, cell)| Some((column, era::fiscal_year(cell.text().trim())?)))
        .collect()
}
