//! Two folders of published tables side by side.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use kurabe_export::{ExportError, StoredTable, read_stored, stored_files};
use kurabe_schema::{Dataset, TableSpec, ValueRef};

use crate::measures::Pairing;
use crate::rows::{self, RowChange};
use crate::shape::{self, ShapeChange};
use crate::version::Level;

/// Tables that the program makes of the other ones. Rows that come and go there follow from
/// values, sources and rules, and are no more than a changed value to who cites the dataset.
const DERIVED: [&str; 14] = [
    "findings",
    "coverage",
    "category_evidence",
    "kpi_progress",
    "indicator_values",
    "indicator_evidence",
    "measure_stages",
    "measure_links",
    "peer_groups",
    "benchmark_categories",
    "benchmark_indicators",
    "survey_positions",
    "plan_quality",
    "plan_vs_survey",
];

/// Ids that only count the rows of a document: a row that comes or goes moves all below it, so
/// that whole rows are compared without them.
const RUNNING: [(&str, &str); 1] = [("findings", "finding_id")];

/// What differs between two datasets.
#[derive(Debug, Clone)]
pub struct Changes {
    /// The tables that differ, by name.
    pub tables: Vec<TableChange>,
    /// Which measures of both are the same.
    pub measures: Pairing,
    old: PathBuf,
    new: PathBuf,
}

/// What differs in one table.
#[derive(Debug, Clone)]
pub struct TableChange {
    /// Its name.
    pub name: String,
    /// The old table; none where the table is new.
    pub old: Option<StoredTable>,
    /// The new table; none where the table is gone.
    pub new: Option<StoredTable>,
    /// What changed about its columns.
    pub shape: Vec<ShapeChange>,
    /// The columns by which a row is known; empty where whole rows are compared.
    pub key: Vec<String>,
    /// The rows that differ.
    pub rows: Vec<RowChange>,
}

/// A value that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellChange<'a> {
    /// Name of the column.
    pub column: &'a str,
    /// The value in the old table; null in a new row.
    pub old: ValueRef<'a>,
    /// The value in the new table; null in a removed row.
    pub new: ValueRef<'a>,
}

/// Whether a folder holds Parquet files of tables.
#[must_use]
pub fn is_dataset(folder: &Path) -> bool {
    stored_files(folder).is_ok_and(|files| !files.is_empty())
}

/// The names of the tables in a folder.
///
/// # Errors
/// When the folder cannot be listed.
pub fn tables(folder: &Path) -> Result<Vec<String>, ExportError> {
    let name = |path: PathBuf| {
        let stem = path.file_stem().map(OsString::from);
        stem.and_then(|stem| stem.into_string().ok())
    };
    Ok(stored_files(folder)?.into_iter().filter_map(name).collect())
}

/// Compares two folders of Parquet files. Files with the same bytes are not read.
///
/// # Errors
/// When a folder cannot be listed, or one of two files that differ cannot be read.
pub fn compare(old: &Path, new: &Path) -> Result<Changes, ExportError> {
    let mut files: BTreeMap<OsString, [Option<PathBuf>; 2]> = BTreeMap::new();
    for (side, folder) in [old, new].into_iter().enumerate() {
        for path in stored_files(folder)? {
            let name = path.file_name().unwrap_or_default().to_owned();
            files.entry(name).or_default()[side] = Some(path);
        }
    }
    let mut tables = Vec::new();
    for [old, new] in files.into_values() {
        if has_same_bytes(old.as_deref(), new.as_deref()) {
            continue;
        }
        let read = |path: Option<PathBuf>| path.map(|path| read_stored(&path)).transpose();
        tables.extend(TableChange::of(read(old)?, read(new)?));
    }
    let measures = tables.iter().find(|table| table.name == "measures");
    Ok(Changes {
        measures: measures.map(Pairing::of).unwrap_or_default(),
        tables,
        old: old.to_owned(),
        new: new.to_owned(),
    })
}

fn has_same_bytes(old: Option<&Path>, new: Option<&Path>) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    let size = |path: &Path| path.metadata().map(|file| file.len()).ok();
    if size(old) != size(new) {
        return false;
    }
    matches!((fs::read(old), fs::read(new)), (Ok(old), Ok(new)) if old == new)
}

impl Changes {
    /// Whether both datasets say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// How much changed; none where nothing did.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        let renumbered = (!self.measures.renumbered.is_empty()).then_some(Level::Major);
        let tables = self.tables.iter().map(TableChange::level);
        tables.max().max(renumbered)
    }

    /// The differences of some tables only.
    #[must_use]
    pub fn only(mut self, tables: &[String]) -> Self {
        self.tables.retain(|table| tables.contains(&table.name));
        if self.table("measures").is_none() {
            self.measures = Pairing::default();
        }
        self
    }

    /// The change of a table; none where it is the same in both.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&TableChange> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// A table that is the same in both; none where neither has it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn unchanged(&self, name: &str) -> Result<Option<StoredTable>, ExportError> {
        let path = self.new.join(format!("{name}.parquet"));
        let is_there = path.is_file() && self.old.join(format!("{name}.parquet")).is_file();
        is_there.then(|| read_stored(&path)).transpose()
    }
}

