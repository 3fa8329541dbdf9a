//! SQLite: a new file takes the place of the old one.

use std::path::Path;
use std::time::Duration;

use kurabe_schema::{TableView, ValueRef};
use rusqlite::types::{ToSqlOutput, ValueRef as Cell};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};

use crate::content::Content;
use crate::ddl::{self, Dialect};
use crate::quote::{name, names};
use crate::workshop::{Workshop, has_companion, has_magic, is_filled};
use crate::{DatabaseError, Load, Loaded, views};

/// How long another program may hold the old file.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes the dataset into a SQLite file. Programs that have the old file open go on reading it.
///
/// # Errors
/// When the file is something else or in use, or cannot be written; it is then untouched.
pub fn write(path: &Path, load: &Load) -> Result<Loaded, DatabaseError> {
    let content = Content::of(load)?;
    let workshop = Workshop::open(path)?;
    is_replaceable(path)?;
    let made = workshop.place("database");
    build(&made, &content).map_err(|error| told(path, &error))?;
    workshop.publish(&made)?;
    Ok(Loaded {
        tables: content.tables.len(),
        rows: content.rows(),
        dangling: content.dangling,
        ..Loaded::default()
    })
}

fn told(path: &Path, error: &rusqlite::Error) -> DatabaseError {
    DatabaseError::Sqlite {
        path: path.to_owned(),
        detail: error.to_string(),
    }
}

/// Refuses files that kurabe did not write or that somebody writes to: what a journal beside the
/// file holds would be applied to the new one.
fn is_replaceable(path: &Path) -> Result<(), DatabaseError> {
    let in_use = || DatabaseError::InUse {
        path: path.to_owned(),
    };
    let not_ours = || DatabaseError::NotADatabase {
        path: path.to_owned(),
        kind: "SQLite",
    };
    if is_filled(path) {
        if !has_magic(path, 0, b"SQLite format 3\0") {
            return Err(not_ours());
        }
        match is_ours(path) {
            Ok(true) => {}
            Ok(false) => return Err(not_ours()),
            Err(error) if is_locked(&error) => return Err(in_use()),
            Err(_) => return Err(not_ours()),
        }
    }
    if has_companion(path, &["-journal", "-wal"]) {
        return Err(in_use());
    }
    Ok(())
}

/// Whether the old file is one of ours, when nobody else holds it.
fn is_ours(path: &Path) -> rusqlite::Result<bool> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let old = Connection::open_with_flags(path, flags)?;
    old.busy_timeout(PATIENCE)?;
    old.execute_batch("BEGIN EXCLUSIVE; ROLLBACK")?;
    let query = "SELECT count(*) FROM sqlite_schema WHERE name = 'kurabe_dataset'";
    old.query_row(query, [], |row| row.get::<_, i64>(0))
        .map(|found| found > 0)
}

fn is_locked(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    matches!(
        error.sqlite_error_code(),
        Some(DatabaseBusy | DatabaseLocked)
    )
}

fn build(path: &Path, content: &Content) -> rusqlite::Result<()> {
    let mut database = Connection::open(path)?;
    // The file is nobody's yet: it needs no journal, and is put on the disk once at the end.
    database.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;",
    )?;
    let transaction = database.transaction()?;
    for table in &content.tables {
        transaction.execute_batch(&ddl::create_table(Dialect::Sqlite, table.spec, content))?;
    }
    for table in &content.tables {
        fill(&transaction, table)?;
        for column in ddl::indexed(table.spec) {
            transaction.execute_batch(&ddl::create_index(table.spec, column))?;
        }
    }
    for view in views() {
        let head = ddl::meaning(view.ja, view.en);
        transaction.execute_batch(&format!(
            "CREATE VIEW {} AS -- {head}\n{}",
            name(view.name),
            view.sql
        ))?;
    }
    transaction.commit()?;
    database.execute_batch("ANALYZE")?;
    database.close().map_err(|(_, error)| error)
}

fn fill(database: &Connection, table: &TableView) -> rusqlite::Result<()> {
    let columns = names(table.spec.columns.iter().map(|column| column.name));
    let places = vec!["?"; table.spec.columns.len()].join(", ");
    let insert = format!(
        "INSERT INTO {} ({columns}) VALUES ({places})",
        name(table.spec.name)
    );
    let mut statement = database.prepare(&insert)?;
    for row in &table.rows {
        statement.execute(params_from_iter(row.iter().copied().map(Bound)))?;
    }
    Ok(())
}

/// A value on its way into SQLite: dates become texts, and yes or no 1 or 0.
struct Bound<'a>(ValueRef<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let cell = match self.0 {
            ValueRef::Null => Cell::Null,
            ValueRef::Text(text) => Cell::Text(text.as_bytes()),
            ValueRef::Int(number) => Cell::Integer(number),
            ValueRef::Float(number) => Cell::Real(number),
            ValueRef::Bool(flag) => Cell::Integer(i64::from(flag)),
            ValueRef::Date(date) => return Ok(ToSqlOutput::from(date.to_string())),
        };
        Ok(ToSqlOutput::Borrowed(cell))
    }
}
