//! What goes into a database: the tables of the dataset, those that describe them, and which
//! references between them hold.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_schema::{ColumnSpec, TableSpec, TableView, ValueRef};

use crate::{DatabaseError, Load, dictionary};

/// A column whose values are not all found where they should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dangling {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The table that it refers to.
    pub target: &'static str,
    /// Rows whose value is not there.
    pub rows: usize,
    /// One of these values.
    pub example: String,
}

/// All tables with their rows.
pub(crate) struct Content<'a> {
    /// The tables in published order.
    pub(crate) tables: Vec<TableView<'a>>,
    /// What the data does not satisfy.
    pub(crate) dangling: Vec<Dangling>,
}

impl<'a> Content<'a> {
    /// The tables of a dataset and of its dictionary.
    pub(crate) fn of(load: &Load<'a>) -> Result<Self, DatabaseError> {
        let mut tables = load.dataset.sorted_views();
        tables.extend(dictionary::tables(load));
        for table in &tables {
            has_unique_keys(table)?;
        }
        let dangling = dangling(&tables);
        Ok(Self { tables, dangling })
    }

    /// Number of all rows.
    pub(crate) fn rows(&self) -> usize {
        self.tables.iter().map(|table| table.rows.len()).sum()
    }

    /// The columns of a table that are declared as foreign keys, with what they refer to.
    pub(crate) fn references(
        &self,
        spec: &'static TableSpec,
    ) -> impl Iterator<Item = Reference> + '_ {
        let is_dangling = |reference: &Reference| {
            let same = |one: &Dangling| one.table == spec.name && one.column == reference.column;
            self.dangling.iter().any(same)
        };
        references(spec).filter(move |reference| !is_dangling(reference))
    }

    /// The tables, each after those that it refers to (itself left out).
    pub(crate) fn by_reference(&self) -> Vec<&TableView<'a>> {
        let mut left: Vec<&TableView> = self.tables.iter().collect();
        let mut placed = Vec::new();
        while !left.is_empty() {
            let waits = |table: &TableView, others: &[&TableView]| {
                self.references(table.spec).any(|reference| {
                    let is_target = |other: &&TableView| other.spec.name == reference.target;
                    reference.target != table.spec.name && others.iter().any(is_target)
                })
            };
            // In a circle of references somebody has to begin.
            let next = left.iter().position(|table| !waits(table, &left));
            placed.push(left.remove(next.unwrap_or_default()));
        }
        placed
    }
}

/// A column that refers to the key of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    pub(crate) column: &'static str,
    pub(crate) target: &'static str,
    pub(crate) target_column: &'static str,
}

/// The references of a table, satisfied or not.
fn references(spec: &'static TableSpec) -> impl Iterator<Item = Reference> {
    let reference = |column: &'static ColumnSpec| {
        let (target, target_column) = column.references?;
        Some(Reference {
            column: column.name,
            target,
            target_column,
        })
    };
    spec.columns.iter().filter_map(reference)
}

/// Rows are sorted by key, so that equal keys are neighbours.
fn has_unique_keys(table: &TableView) -> Result<(), DatabaseError> {
    let places = key_places(table.spec);
    let same = |pair: &&[Vec<ValueRef>]| places.iter().all(|at| pair[0][*at] == pair[1][*at]);
    let Some(pair) = table.rows.windows(2).find(same) else {
        return Ok(());
    };
    let key = places.iter().map(|at| shown(pair[0][*at]));
    Err(DatabaseError::DuplicateKey {
        table: table.spec.name,
        key: key.collect::<Vec<_>>().join(", "),
    })
}

fn key_places(spec: &TableSpec) -> Vec<usize> {
    let place = |name: &&str| spec.column(name).map(|(at, _)| at);
    spec.sort_by.iter().filter_map(place).collect()
}

fn shown(value: ValueRef) -> String {
    match value {
        ValueRef::Text(text) => text.to_owned(),
        other => crate::quote::value(other),
    }
}

