//! What a schema holds already, and how that differs from what it is to hold.

use std::collections::BTreeMap;

use kurabe_schema::{ColumnSpec, TableSpec};
use postgres::{Error, Transaction};

use crate::ddl::Dialect;
use crate::dictionary::{COLUMNS, DATASET, all_specs};
use crate::quote::name;
use crate::views;

/// A column of a relation.
struct Column {
    name: String,
    kind: String,
    is_not_null: bool,
}

/// A table, view or anything else that has its name.
struct Relation {
    is_table: bool,
    is_view: bool,
    columns: Vec<Column>,
    key: String,
}

impl Relation {
    fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// The relations of a schema.
pub(super) struct Catalog {
    relations: BTreeMap<String, Relation>,
    /// Tables or views and their columns that the last load declared.
    declared: Vec<(String, String)>,
}

/// What is to be done to the tables before the dataset fits.
#[derive(Default)]
pub(super) struct Plan {
    /// Tables that are not there.
    pub(super) missing: Vec<&'static TableSpec>,
    /// Columns that are not there, of tables that are.
    pub(super) added: Vec<(&'static TableSpec, &'static ColumnSpec)>,
    /// Columns that may be empty now and could not before.
    pub(super) relaxed: Vec<(&'static TableSpec, &'static ColumnSpec)>,
    /// Columns that may not be empty any more.
    pub(super) tightened: Vec<(&'static TableSpec, &'static ColumnSpec)>,
    /// Views that are not there.
    pub(super) has_missing_view: bool,
    /// What cannot be brought about while the tables stay.
    pub(super) conflicts: Vec<String>,
}

const RELATIONS: &str = "
SELECT c.relname::text, c.relkind::text, a.attname::text,
  format_type(a.atttypid, a.atttypmod), a.attnotnull
FROM pg_class c
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = to_regnamespace(quote_ident($1))
  AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
ORDER BY c.relname, a.attnum";

const KEYS: &str = "
SELECT c.relname::text, string_agg(a.attname::text, ',' ORDER BY k.place)
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid
CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, place)
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
WHERE i.indisprimary AND c.relnamespace = to_regnamespace(quote_ident($1))
GROUP BY c.relname";

/// Views and foreign keys of others on our relations, followed from view to view.
const DEPENDENTS: &str = "
WITH RECURSIVE ours AS (
  SELECT c.oid FROM pg_class c
  WHERE c.relnamespace = to_regnamespace(quote_ident($1)) AND c.relname::text = ANY ($2)
), built AS (
  SELECT oid FROM ours
  UNION
  SELECT r.ev_class FROM built
  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = built.oid
    AND d.classid = 'pg_rewrite'::regclass
  JOIN pg_rewrite r ON r.oid = d.objid
)
SELECT oid::regclass::text FROM built WHERE oid NOT IN (SELECT oid FROM ours)
UNION
SELECT conrelid::regclass::text || '.' || conname FROM pg_constraint
WHERE contype = 'f' AND confrelid IN (SELECT oid FROM ours)
  AND conrelid NOT IN (SELECT oid FROM ours)
ORDER BY 1";

impl Catalog {
    /// Reads what the schema holds.
    pub(super) fn read(transaction: &mut Transaction, schema: &str) -> Result<Self, Error> {
        let mut relations: BTreeMap<String, Relation> = BTreeMap::new();
        for row in transaction.query(RELATIONS, &[&schema])? {
            let kind: String = row.get(1);
            let relation = relations.entry(row.get(0)).or_insert_with(|| Relation {
                is_table: kind == "r" || kind == "p",
                is_view: kind == "v",
                columns: Vec::new(),
                key: String::new(),
            });
            if let Some(name) = row.get(2) {
                relation.columns.push(Column {
                    name,
                    kind: row.get(3),
                    is_not_null: row.get(4),
                });
            }
        }
        for row in transaction.query(KEYS, &[&schema])? {
            if let Some(relation) = relations.get_mut(row.get::<_, &str>(0)) {
                relation.key = row.get(1);
            }
        }
        let mut catalog = Self {
            relations,
            declared: Vec::new(),
        };
        if catalog.has(COLUMNS.name, &["table_name", "column_name"]) {
            let query = format!("SELECT table_name, column_name FROM {}", name(COLUMNS.name));
            let rows = transaction.query(&query, &[])?;
            catalog.declared = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        }
        Ok(catalog)
    }

    fn has(&self, table: &str, columns: &[&str]) -> bool {
        let relation = self.relations.get(table);
        relation.is_some_and(|found| columns.iter().all(|name| found.column(name).is_some()))
    }

