//! Which municipality a row belongs to, by the references that the schema declares.
//!
//! A table that has the code itself is at distance 0. One that refers to such a table is at
//! distance 1, and so on. A row asks its references from the nearest table to the farthest, those
//! that are never empty first, and takes the first code that it finds.

use std::collections::BTreeMap;

use kurabe_schema::{ColumnSpec, Dataset, TableSpec, TableView, ValueRef};

use super::PARTITION_COLUMN;

/// The table whose rows are municipalities.
const MUNICIPALITIES: &str = "municipalities";

/// How a row leads to its municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    /// The column at this position holds the code.
    Own(usize),
    /// The column at this position holds a value of a column of another table.
    Through(usize, (&'static str, &'static str)),
}

/// The codes of rows, by the values that other tables refer to.
type Codes<'a> = BTreeMap<&'a str, &'a str>;

/// The ways of all tables, and what is known of their rows.
#[derive(Debug, Default)]
pub(super) struct Routes<'a> {
    routes: BTreeMap<&'static str, Vec<Route>>,
    codes: BTreeMap<(&'static str, &'static str), Codes<'a>>,
}

impl<'a> Routes<'a> {
    /// The ways of all tables of a dataset.
    pub(super) fn of(views: &[TableView<'a>]) -> Self {
        let distances = distances();
        let routes = Dataset::specs().iter();
        let mut all = Self {
            routes: routes
                .map(|spec| (spec.name, routes_of(spec, &distances)))
                .collect(),
            codes: BTreeMap::new(),
        };
        let mut targets: Vec<(&'static str, &'static str)> =
            all.routes.values().flatten().filter_map(through).collect();
        targets.sort_by_key(|target| (distances.get(target.0), *target));
        targets.dedup();
        for target in targets {
            if let Some(view) = views.iter().find(|view| view.spec.name == target.0) {
                let codes = all.codes_of(view, target.1);
                all.codes.insert(target, codes);
            }
        }
        all
    }

    /// Whether rows of a table belong to municipalities.
    pub(super) fn lead_from(&self, spec: &TableSpec) -> bool {
        self.routes
            .get(spec.name)
            .is_some_and(|routes| !routes.is_empty())
    }

    /// The municipality of a row.
    pub(super) fn code_of(&self, spec: &TableSpec, row: &[ValueRef<'a>]) -> Option<&'a str> {
        let routes = self.routes.get(spec.name)?;
        let follow = |route: &Route| match *route {
            Route::Own(index) => text(row.get(index)?),
            Route::Through(index, target) => {
                let value = text(row.get(index)?)?;
                self.codes.get(&target)?.get(value).copied()
            }
        };
        routes.iter().find_map(follow)
    }

    /// The code of each row of a table, by the values of one of its columns.
    fn codes_of(&self, view: &TableView<'a>, column: &str) -> Codes<'a> {
        let Some((index, _)) = view.spec.column(column) else {
            return Codes::new();
        };
        let pair = |row: &Vec<ValueRef<'a>>| {
            let value = text(row.get(index)?)?;
            Some((value, self.code_of(view.spec, row)?))
        };
        view.rows.iter().filter_map(pair).collect()
    }
}

fn through(route: &Route) -> Option<(&'static str, &'static str)> {
    match route {
        Route::Own(_) => None,
        Route::Through(_, target) => Some(*target),
    }
}

/// A text that is not empty.
fn text<'a>(cell: &ValueRef<'a>) -> Option<&'a str> {
    match cell {
        ValueRef::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// Whether a column holds the code of a municipality.
fn is_own(spec: &TableSpec, column: &ColumnSpec) -> bool {
    column.name == PARTITION_COLUMN
        && (spec.name == MUNICIPALITIES
            || column.references == Some((MUNICIPALITIES, PARTITION_COLUMN)))
}

/// How many references lead from a table to the code; tables without any are left out.
fn distances() -> BTreeMap<&'static str, usize> {
    let mut distances = BTreeMap::new();
    for spec in Dataset::specs() {
        if spec.columns.iter().any(|column| is_own(spec, column)) {
            distances.insert(spec.name, 0);
        }
    }
    // One more step reaches one more circle of tables, until there is none left.
    for step in 1..=Dataset::specs().len() {
        let refers = |spec: &&&TableSpec| {
            let mut referred = spec.columns.iter().filter_map(|column| column.references);
            referred.any(|(table, _)| distances.get(table) == Some(&(step - 1)))
        };
        let found: Vec<&str> = Dataset::specs()
            .iter()
            .filter(|spec| !distances.contains_key(spec.name))
            .filter(refers)
            .map(|spec| spec.name)
            .collect();
        for name in found {
            distances.insert(name, step);
        }
    }
    distances
}

/// The ways of one table, the one to try first at the beginning.
fn routes_of(spec: &'static TableSpec, distances: &BTreeMap<&str, usize>) -> Vec<Route> {
    let own_distance = distances.get(spec.name);
    let route = |(index, column): (usize, &'static ColumnSpec)| {
        if is_own(spec, column) {
            return Some((0, column.nullable, Route::Own(index)));
        }
        let target = column.references?;
        let distance = distances.get(target.0)?;
        // Only towards the code: a table at the same distance or farther knows no more.
        let is_nearer = own_distance.is_some_and(|own| distance < own);
        is_nearer.then_some((distance + 1, column.nullable, Route::Through(index, target)))
    };
    let mut routes: Vec<_> = spec.columns.iter().enumerate().filter_map(route).collect();
    routes.sort_by_key(|(distance, nullable, _)| (*distance, *nullable));
    routes.into_iter().map(|(_, _, route)| route).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(table: &str) -> Vec<&'static str> {
        let spec = Dataset::specs()
            .iter()
            .find(|spec| spec.name == table)
            .unwrap();
        let position = |route: &Route| match *route {
            Route::Own(index) | Route::Through(index, _) => spec.columns[index].name,
        };
        routes_of(spec, &distances()).iter().map(position).collect()
    }

    #[test]
    fn the_schema_tells_the_way() {
        for (table, columns) in [
            ("municipalities", vec!["municipality_code"]),
            ("measures", vec!["municipality_code"]),
            ("measure_links", vec!["municipality_code"]),
            ("measure_stages", vec!["measure_id"]),
            ("kpis", vec!["measure_id"]),
            ("kpi_values", vec!["kpi_id"]),
            ("listings", vec!["document_id", "measure_id"]),
            ("findings", vec!["document_id", "measure_id"]),
            ("categories", vec![]),
            ("category_crosswalk", vec![]),
            ("indicators", vec![]),
        ] {
            assert_eq!(names(table), columns, "{table}");
        }
    }

    #[test]
    fn every_other_table_has_a_way() {
        let without = Dataset::specs()
            .iter()
            .filter(|spec| names(spec.name).is_empty());
        let without: Vec<&str> = without.map(|spec| spec.name).collect();
        assert_eq!(without, ["categories", "category_crosswalk", "indicators"]);
    }
}
