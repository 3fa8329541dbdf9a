//! PostgreSQL: one transaction brings a schema to the dataset, whatever it held before.

mod address;
mod catalog;
mod fault;
mod fill;
mod layout;

use std::io;

use postgres::{Client, Error, Transaction};

use crate::content::Content;
use crate::dictionary::DATASET;
use crate::quote::{name, text};
use crate::{DatabaseError, Load, Loaded};
use address::Address;
use catalog::{Catalog, Plan};
use fill::Fault;
use layout::Layout;

/// How long transactions of others may keep a table from being changed. While it waits, the load
/// keeps later readers of that table waiting, too.
const LOCK_TIMEOUT: &str = "20s";

/// Where and how to load.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Address of the server and database: `postgres://user@host:5432/database`.
    pub url: &'a str,
    /// The password, where the address has none.
    pub password: Option<&'a str>,
    /// The schema.
    pub schema: &'a str,
    /// Whether tables that do not fit are made anew, with what others have built on them.
    pub is_replacing: bool,
}

/// Loads the dataset into a schema, which is made where it is missing.
///
/// Readers see the old dataset until the end and the new one from then on; a load that fails or
/// is killed leaves the old one.
///
/// # Errors
/// When the server cannot be reached, the user has not the rights, somebody else loads, or the
/// tables that are there do not fit.
pub fn load(options: &Options, load: &Load) -> Result<Loaded, DatabaseError> {
    let content = Content::of(load)?;
    let address = Address::parse(options.url, options.password)?;
    let mut client = address.connect()?;
    let place = Place {
        server: &address.shown,
        schema: options.schema,
    };
    let (dropped, changed) = run(&mut client, place, &content, options.is_replacing)?;
    Ok(Loaded {
        tables: content.tables.len(),
        rows: content.rows(),
        changed: Some(changed),
        dangling: content.dangling,
        dropped,
    })
}

/// The transaction: what of others was dropped, and the number of changed rows.
fn run(
    client: &mut Client,
    place: Place,
    content: &Content,
    is_replacing: bool,
) -> Result<(Vec<String>, u64), DatabaseError> {
    let transaction = client.transaction().map_err(|error| place.told(&error))?;
    let mut loader = Loader {
        transaction,
        place,
        content,
    };
    let done = loader.run(is_replacing)?;
    let committed = loader.transaction.commit();
    committed.map_err(|error| place.told(&error))?;
    Ok(done)
}

/// Where it happens, for messages.
#[derive(Clone, Copy)]
struct Place<'a> {
    server: &'a str,
    schema: &'a str,
}

impl Place<'_> {
    fn told(self, error: &Error) -> DatabaseError {
        fault::of_loading(self.server, self.schema, error)
    }

    fn lost(self, error: &io::Error) -> DatabaseError {
        DatabaseError::Lost {
            server: self.server.to_owned(),
            detail: error.to_string(),
        }
    }
}

/// A load inside its transaction.
struct Loader<'a> {
    transaction: Transaction<'a>,
    place: Place<'a>,
    content: &'a Content<'a>,
}

