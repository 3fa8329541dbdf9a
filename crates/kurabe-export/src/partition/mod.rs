//! Parquet files by municipality, in folders that name it: the layout of Hive.
//!
//! `<table>/municipality_code=322067/part-0.parquet` holds the rows of one municipality without
//! the column that the folder names. Rows of no municipality lie in
//! `municipality_code=__HIVE_DEFAULT_PARTITION__`, which readers take for null. A table that has
//! nothing to do with municipalities is `<table>/part-0.parquet`. Which municipality a row
//! belongs to follows from the references of the schema (`route.rs`).

mod route;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kurabe_schema::{Dataset, TableView, ValueRef};

use crate::parquet_file::{Shape, check_numbers, write_table};
use crate::{ExportError, ParquetOptions, Written};

use route::Routes;

/// The column that folders are named by.
pub const PARTITION_COLUMN: &str = "municipality_code";

/// What readers of this layout take for null.
pub const DEFAULT_PARTITION: &str = "__HIVE_DEFAULT_PARTITION__";

/// Rows of one row group at most: what DuckDB hands to one thread.
const GROUP_ROWS: usize = 122_880;

/// The one file of a folder.
const FILE: &str = "part-0.parquet";

/// Writes every table by municipality into an existing directory.
///
/// A table without rows still has one file, so that readers find its columns.
///
/// # Errors
/// When a folder or file cannot be written, a number is not finite, or the compression level is
/// unknown; files written before the error are left behind.
pub fn write_partitioned(
    dir: &Path,
    dataset: &Dataset,
    options: ParquetOptions,
) -> Result<Vec<Written>, ExportError> {
    let views = dataset.sorted_views();
    let routes = Routes::of(&views);
    let mut written = Vec::new();
    for view in views {
        check_numbers(&view)?;
        let folder = dir.join(view.spec.name);
        if routes.lead_from(view.spec) {
            let shape = Shape::without(PARTITION_COLUMN, GROUP_ROWS);
            for (code, part) in parts(view, &routes) {
                let folder = folder.join(folder_name(code));
                written.push(write_part(&folder, &part, options, shape)?);
            }
        } else {
            let shape = Shape::whole(GROUP_ROWS);
            written.push(write_part(&folder, &view, options, shape)?);
        }
    }
    Ok(written)
}

/// The rows of each municipality in their order; those of no municipality at last.
fn parts<'a>(view: TableView<'a>, routes: &Routes<'a>) -> Vec<(Option<&'a str>, TableView<'a>)> {
    let spec = view.spec;
    let mut rows: BTreeMap<&str, Vec<Vec<ValueRef<'a>>>> = BTreeMap::new();
    let mut without = Vec::new();
    for row in view.rows {
        match routes.code_of(spec, &row) {
            Some(code) => rows.entry(code).or_default().push(row),
            None => without.push(row),
        }
    }
    let is_empty = rows.is_empty();
    let mut parts: Vec<_> = rows
        .into_iter()
        .map(|(code, rows)| (Some(code), TableView { spec, rows }))
        .collect();
    if is_empty || !without.is_empty() {
        let rows = without;
        parts.push((None, TableView { spec, rows }));
    }
    parts
}

fn write_part(
    folder: &Path,
    part: &TableView<'_>,
    options: ParquetOptions,
    shape: Shape,
) -> Result<Written, ExportError> {
    let path: PathBuf = folder.join(FILE);
    fs::create_dir_all(folder).map_err(ExportError::create(&path))?;
    write_table(&path, part, options, shape)?;
    Ok(Written {
        table: part.spec.name,
        rows: part.rows.len(),
        path,
    })
}

/// `municipality_code=322067`. Signs that a path or a reader could take for something else are
/// written as `%` and two digits, as Hive does; codes have none.
fn folder_name(code: Option<&str>) -> String {
    let mut name = format!("{PARTITION_COLUMN}=");
    let Some(code) = code else {
        name.push_str(DEFAULT_PARTITION);
        return name;
    };
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("%{byte:02X}"));
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_stay_in_the_name_of_the_folder() {
        assert_eq!(folder_name(Some("010006")), "municipality_code=010006");
        assert_eq!(
            folder_name(Some("a/../b=")),
            "municipality_code=a%2F%2E%2E%2Fb%3D"
        );
        assert_eq!(
            folder_name(None),
            "municipality_code=__HIVE_DEFAULT_PARTITION__"
        );
    }
}
