//! What changed about the columns of a table.

use kurabe_export::StoredTable;
use kurabe_schema::ColumnType;

use crate::version::Level;

/// A change of the columns of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShapeChange {
    /// The column is new.
    Added(String),
    /// The column is gone.
    Removed(String),
    /// The column has another type.
    Retyped {
        /// Its name.
        column: String,
        /// Type in the old dataset.
        old: ColumnType,
        /// Type in the new dataset.
        new: ColumnType,
    },
    /// The column was never empty and now may be.
    MayBeEmpty(String),
    /// The column could be empty and now never is.
    NeverEmpty(String),
    /// Rows are known by other columns.
    Rekeyed {
        /// Key in the old dataset.
        old: Vec<String>,
        /// Key in the new dataset.
        new: Vec<String>,
    },
}

impl ShapeChange {
    /// Whether it breaks what somebody built on the old table.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Self::Removed(_)
            | Self::Retyped { .. }
            | Self::MayBeEmpty(_)
            | Self::Rekeyed { .. } => Level::Major,
            Self::Added(_) | Self::NeverEmpty(_) => Level::Minor,
        }
    }
}

/// What changed about the columns, in the order of the old and then of the new table.
pub(crate) fn changes(old: &StoredTable, new: &StoredTable) -> Vec<ShapeChange> {
    let mut found = Vec::new();
    for column in &old.columns {
        let name = || column.name.clone();
        let Some(now) = new.column(&column.name).map(|at| &new.columns[at]) else {
            found.push(ShapeChange::Removed(name()));
            continue;
        };
        if now.kind != column.kind {
            let (column, old, new) = (name(), column.kind, now.kind);
            found.push(ShapeChange::Retyped { column, old, new });
        }
        match (column.nullable, now.nullable) {
            (false, true) => found.push(ShapeChange::MayBeEmpty(column.name.clone())),
            (true, false) => found.push(ShapeChange::NeverEmpty(column.name.clone())),
            (true, true) | (false, false) => {}
        }
    }
    let fresh = new.columns.iter().map(|column| &column.name);
    let fresh = fresh.filter(|name| old.column(name).is_none());
    found.extend(fresh.cloned().map(ShapeChange::Added));
    if !old.key.is_empty() && !new.key.is_empty() && old.key != new.key {
        let (old, new) = (old.key.clone(), new.key.clone());
        found.push(ShapeChange::Rekeyed { old, new });
    }
    found
}