impl Loader<'_> {
    /// Everything up to the commit: what of others was dropped, and the number of changed rows.
    fn run(&mut self, is_replacing: bool) -> Result<(Vec<String>, u64), DatabaseError> {
        self.begin()?;
        let mut catalog = self.catalog()?;
        self.owns(&catalog)?;
        let mut dropped = Vec::new();
        if is_replacing && catalog.is_ours() {
            dropped = self.clear(&catalog)?;
            catalog = self.catalog()?;
        }
        let plan = catalog.plan();
        self.fits(&catalog, &plan)?;
        let layout = Layout::of(self.content);
        let is_same = plan.is_empty() && self.has_layout(&layout)?;
        if !is_same {
            self.execute(&layout.before(&plan))?;
        }
        let changed = self.fill(&catalog)?;
        // Deferred foreign keys, ours and others', are checked here and not at the commit.
        self.execute("SET CONSTRAINTS ALL IMMEDIATE")?;
        if !is_same {
            self.execute(&layout.after(&plan))?;
        }
        self.stamp(&layout)?;
        Ok((dropped, changed))
    }

    fn execute(&mut self, statements: &str) -> Result<(), DatabaseError> {
        let done = self.transaction.batch_execute(statements);
        done.map_err(|error| self.place.told(&error))
    }

    /// A yes or no of the server about the schema's name.
    fn asks(&mut self, query: &str) -> Result<bool, DatabaseError> {
        let row = self.transaction.query_one(query, &[&self.place.schema]);
        let row = row.map_err(|error| self.place.told(&error))?;
        Ok(row.get::<_, Option<bool>>(0).unwrap_or_default())
    }

    /// Keeps other loaders out, makes the schema and turns to it.
    fn begin(&mut self) -> Result<(), DatabaseError> {
        self.execute(&format!("SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))?;
        let lock = "SELECT pg_try_advisory_xact_lock(hashtextextended('kurabe ' || $1::text, 0))";
        if !self.asks(lock)? {
            return Err(DatabaseError::Busy {
                place: format!("{}, schema {}", self.place.server, self.place.schema),
            });
        }
        if !self.asks("SELECT to_regnamespace(quote_ident($1::text)) IS NOT NULL")? {
            self.execute(&layout::create_schema(self.place.schema))?;
        }
        let schema = name(self.place.schema);
        self.execute(&format!("SET LOCAL search_path TO {schema}"))
    }

    fn catalog(&mut self) -> Result<Catalog, DatabaseError> {
        let read = Catalog::read(&mut self.transaction, self.place.schema);
        read.map_err(|error| self.place.told(&error))
    }

    /// Refuses tables of somebody else under our names.
    fn owns(&self, catalog: &Catalog) -> Result<(), DatabaseError> {
        let taken = catalog.under_our_names();
        if catalog.is_ours() || taken.is_empty() {
            return Ok(());
        }
        Err(DatabaseError::NotOurs {
            schema: self.place.schema.to_owned(),
            tables: taken.join(", "),
        })
    }

    /// Refuses tables that cannot be brought to the present form.
    fn fits(&mut self, catalog: &Catalog, plan: &Plan) -> Result<(), DatabaseError> {
        if plan.conflicts.is_empty() {
            return Ok(());
        }
        let dependents = self.dependents(catalog)?;
        Err(DatabaseError::Incompatible {
            schema: self.place.schema.to_owned(),
            changes: plan.conflicts.join("; "),
            dependents: dependents.join(", "),
        })
    }

    fn dependents(&mut self, catalog: &Catalog) -> Result<Vec<String>, DatabaseError> {
        let found = catalog.dependents(&mut self.transaction, self.place.schema);
        found.map_err(|error| self.place.told(&error))
    }

    /// Drops the tables and views of former loads; says what of others goes with them.
    fn clear(&mut self, catalog: &Catalog) -> Result<Vec<String>, DatabaseError> {
        let dependents = self.dependents(catalog)?;
        let ours = catalog.of_loads();
        let drops: Vec<String> = ours
            .iter()
            .map(|relation| catalog.drop_statement(relation))
            .collect();
        self.execute(&drops.join(";\n"))?;
        Ok(dependents)
    }

    /// Whether the last load declared the same.
    fn has_layout(&mut self, layout: &Layout) -> Result<bool, DatabaseError> {
        let query = format!(
            "SELECT EXISTS (SELECT FROM {} WHERE layout = hashtextextended($1, 0))",
            name(DATASET.name)
        );
        let row = self.transaction.query_one(&query, &[&layout.text()]);
        row.map(|row| row.get(0))
            .map_err(|error| self.place.told(&error))
    }

    fn fill(&mut self, catalog: &Catalog) -> Result<u64, DatabaseError> {
        let mut changed = 0;
        for table in &self.content.tables {
            let filled = if catalog.has_table(table.spec.name) {
                fill::merge(&mut self.transaction, table)
            } else {
                fill::copy(&mut self.transaction, table, &name(table.spec.name))
            };
            changed += filled.map_err(|fault| match fault {
                Fault::Server(error) => self.place.told(&error),
                Fault::Connection(error) => self.place.lost(&error),
            })?;
        }
        Ok(changed)
    }

    /// Writes down when it was loaded and what was declared, and lets the planner look at the
    /// rows.
    fn stamp(&mut self, layout: &Layout) -> Result<(), DatabaseError> {
        let table = name(DATASET.name);
        self.execute(&format!(
            "ALTER TABLE {table} ADD COLUMN IF NOT EXISTS loaded_at timestamptz, \
             ADD COLUMN IF NOT EXISTS layout bigint; \
             UPDATE {table} SET loaded_at = now(), layout = hashtextextended({}, 0)",
            text(&layout.text())
        ))?;
        let tables = self.content.tables.iter();
        let analyze: Vec<String> = tables
            .map(|table| format!("ANALYZE {}", name(table.spec.name)))
            .collect();
        self.execute(&analyze.join(";\n"))
    }
}
