//! The published tables in databases: PostgreSQL, DuckDB, SQLite.
//!
//! [`postgres::load`] merges the dataset into a schema of a server inside one transaction;
//! [`sqlite::write`] and [`duckdb::write`] make a new file and put it in the place of the old one
//! in one step. All three hold the same tables, keys, comments and views, all of them made from
//! `Dataset::specs()` and the queries in `sql/`
//! (`docs/decisions/0035-databases.md`, `docs/guides/databases.md`).

mod content;
mod ddl;
mod dictionary;
pub mod duckdb;
mod error;
pub mod postgres;
mod quote;
pub mod sqlite;
mod view;
mod workshop;

use kurabe_schema::Dataset;

pub use content::Dangling;
pub use error::DatabaseError;
pub use view::{View, ViewColumn, views};

/// A dataset that is to be loaded.
#[derive(Debug, Clone, Copy)]
pub struct Load<'a> {
    /// The tables.
    pub dataset: &'a Dataset,
    /// Version of the dataset, where it has one.
    pub version: Option<&'a str>,
    /// Version and build of the program that made it.
    pub program: &'a str,
    /// Hash over everything that it was made of.
    pub run_key: &'a str,
}

/// What was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// Number of tables, those of the dictionary included.
    pub tables: usize,
    /// Number of their rows.
    pub rows: usize,
    /// Rows that were added, changed or removed; `None` where the whole file is new.
    pub changed: Option<u64>,
    /// References that the data does not satisfy and that are therefore not declared.
    pub dangling: Vec<Dangling>,
    /// Views and foreign keys of others that went with the old tables (only when they were
    /// replaced).
    pub dropped: Vec<String>,
}
