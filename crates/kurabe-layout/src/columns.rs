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
    /// Further columns of a role that may have several, from left to right.
    pub(crate) more: Vec<(ColumnRole, usize)>,
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

/// Header rows that are looked at, at most.
const MOST_ROWS: usize = 4;

/// Number of header rows at `at`, and the columns they name; `None` when no header is there.
pub(crate) fn header(table: &Table, at: usize, spec: &TableSpec) -> Option<(usize, Columns)> {
    let row = table.rows.get(at)?;
    if spec.header.is_empty() || !spec.header.iter().any(|word| has_cell(row, word)) {
        return None;
    }
    let mut heads = vec![Heads::of(row, table.is_grid)];
    let tall = tallest(table, row);
    while let Some(next) = table.rows.get(at + heads.len()) {
        let lower = Heads::of(next, table.is_grid);
        if heads.len() >= tall && !lower.name_columns(&heads, spec) {
            break;
        }
        heads.push(lower);
    }
    let rows = || table.rows.iter().skip(at).take(heads.len());
    let is_there = |word: &String| rows().any(|row| has_cell(row, word));
    spec.header
        .iter()
        .all(is_there)
        .then(|| (heads.len(), columns(&heads, spec)))
}

/// The number of rows that the headings of a row span.
fn tallest(table: &Table, row: &Row) -> usize {
    let written = row.cells.iter().filter(|cell| !cell.is_blank());
    let spans = written.map(|cell| usize::from(cell.row_span));
    let most = spans.max().unwrap_or(1);
    if table.is_grid && most <= MOST_ROWS {
        most
    } else {
        1
    }
}

/// The headings of one row, by column.
struct Heads {
    /// As printed.
    own: Vec<String>,
    /// Those that span columns repeated in all of them.
    spread: Vec<String>,
}

impl Heads {
    fn of(row: &Row, is_grid: bool) -> Self {
        let texts = row.cells.iter().map(|cell| width::tidy(&cell.text()));
        let own: Vec<String> = texts.collect();
        let mut spread = own.clone();
        for (column, cell) in row.cells.iter().enumerate().filter(|_| is_grid) {
            let end = column + usize::from(cell.column_span);
            for covered in (column + 1..end).filter(|_| !own[column].is_empty()) {
                if let Some(place) = spread.get_mut(covered).filter(|text| text.is_empty()) {
                    place.clone_from(&own[column]);
                }
            }
        }
        Self { own, spread }
    }

    /// Whether every written cell is a heading that the specification knows, by itself or below the
    /// headings above it.
    fn name_columns(&self, above: &[Self], spec: &TableSpec) -> bool {
        let known = |(column, label): (usize, &String)| {
            role_of(label, spec).is_some()
                || names_figure(label, spec)
                || role_of(&path(above, Some(self), column), spec).is_some()
        };
        let mut written = self
            .own
            .iter()
            .enumerate()
            .filter(|(_, l)| !l.is_empty())
            .peekable();
        written.peek().is_some() && written.all(known)
    }
}

/// The headings above a column, from the upper one to the lowest.
fn path(above: &[Heads], lowest: Option<&Heads>, column: usize) -> String {
    let heads = above.iter().chain(lowest);
    let labels = heads.filter_map(|heads| heads.spread.get(column));
    let labels: Vec<&str> = labels
        .map(String::as_str)
        .filter(|l| !l.is_empty())
        .collect();
    labels.join(" ")
}

fn has_cell(row: &Row, word: &str) -> bool {
    let key = width::key(word);
    row.cells
        .iter()
        .any(|c| !c.is_blank() && width::key(&c.text()) == key)
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

/// Roles that several columns may have.
fn is_repeatable(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Departments
            | ColumnRole::Summary
            | ColumnRole::Effect
            | ColumnRole::Past
            | ColumnRole::Future
            | ColumnRole::Note
            | ColumnRole::Kpis
            | ColumnRole::Baseline
            | ColumnRole::Target
            | ColumnRole::Actuals
    )
}

fn columns(heads: &[Heads], spec: &TableSpec) -> Columns {
    let count = heads.iter().map(|h| h.own.len()).max().unwrap_or(0);
    let lowest = |column: usize| {
        let mut labels = heads.iter().rev().filter_map(|h| h.own.get(column));
        labels.find(|label| !label.is_empty()).cloned()
    };
    let labels: Vec<String> = (0..count).map(|c| lowest(c).unwrap_or_default()).collect();
    let mut columns = Columns {
        top: heads.first().map(|h| h.own.clone()).unwrap_or_default(),
        ..Columns::default()
    };
    for (column, label) in labels.iter().enumerate().filter(|(_, l)| !l.is_empty()) {
        let whole = path(heads, None, column);
        let role = role_of(&whole, spec).or_else(|| role_of(label, spec));
        let is_ignored = [label, &whole].into_iter().any(|label| {
            spec.ignore
                .iter()
                .any(|word| width::key(word) == width::key(label))
        });
        match role {
            Some(role) if !columns.roles.contains_key(&role) => {
                columns.roles.insert(role, column);
            }
            Some(role) if is_repeatable(role) => columns.more.push((role, column)),
            Some(_) => columns.unknown.push((column, label.clone())),
            None if is_ignored => {}
            None => match era::fiscal_year(label) {
                Some(year) => columns.years.push((column, year)),
                None => columns.unknown.push((column, label.clone())),
            },
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
