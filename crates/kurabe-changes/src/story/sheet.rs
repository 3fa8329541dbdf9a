//! Tables of both datasets, or nothing where a dataset has no such table.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_export::{ExportError, StoredTable};
use kurabe_schema::ValueRef;

use crate::compare::Changes;

/// The tables that are told, or that name what is told.
const TABLES: [&str; 7] = [
    "municipalities",
    "documents",
    "measures",
    "measure_categories",
    "categories",
    "kpis",
    "kpi_values",
];

/// The tables that did not change, read for their names.
pub(super) struct Unchanged(BTreeMap<&'static str, StoredTable>);

impl Unchanged {
    pub(super) fn read(changes: &Changes) -> Result<Self, ExportError> {
        let mut tables = BTreeMap::new();
        for name in TABLES {
            if changes.table(name).is_none()
                && let Some(table) = changes.unchanged(name)?
            {
                tables.insert(name, table);
            }
        }
        Ok(Self(tables))
    }
}

/// A table of both datasets.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) old: Sheet<'a>,
    pub(super) new: Sheet<'a>,
}

impl<'a> Sides<'a> {
    pub(super) fn of(changes: &'a Changes, unchanged: &'a Unchanged, name: &str) -> Self {
        let sheet = |table| Sheet { table };
        match changes.table(name) {
            Some(change) => Self {
                old: sheet(change.old.as_ref()),
                new: sheet(change.new.as_ref()),
            },
            None => {
                let table = unchanged.0.get(name);
                Self {
                    old: sheet(table),
                    new: sheet(table),
                }
            }
        }
    }
}

/// A table that may be missing, as may any column.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) table: Option<&'a StoredTable>,
}

impl<'a> Sheet<'a> {
    pub(super) fn rows(self) -> std::ops::Range<usize> {
        0..self.table.map_or(0, StoredTable::rows)
    }

    pub(super) fn cell(self, row: usize, column: &str) -> ValueRef<'a> {
        let place = self
            .table
            .and_then(|table| Some((table, table.column(column)?)));
        place.map_or(ValueRef::Null, |(table, at)| table.cell(row, at))
    }

    pub(super) fn text(self, row: usize, column: &str) -> Option<&'a str> {
        match self.cell(row, column) {
            ValueRef::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn int(self, row: usize, column: &str) -> Option<i64> {
        match self.cell(row, column) {
            ValueRef::Int(number) => Some(number),
            _ => None,
        }
    }

    /// The row of each id in a column.
    pub(super) fn index(self, column: &str) -> BTreeMap<&'a str, usize> {
        let rows = self
            .rows()
            .filter_map(|row| Some((self.text(row, column)?, row)));
        rows.collect()
    }

    /// The rows that belong to each of some ids.
    pub(super) fn rows_of(
        self,
        column: &str,
        wanted: &BTreeSet<&str>,
    ) -> BTreeMap<&'a str, Vec<usize>> {
        let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for row in self.rows() {
            if let Some(id) = self.text(row, column).filter(|id| wanted.contains(id)) {
                rows.entry(id).or_default().push(row);
            }
        }
        rows
    }
}