/// The references that are not satisfied. One to a column that is no key by itself counts, too.
fn dangling(tables: &[TableView]) -> Vec<Dangling> {
    let mut keys: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for table in tables {
        if let [key] = table.spec.sort_by
            && let Some((at, _)) = table.spec.column(key)
        {
            let texts = table.rows.iter().filter_map(|row| text_of(row[at]));
            keys.insert((table.spec.name, key), texts.collect());
        }
    }
    let mut found = Vec::new();
    for table in tables {
        for reference in references(table.spec) {
            let known = keys.get(&(reference.target, reference.target_column));
            found.extend(unsatisfied(table, reference, known));
        }
    }
    found
}

fn unsatisfied(
    table: &TableView,
    reference: Reference,
    known: Option<&BTreeSet<&str>>,
) -> Option<Dangling> {
    let (at, _) = table.spec.column(reference.column)?;
    let is_known = |value: &&str| known.is_some_and(|known| known.contains(value));
    let texts = table.rows.iter().filter_map(|row| text_of(row[at]));
    let missing: Vec<&str> = texts.filter(|value| !is_known(value)).collect();
    if known.is_some() && missing.is_empty() {
        return None;
    }
    Some(Dangling {
        table: table.spec.name,
        column: reference.column,
        target: reference.target,
        rows: missing.len(),
        example: missing.first().copied().unwrap_or_default().to_owned(),
    })
}

fn text_of(value: ValueRef<'_>) -> Option<&str> {
    match value {
        ValueRef::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use kurabe_schema::{Dataset, Kpi, Measure};

    use super::*;

    fn load(dataset: &Dataset) -> Load<'_> {
        Load {
            dataset,
            version: None,
            program: "test",
            run_key: "key",
        }
    }

    #[test]
    fn references_without_a_target_are_told_and_not_declared() {
        let mut dataset = Dataset::default();
        dataset.kpis.push(Kpi {
            kpi_id: "k".to_owned(),
            measure_id: "gone".to_owned(),
            ..Kpi::default()
        });
        let content = Content::of(&load(&dataset)).unwrap();
        let [one] = &*content.dangling else {
            panic!("{:?}", content.dangling);
        };
        assert_eq!((one.table, one.column), ("kpis", "measure_id"));
        assert_eq!((one.rows, &*one.example), (1, "gone"));
        let kpis = content.tables.iter().find(|t| t.spec.name == "kpis");
        let declared: Vec<_> = content.references(kpis.unwrap().spec).collect();
        assert!(declared.iter().all(|one| one.column != "measure_id"));
    }

    #[test]
    fn equal_keys_are_refused() {
        let mut dataset = Dataset::default();
        let measure = Measure {
            measure_id: "m".to_owned(),
            ..Measure::default()
        };
        dataset.measures = vec![measure.clone(), measure];
        let error = Content::of(&load(&dataset)).err().unwrap();
        assert!(error.to_string().contains("measures"), "{error}");
    }

    #[test]
    fn a_table_stands_after_those_it_refers_to() {
        let dataset = Dataset::default();
        let content = Content::of(&load(&dataset)).unwrap();
        let order: Vec<_> = content.by_reference();
        assert_eq!(order.len(), content.tables.len());
        let place = |name: &str| order.iter().position(|t| t.spec.name == name).unwrap();
        for table in &order {
            for reference in content.references(table.spec) {
                assert!(
                    reference.target == table.spec.name
                        || place(reference.target) < place(table.spec.name),
                    "{} before {}",
                    table.spec.name,
                    reference.target
                );
            }
        }
    }

    #[test]
    fn keys_hold_no_missing_values() {
        let dataset = Dataset::default();
        for table in Content::of(&load(&dataset)).unwrap().tables {
            for column in table.spec.columns.iter().filter(|column| column.key) {
                assert!(!column.nullable, "{}.{}", table.spec.name, column.name);
            }
            assert_eq!(key_places(table.spec).len(), table.spec.sort_by.len());
        }
    }
}
