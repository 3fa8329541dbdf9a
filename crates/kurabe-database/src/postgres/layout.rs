//! The statements that bring a schema to its present form.

use kurabe_schema::TableSpec;

use super::catalog::Plan;
use crate::content::Content;
use crate::ddl::{self, Dialect};
use crate::quote::{name, names, text};
use crate::views;

/// Title of the schema.
const SCHEMA_JA: &str =
    "自治体DX計画の比較データ(kurabe)。表の説明は kurabe_tables、列の説明は kurabe_columns";
const SCHEMA_EN: &str = "Comparable data of municipal DX plans, made by kurabe; kurabe_tables and kurabe_columns describe it";

/// What is declared besides the tables themselves.
pub(super) struct Layout {
    /// Takes the declarations of an older load away.
    undeclare: Vec<String>,
    /// Checks and foreign keys.
    declare: Vec<String>,
    /// Indexes.
    indexes: Vec<String>,
    /// Views.
    views: Vec<String>,
    /// Comments on everything.
    comments: Vec<String>,
}

impl Layout {
    /// The declarations of a dataset.
    pub(super) fn of(content: &Content) -> Self {
        let mut layout = Self {
            undeclare: Vec::new(),
            declare: Vec::new(),
            indexes: Vec::new(),
            views: Vec::new(),
            comments: Vec::new(),
        };
        for table in &content.tables {
            layout.constraints(table.spec, content);
            let indexed = ddl::indexed(table.spec);
            layout.indexes.extend(indexed.map(|column| {
                let plain = ddl::create_index(table.spec, column);
                plain.replacen("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1)
            }));
            layout.comments.extend(ddl::table_comments(table.spec));
        }
        for view in views() {
            let head = format!("CREATE OR REPLACE VIEW {} AS", name(view.name));
            layout.views.push(format!("{head}\n{}", view.sql));
            layout.comments.extend(ddl::view_comments(&view));
        }
        layout
    }

    fn constraints(&mut self, spec: &'static TableSpec, content: &Content) {
        let table = name(spec.name);
        for column in spec.columns {
            let check = ddl::words_check(column).map(|check| ("words", format!("CHECK ({check})")));
            let mut references = content.references(spec);
            let reference = references.find(|reference| reference.column == column.name);
            let key = reference.map(|reference| {
                let key = ddl::foreign_key(&reference);
                ("fkey", format!("{key} DEFERRABLE INITIALLY DEFERRED"))
            });
            for kind in ["words", "fkey"] {
                let made = name(&format!("{}_{}_{kind}", spec.name, column.name));
                self.undeclare.push(format!(
                    "ALTER TABLE IF EXISTS {table} DROP CONSTRAINT IF EXISTS {made}"
                ));
            }
            for (kind, condition) in check.into_iter().chain(key) {
                let made = name(&format!("{}_{}_{kind}", spec.name, column.name));
                let add = format!("ALTER TABLE {table} ADD CONSTRAINT {made} {condition}");
                self.declare.push(add);
            }
        }
    }

    /// Everything in one text, to tell whether a schema was given the same before.
    pub(super) fn text(&self) -> String {
        let parts = [&self.declare, &self.indexes, &self.views, &self.comments];
        parts.map(|part| part.join(";\n")).join(";\n")
    }

    /// Brings the tables to a form that takes the dataset.
    pub(super) fn before(&self, plan: &Plan) -> String {
        let mut statements: Vec<String> = plan.missing.iter().copied().map(create).collect();
        for (spec, column) in &plan.added {
            let kind = Dialect::Postgres.type_of(column.kind);
            statements.push(format!(
                "ALTER TABLE {} ADD COLUMN {} {kind}",
                name(spec.name),
                name(column.name)
            ));
        }
        for (spec, column) in &plan.relaxed {
            statements.push(altered(spec.name, column.name, "DROP NOT NULL"));
        }
        statements.extend(self.undeclare.iter().cloned());
        statements.join(";\n")
    }

    /// Declares everything about tables that hold the dataset.
    pub(super) fn after(&self, plan: &Plan) -> String {
        let required = plan.added.iter().filter(|(_, column)| !column.nullable);
        let required = required.chain(&plan.tightened);
        let mut statements: Vec<String> = required
            .map(|(spec, column)| altered(spec.name, column.name, "SET NOT NULL"))
            .collect();
        for part in [&self.declare, &self.indexes, &self.views, &self.comments] {
            statements.extend(part.iter().cloned());
        }
        statements.join(";\n")
    }
}

fn create(spec: &'static TableSpec) -> String {
    let columns = spec.columns.iter();
    let columns: Vec<String> = columns
        .map(|column| ddl::column(Dialect::Postgres, column))
        .collect();
    format!(
        "CREATE TABLE {} ({}, PRIMARY KEY ({}))",
        name(spec.name),
        columns.join(", "),
        names(spec.sort_by.iter().copied())
    )
}

fn altered(table: &str, column: &str, what: &str) -> String {
    format!(
        "ALTER TABLE {} ALTER COLUMN {} {what}",
        name(table),
        name(column)
    )
}

/// Makes the schema.
pub(super) fn create_schema(schema: &str) -> String {
    format!(
        "CREATE SCHEMA {0}; COMMENT ON SCHEMA {0} IS {1}",
        name(schema),
        text(&ddl::meaning(SCHEMA_JA, SCHEMA_EN))
    )
}