impl TableChange {
    /// What differs between two versions of a table; none where nothing does.
    fn of(old: Option<StoredTable>, new: Option<StoredTable>) -> Option<Self> {
        let name = new.as_ref().or(old.as_ref())?.name.clone();
        let shape = match (&old, &new) {
            (Some(old), Some(new)) => shape::changes(old, new),
            _ => Vec::new(),
        };
        let running = RUNNING.iter().find(|(table, _)| *table == name);
        let key = match running {
            Some(_) => Vec::new(),
            None => key(&name, old.as_ref(), new.as_ref()),
        };
        let ignored: Vec<&str> = running.iter().map(|(_, column)| *column).collect();
        let rows = rows::changes(old.as_ref(), new.as_ref(), &key, &ignored);
        let is_same = old.is_some() && new.is_some() && shape.is_empty() && rows.is_empty();
        (!is_same).then_some(Self {
            name,
            old,
            new,
            shape,
            key,
            rows,
        })
    }

    /// The table of the present schema.
    #[must_use]
    pub fn spec(&self) -> Option<&'static TableSpec> {
        spec(&self.name)
    }

    /// Numbers of added, removed and changed rows.
    #[must_use]
    pub fn counts(&self) -> [usize; 3] {
        let count =
            |is: fn(&RowChange) -> bool| self.rows.iter().filter(|change| is(change)).count();
        [
            count(|row| row.old.is_none()),
            count(|row| row.new.is_none()),
            count(|row| row.old.is_some() && row.new.is_some()),
        ]
    }

    /// How much changed in it.
    #[must_use]
    pub fn level(&self) -> Level {
        let is_derived = DERIVED.contains(&&*self.name);
        let whole = match (&self.old, &self.new) {
            (_, None) => Some(Level::Major),
            (None, Some(_)) => Some(Level::Minor),
            (Some(_), Some(_)) => None,
        };
        let [added, removed, _] = self.counts();
        let added = (added > 0 && !is_derived).then_some(Level::Minor);
        let removed = (removed > 0 && !is_derived).then(|| removal(&self.name));
        let shape = self.shape.iter().map(ShapeChange::level).max();
        let most = whole.max(added).max(removed).max(shape);
        most.unwrap_or(Level::Patch)
    }

    /// The values in which a row differs; of a row on one side only, those that are stated.
    #[must_use]
    pub fn cells(&self, change: RowChange) -> Vec<CellChange<'_>> {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) if change.old.is_some() && change.new.is_some() => {
                let cells = rows::shared(old, new).into_iter();
                cells
                    .map(|(column, at, there)| CellChange {
                        column,
                        old: cell(Some(old), change.old, at),
                        new: cell(Some(new), change.new, there),
                    })
                    .filter(|cell| cell.old != cell.new)
                    .collect()
            }
            (old, new) => {
                let table = change.new.map_or(old.as_ref(), |_| new.as_ref());
                let columns = table.map_or(&[][..], |table| &table.columns);
                let cells = columns.iter().enumerate().map(|(at, column)| CellChange {
                    column: &column.name,
                    old: change
                        .old
                        .map_or(ValueRef::Null, |_| cell(old.as_ref(), change.old, at)),
                    new: change
                        .new
                        .map_or(ValueRef::Null, |_| cell(new.as_ref(), change.new, at)),
                });
                cells.filter(|cell| cell.old != cell.new).collect()
            }
        }
    }

    /// By what a row is known: the columns of the key with their values.
    #[must_use]
    pub fn key_of(&self, change: RowChange) -> Vec<(&str, ValueRef<'_>)> {
        let (table, row) = match change.new {
            Some(row) => (self.new.as_ref(), Some(row)),
            None => (self.old.as_ref(), change.old),
        };
        let columns = self.key.iter().filter_map(|name| {
            let at = table?.column(name)?;
            Some((&**name, cell(table, row, at)))
        });
        columns.collect()
    }
}

fn cell(table: Option<&StoredTable>, row: Option<usize>, column: usize) -> ValueRef<'_> {
    match (table, row) {
        (Some(table), Some(row)) => table.cell(row, column),
        _ => ValueRef::Null,
    }
}

/// The table of that name in the present schema.
pub(crate) fn spec(name: &str) -> Option<&'static TableSpec> {
    Dataset::specs()
        .iter()
        .copied()
        .find(|spec| spec.name == name)
}

/// The key of a table: of the present schema where it knows the table, else of the files where
/// all that state one agree.
fn key(name: &str, old: Option<&StoredTable>, new: Option<&StoredTable>) -> Vec<String> {
    if let Some(spec) = spec(name) {
        return spec.sort_by.iter().map(|&name| name.to_owned()).collect();
    }
    match (old.map(|table| &table.key), new.map(|table| &table.key)) {
        (Some(old), Some(new)) if old == new => new.clone(),
        (Some(key), None) | (None, Some(key)) => key.clone(),
        _ => Vec::new(),
    }
}

/// What a removed row means: an id that other tables name can be cited, and is then gone.
fn removal(table: &str) -> Level {
    let mut columns = Dataset::specs().iter().flat_map(|spec| spec.columns);
    let is_named = columns.any(|column| column.references.is_some_and(|(to, _)| to == table));
    if is_named { Level::Major } else { Level::Minor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_tables_are_tables_of_the_schema() {
        for name in DERIVED {
            assert!(spec(name).is_some(), "{name}");
            assert_eq!(removal(name), Level::Minor, "{name}");
        }
        for (table, column) in RUNNING {
            assert!(spec(table).unwrap().column(column).is_some(), "{table}");
        }
    }

    #[test]
    fn ids_that_others_name_can_be_cited() {
        for name in [
            "municipalities",
            "documents",
            "measures",
            "kpis",
            "outcomes",
        ] {
            assert_eq!(removal(name), Level::Major, "{name}");
        }
        for name in ["schedules", "kpi_values", "measure_categories"] {
            assert_eq!(removal(name), Level::Minor, "{name}");
        }
        assert_eq!(removal("something_else"), Level::Minor);
    }
}