    /// Whether a table is there.
    pub(super) fn has_table(&self, table: &str) -> bool {
        self.has(table, &[])
    }

    /// Whether kurabe loaded into the schema before, so that the names are its own.
    pub(super) fn is_ours(&self) -> bool {
        self.has(DATASET.name, &["run_key", "layout"])
    }

    /// Relations under our names, wherever they came from.
    pub(super) fn under_our_names(&self) -> Vec<&str> {
        let names = all_specs().map(|spec| spec.name);
        let views = views().into_iter().map(|view| view.name);
        let is_taken = |name: &&str| self.relations.contains_key(*name);
        names.chain(views).filter(is_taken).collect()
    }

    /// Relations that a load made, this version's or an older one's.
    pub(super) fn of_loads(&self) -> Vec<&str> {
        let older = self.declared.iter().map(|(table, _)| table.as_str());
        let is_there = |name: &&str| self.relations.contains_key(*name);
        let mut names: Vec<&str> = older.filter(is_there).collect();
        names.extend(self.under_our_names());
        names.sort_unstable();
        names.dedup();
        names
    }

    /// How a relation is dropped.
    pub(super) fn drop_statement(&self, relation: &str) -> String {
        let found = self.relations.get(relation);
        let kind = if found.is_some_and(|found| found.is_view) {
            "VIEW"
        } else {
            "TABLE"
        };
        format!("DROP {kind} IF EXISTS {} CASCADE", name(relation))
    }

    /// Views and foreign keys of others that depend on relations of ours.
    pub(super) fn dependents(
        &self,
        transaction: &mut Transaction,
        schema: &str,
    ) -> Result<Vec<String>, Error> {
        let ours = self.of_loads();
        let rows = transaction.query(DEPENDENTS, &[&schema, &ours])?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    /// What is to be done before the dataset fits.
    pub(super) fn plan(&self) -> Plan {
        let mut plan = Plan::default();
        for spec in all_specs() {
            match self.relations.get(spec.name) {
                None => plan.missing.push(spec),
                Some(found) if !found.is_table => {
                    plan.conflicts.push(format!("{} is no table", spec.name));
                }
                Some(found) => table_plan(spec, found, &mut plan),
            }
        }
        for view in views() {
            let Some(found) = self.relations.get(view.name) else {
                plan.has_missing_view = true;
                continue;
            };
            // A view can only be given more columns at its end.
            let mut wanted = view.columns.iter().map(|column| column.name);
            let is_prefix = found
                .columns
                .iter()
                .all(|c| wanted.next() == Some(&*c.name));
            if !found.is_view || !is_prefix {
                plan.conflicts
                    .push(format!("{} has other columns", view.name));
            }
        }
        plan.conflicts.extend(self.gone());
        plan
    }

    /// Tables and columns of an older version that this one does not have.
    fn gone(&self) -> Vec<String> {
        let mut gone = Vec::new();
        for (table, column) in &self.declared {
            let spec = all_specs().find(|spec| spec.name == table);
            let is_view = views().iter().any(|view| view.name == table);
            let is_there = self.has(table, &[column]);
            match spec {
                _ if is_view || !is_there => {}
                Some(spec) if spec.column(column).is_some() => {}
                Some(_) => gone.push(format!("{table}.{column} is no longer there")),
                None => gone.push(format!("{table} is no longer there")),
            }
        }
        gone.sort();
        gone.dedup();
        gone
    }
}

fn table_plan(spec: &'static TableSpec, found: &Relation, plan: &mut Plan) {
    if found.key != spec.sort_by.join(",") {
        plan.conflicts
            .push(format!("{} has another key", spec.name));
    }
    for column in spec.columns {
        let kind = Dialect::Postgres.type_of(column.kind);
        match found.column(column.name) {
            None => plan.added.push((spec, column)),
            Some(old) if old.kind != kind => plan.conflicts.push(format!(
                "{}.{} is {} and not {kind}",
                spec.name, column.name, old.kind
            )),
            Some(old) if old.is_not_null && column.nullable => plan.relaxed.push((spec, column)),
            Some(old) if !old.is_not_null && !column.nullable => {
                plan.tightened.push((spec, column));
            }
            Some(_) => {}
        }
    }
}

impl Plan {
    /// Whether the tables are as they should be.
    pub(super) fn is_empty(&self) -> bool {
        self.missing.is_empty()
            && self.added.is_empty()
            && self.relaxed.is_empty()
            && self.tightened.is_empty()
            && !self.has_missing_view
    }
}
