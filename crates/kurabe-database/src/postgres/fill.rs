//! Rows into tables. A table that is new is filled by COPY. One that holds an older dataset is
//! merged: rows that are the same stay untouched, so that what others have built on them stays
//! whole, and readers, who see the rows of their own snapshot, are never kept waiting.

use std::io::{self, Write};

use kurabe_schema::{TableSpec, TableView};
use postgres::{Error, Transaction};

use crate::quote::{copied, name, names};

/// Rows go to the server in pieces of about this size.
const PIECE: usize = 1 << 18;

/// Where the new rows stand before they are merged.
const STAGE: &str = "pg_temp.\"kurabe_stage\"";

/// Fills a table that is empty.
pub(super) fn copy(
    transaction: &mut Transaction,
    table: &TableView,
    target: &str,
) -> Result<u64, Fault> {
    let columns = columns(table.spec);
    let query = format!("COPY {target} ({columns}) FROM STDIN");
    let mut writer = transaction.copy_in(&query)?;
    let mut piece = String::with_capacity(PIECE + PIECE / 8);
    for row in &table.rows {
        for (at, value) in row.iter().enumerate() {
            if at > 0 {
                piece.push('\t');
            }
            copied(&mut piece, *value);
        }
        piece.push('\n');
        if piece.len() >= PIECE {
            writer.write_all(piece.as_bytes())?;
            piece.clear();
        }
    }
    writer.write_all(piece.as_bytes())?;
    Ok(writer.finish()?)
}

/// Why rows did not arrive.
pub(super) enum Fault {
    Server(Error),
    Connection(io::Error),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Server(error)
    }
}

impl From<io::Error> for Fault {
    /// What the server said is inside the error of the writer.
    fn from(error: io::Error) -> Self {
        match error.downcast::<Error>() {
            Ok(inner) => Self::Server(inner),
            Err(outer) => Self::Connection(outer),
        }
    }
}

/// Brings a table to the rows of the dataset and says how many rows were removed, changed or
/// added.
pub(super) fn merge(transaction: &mut Transaction, table: &TableView) -> Result<u64, Fault> {
    let spec = table.spec;
    transaction.batch_execute(&format!(
        "CREATE TEMPORARY TABLE \"kurabe_stage\" ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA",
        columns(spec),
        name(spec.name)
    ))?;
    copy(transaction, table, STAGE)?;
    let removed = transaction.execute(&removal(spec), &[])?;
    let changed = match change(spec) {
        Some(statement) => transaction.execute(&statement, &[])?,
        None => 0,
    };
    let added = transaction.execute(&addition(spec), &[])?;
    transaction.batch_execute(&format!("DROP TABLE {STAGE}"))?;
    Ok(removed + changed + added)
}

fn columns(spec: &TableSpec) -> String {
    names(spec.columns.iter().map(|column| column.name))
}

/// The condition that two rows have the same key.
fn same_key(spec: &TableSpec) -> String {
    let equal = |key: &&str| format!("old.{0} = new.{0}", name(key));
    let all: Vec<String> = spec.sort_by.iter().map(equal).collect();
    all.join(" AND ")
}

fn removal(spec: &TableSpec) -> String {
    format!(
        "DELETE FROM {} AS old WHERE NOT EXISTS (SELECT FROM {STAGE} AS new WHERE {})",
        name(spec.name),
        same_key(spec)
    )
}

/// `None` for a table that is all key.
fn change(spec: &TableSpec) -> Option<String> {
    let values = spec.columns.iter().filter(|column| !column.key);
    let values: Vec<String> = values.map(|column| name(column.name)).collect();
    if values.is_empty() {
        return None;
    }
    let set: Vec<String> = values
        .iter()
        .map(|value| format!("{value} = new.{value}"))
        .collect();
    let of = |side: &str| {
        let all: Vec<String> = values
            .iter()
            .map(|value| format!("{side}.{value}"))
            .collect();
        format!("ROW({})", all.join(", "))
    };
    Some(format!(
        "UPDATE {} AS old SET {} FROM {STAGE} AS new WHERE {} AND {} IS DISTINCT FROM {}",
        name(spec.name),
        set.join(", "),
        same_key(spec),
        of("old"),
        of("new")
    ))
}

fn addition(spec: &TableSpec) -> String {
    format!(
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM {STAGE} AS new \
         WHERE NOT EXISTS (SELECT FROM {table} AS old WHERE {})",
        same_key(spec),
        table = name(spec.name),
        columns = columns(spec)
    )
}
